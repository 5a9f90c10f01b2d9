//! The core's integration tests: one crate, a folder a room.

mod common;
mod data;
mod inspect;
mod nn;
mod store;
mod train;
