mod bits;
mod optimizers;
mod presets;
mod trainer;
