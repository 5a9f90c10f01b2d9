mod bits;
mod optimizers;
mod trainer;
