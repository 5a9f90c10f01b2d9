//! HelloNN: a neural network written from scratch, in the order data flows.
//!
//! File bytes → [`data`] → mini-batches → [`nn`] ⇄ loss → [`train`] → reports. The crate has no clock, no files
//! and no global state; `wasm` is its one door to JavaScript.

pub mod data;
pub mod error;
pub mod nn;
pub mod random;
pub mod train;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
