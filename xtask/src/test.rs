//! `cargo xtask test`: every check there is, cheapest first; the first failure ends it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;

use crate::project::Project;
use crate::toolchain::Toolchain;
use crate::{build, chromium, command, notices, npm, python};

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Group {
    /// Formatting, clippy, the documentation, the native tests
    Rust,
    /// The JavaScript's formatting, types and unit tests
    Js,
    /// The page in a headless Chromium
    Browser,
}

enum Outcome {
    Passed,
    /// There is nothing to check yet, and where it would be.
    Skipped(String),
}

type Check = fn(&Project) -> Result<Outcome>;

struct Stage {
    name: &'static str,
    /// Runs when one of these groups is asked for.
    groups: &'static [Group],
    check: Check,
}

const STAGES: &[Stage] = &[
    Stage { name: "Formatting", groups: &[Group::Rust], check: formatting },
    Stage { name: "Clippy", groups: &[Group::Rust], check: clippy },
    Stage { name: "Documentation", groups: &[Group::Rust], check: documentation },
    Stage { name: "Native tests", groups: &[Group::Rust], check: native_tests },
    Stage { name: "Build", groups: &[Group::Js, Group::Browser], check: build_page },
    Stage { name: "Third-party notices", groups: &[Group::Js], check: third_party_notices },
    Stage { name: "JavaScript and CSS formatting", groups: &[Group::Js], check: js_formatting },
    Stage { name: "JavaScript types", groups: &[Group::Js], check: types },
    Stage { name: "JavaScript unit tests", groups: &[Group::Js], check: unit_tests },
    Stage { name: "The page in Chromium", groups: &[Group::Browser], check: browser_tests },
];

/// Runs the stages of `groups`, or all if there are none.
pub fn test(project: &Project, groups: &[Group]) -> Result<()> {
    let mut summary = Vec::new();
    for stage in STAGES {
        let is_wanted = groups.is_empty() || stage.groups.iter().any(|g| groups.contains(g));
        if !is_wanted {
            continue;
        }
        println!("\n== {} ==", stage.name);
        let start = Instant::now();
        let outcome = (stage.check)(project).with_context(|| format!("{} failed", stage.name))?;
        if let Outcome::Skipped(why) = &outcome {
            println!("Skipped: {why}");
        }
        summary.push(line(stage.name, &outcome, start.elapsed()));
    }
    println!("\n== Summary ==\n{}", summary.join("\n"));
    Ok(())
}

fn line(name: &str, outcome: &Outcome, duration: Duration) -> String {
    match outcome {
        Outcome::Passed => format!("{name:<29} passed  {:>6.1} s", duration.as_secs_f64()),
        Outcome::Skipped(why) => format!("{name:<29} skipped: {why}"),
    }
}

fn formatting(project: &Project) -> Result<Outcome> {
    component("fmt", "rustfmt")?;
    cargo(project, &["fmt", "--all", "--check"])
}

fn clippy(project: &Project) -> Result<Outcome> {
    component("clippy", "clippy")?;
    let denied = ["--", "--deny", "warnings"];
    cargo(project, &[&["clippy", "--workspace", "--all-targets"], &denied[..]].concat())?;
    // The door to JavaScript is compiled for WebAssembly alone.
    let mut for_wasm = command::cargo();
    for_wasm.args(["clippy", "--package", "hellonn", "--lib"]);
    Toolchain::find()?.configure(&mut for_wasm);
    command::run(for_wasm.args(denied).current_dir(&project.root))?;
    Ok(Outcome::Passed)
}

/// All of it, private items too: it is contributors who read it.
fn documentation(project: &Project) -> Result<Outcome> {
    const FLAGS: &str = "--deny warnings --allow rustdoc::private_intra_doc_links";
    let documented = ["doc", "--no-deps", "--document-private-items"];
    let mut native = command::cargo();
    native.args(documented).arg("--workspace").env("RUSTDOCFLAGS", FLAGS);
    command::run(native.current_dir(&project.root))?;
    let mut for_wasm = command::cargo();
    for_wasm.args(documented).args(["--package", "hellonn", "--lib"]);
    Toolchain::find()?.configure(&mut for_wasm);
    // rustdoc does not read the target's own flags.
    for_wasm.env("RUSTDOCFLAGS", format!("{FLAGS} -C target-feature=+simd128"));
    command::run(for_wasm.current_dir(&project.root))?;
    Ok(Outcome::Passed)
}

