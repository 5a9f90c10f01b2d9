//! The core's integration tests: one crate, a folder a room.

mod common;
mod compare;
mod data;
mod grade;
mod inspect;
mod nn;
mod store;
mod train;
