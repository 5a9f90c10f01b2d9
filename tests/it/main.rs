//! The core's integration tests: one crate, a file a room.

mod augment;
mod bits;
mod common;
mod data;
mod data_errors;
mod digit;
mod gradients;
mod layers;
mod layers_common;
mod layers_naive;
mod layers_starts;
mod losses;
mod optimizers;
mod properties;
mod train;
