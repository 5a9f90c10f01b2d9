mod bits;
mod checkpoint;
mod checksum;
mod extending;
mod fitting;
mod optimizers;
mod presets;
mod trainer;
