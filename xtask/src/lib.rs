//! What `cargo xtask` is made of, and the bench's runner too.
//!
//! `build` walks one way: [`npm`] fetches the packages, [`toolchain`] and [`wasm`] make the WebAssembly module,
//! [`data`] packs MNIST, [`page`] lists what belongs in `dist/`, [`assemble`] puts its `index.html` together and
//! [`dist`] makes it so. [`serve`] and [`mod@test`] begin there, and so does [`notices`], which says what the page
//! holds of others' work. Everything asks [`project`] where things are, and [`command`] and [`files`] to run and to
//! write them.

mod assemble;
pub mod build;
pub mod chromium;
pub mod command;
pub mod data;
pub mod dist;
pub mod files;
mod licence;
pub mod notices;
pub mod npm;
pub mod page;
pub mod project;
pub mod python;
pub mod serve;
mod site;
pub mod test;
pub mod toolchain;
pub mod wasm;