/// The tools' tests run in xtask's profile, in which most of what they are made of is compiled already.
fn native_tests(project: &Project) -> Result<Outcome> {
    cargo(project, &["test", "--package", "xtask", "--package", "hellonn-bench", "--profile", "xtask"])?;
    cargo(project, &["test", "--workspace", "--exclude", "xtask", "--exclude", "hellonn-bench"])
}

fn build_page(project: &Project) -> Result<Outcome> {
    npm::check_node()?;
    build::build(project)?;
    npm::install(&project.tests)?;
    Ok(Outcome::Passed)
}

/// How the page's and the tests' sources are laid out, and what a linter finds in them: `biome.json` says by which
/// rules.
fn js_formatting(project: &Project) -> Result<Outcome> {
    let mut biome = npm::node();
    biome.arg(project.tests.join("node_modules/@biomejs/biome/bin/biome")).args(["check", "--error-on-warnings"]);
    command::run(biome.current_dir(&project.root)).map_err(|_| {
        anyhow!(
            "run `npm --prefix tests run format`, and mend by hand what it then still names: its messages are above"
        )
    })?;
    Ok(Outcome::Passed)
}

fn third_party_notices(project: &Project) -> Result<Outcome> {
    notices::check(project)?;
    Ok(Outcome::Passed)
}

fn types(project: &Project) -> Result<Outcome> {
    let compiler = project.tests.join("node_modules/typescript/bin/tsc");
    // A worker has other globals than a page: it is a program of its own for the compiler.
    for program in ["www/tsconfig.json", "www/tsconfig.worker.json", "tests/tsconfig.json"] {
        println!("{program}");
        let mut tsc = npm::node();
        tsc.arg(&compiler).args(["--project", program]);
        command::run(tsc.current_dir(&project.root))
            .map_err(|_| anyhow!("the compiler's messages on {program} are above"))?;
    }
    Ok(Outcome::Passed)
}

fn unit_tests(project: &Project) -> Result<Outcome> {
    node_tests(project, "www", |node| {
        python::offer_numpy(project, node);
        Ok(())
    })
}

fn browser_tests(project: &Project) -> Result<Outcome> {
    node_tests(project, "browser", |node| {
        let chromium = chromium::find_or_install()?;
        println!("In {}", chromium.display());
        node.env(chromium::VARIABLE, chromium);
        // Each file starts a browser that trains: two at a time would take each other's processor.
        node.arg("--test-concurrency=1");
        Ok(())
    })
}

/// Runs the tests of a folder of tests/ with Node's runner, set up by `prepare`.
fn node_tests(project: &Project, folder: &str, prepare: impl Fn(&mut Command) -> Result<()>) -> Result<Outcome> {
    let files = test_files(&project.tests.join(folder))?;
    if files.is_empty() {
        return Ok(Outcome::Skipped(format!("tests/{folder}/ has no tests yet")));
    }
    let mut node = npm::node();
    node.arg("--test");
    prepare(&mut node)?;
    // The files by name: versions of Node differ in what they make of a folder.
    command::run(node.args(files).current_dir(&project.root))
        .map_err(|_| anyhow!("a test in tests/{folder}/ failed: Node's report is above"))?;
    Ok(Outcome::Passed)
}

/// The files `*.test.js` below `folder`, in order.
fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    let unreadable = || format!("{} cannot be read", folder.display());
    for entry in fs::read_dir(folder).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        if path.is_dir() {
            files.extend(test_files(&path)?);
        } else if path.to_string_lossy().ends_with(".test.js") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn cargo(project: &Project, arguments: &[&str]) -> Result<Outcome> {
    command::run(command::cargo().args(arguments).current_dir(&project.root))?;
    Ok(Outcome::Passed)
}

/// Stops with one sentence where Rust came without one of its parts.
fn component(subcommand: &str, name: &str) -> Result<()> {
    if !command::succeeds(command::cargo().args([subcommand, "--version"])) {
        bail!("`cargo {subcommand}` is not installed: run `rustup component add {name}`");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::write_whole;

    #[test]
    fn test_files_are_found_by_their_ending_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.test.js", "a/c.test.js", "helper.js"] {
            write_whole(&folder.path().join(name), b"").unwrap();
        }
        let expected = ["a/c.test.js", "b.test.js"].map(|name| folder.path().join(name));
        assert_eq!(test_files(folder.path()).unwrap(), expected);
        assert!(test_files(&folder.path().join("missing")).unwrap().is_empty());
    }
}
