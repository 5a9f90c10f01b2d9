//! `cargo xtask`: builds, serves and checks HelloNN on a machine that has Rust and Node and nothing else.
//!
//! `build` walks one way: [`npm`] fetches the packages, [`toolchain`] and [`wasm`] make the WebAssembly module,
//! [`data`] packs MNIST, [`page`] lists what belongs in `dist/` and [`dist`] makes it so. `serve`, `test` and `bench` begin there.

mod bench;
mod build;
mod chromium;
mod command;
mod data;
mod dist;
mod files;
mod npm;
mod page;
mod project;
mod serve;
mod site;
mod test;
mod toolchain;
mod wasm;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::project::Project;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, serves and checks HelloNN")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Makes dist/: static files that work from any server and any sub-path
    Build,
    /// Builds, then serves dist/ on this machine alone
    Serve {
        /// The port to listen on; 0 takes any free one
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Opens the page in the default browser
        #[arg(long)]
        open: bool,
    },
    /// Checks everything, or only the named groups
    Test {
        /// The groups to check; none means all
        groups: Vec<test::Group>,
    },
    /// Measures HelloNN and, with --peers, others at the same work
    Bench(bench::Options),
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let project = Project::locate()?;
    match task {
        Task::Build => build::build(&project),
        Task::Serve { port, open } => serve::serve(&project, port, open),
        Task::Test { groups } => test::test(&project, &groups),
        Task::Bench(options) => bench::bench(&project, options),
    }
}
