//! The core's integration tests: one crate, a file a room.

mod common;
mod train;
