//! The house's rules that a program can check: how long files are, and which room imports from which.
//!
//! The length of functions is clippy's matter (`clippy.toml`) and Biome's (`biome.json`).

mod javascript;
mod lengths;
mod rooms;
mod rust;
mod sources;
