mod bits;
mod checksum;
mod fitting;
mod optimizers;
mod presets;
mod trainer;
