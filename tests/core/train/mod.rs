mod bits;
mod checkpoint;
mod checksum;
mod fitting;
mod optimizers;
mod presets;
mod trainer;
