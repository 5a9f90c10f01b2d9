//! The door to JavaScript: the only room that says `#[wasm_bindgen]`.
//!
//! It translates and forwards, nothing more: one [`Session`](session::Session), whose methods stand by concern. Plain
//! data crosses as objects whose TypeScript types come from the Rust ones; every error becomes a JavaScript `Error`
//! with a message for people and, where a recipe is at fault, the path of the field in `field`.

mod checkpoint;
mod comparison;
mod console;
mod data;
mod drawing;
mod evaluation;
mod export;
mod kinds;
mod memory;
mod network;
mod parts;
mod read;
mod recipe;
mod said;
mod session;
mod training;
mod write;

#[cfg(not(target_feature = "simd128"))]
compile_error!("build with `cargo xtask build`, which turns on simd128: without it training is several times slower");
#[cfg(target_feature = "relaxed-simd")]
compile_error!("relaxed SIMD gives different bits on different machines: build with `cargo xtask build`");
