//! `cargo xtask`: builds, serves and checks HelloNN on a machine that has Rust and Node and nothing else.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use xtask::project::Project;
use xtask::{build, command, notices, serve, test};

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "Builds, serves and checks HelloNN")]
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
    /// Writes THIRD_PARTY.md: what the page holds of others' work, and under which licences
    Notices,
    /// Measures HelloNN and, with --peers, others at the same work
    // Its help is the runner's own.
    #[command(disable_help_flag = true)]
    Bench {
        /// Those that `cargo xtask bench --help` lists
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    run(Arguments::parse().task).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(task: Task) -> Result<ExitCode> {
    match task {
        Task::Build => build::build(&Project::locate()?)?,
        Task::Serve { port, open } => serve::serve(&Project::locate()?, port, open)?,
        Task::Test { groups } => test::test(&Project::locate()?, &groups)?,
        Task::Notices => notices::write(&Project::locate()?)?,
        Task::Bench { options } => return bench(&options),
    }
    Ok(ExitCode::SUCCESS)
}

/// Hands over to the runner in `benches/`, which nothing but this task compiles.
fn bench(options: &[OsString]) -> Result<ExitCode> {
    let mut cargo = command::cargo();
    cargo.args(["run", "--package", "hellonn-bench", "--profile", "xtask", "--"]).args(options);
    let status = cargo.status().with_context(|| format!("`{}` cannot be started", command::shown(&cargo)))?;
    // What went wrong it has said itself.
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
