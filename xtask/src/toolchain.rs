//! How the Rust at hand comes by a standard library for WebAssembly.
//!
//! It is there already, or rustup adds it, or the toolchain has its own source and cargo builds it from that, as it
//! must where Rust came from a distribution. Failing all three, the error says what to install.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Result, bail};

use crate::command;

pub const TARGET: &str = "wasm32-unknown-unknown";

pub struct Toolchain {
    std_from_source: bool,
    /// Set where the toolchain has no `rust-lld` of its own.
    linker: Option<PathBuf>,
}

impl Toolchain {
    pub fn find() -> Result<Toolchain> {
        let sysroot = PathBuf::from(command::output(rustc().args(["--print", "sysroot"]))?);
        let linker = (!has_rust_lld(&sysroot)?).then(find_wasm_ld).flatten();
        let mut toolchain = Toolchain { std_from_source: false, linker };
        if has_std()? {
            return Ok(toolchain);
        }
        // Where adding the target fails, what rustup said about it.
        let mut refusal = None;
        if is_rustups(&sysroot) {
            println!("Adding Rust's target {TARGET} with rustup …");
            match command::output(Command::new("rustup").args(["target", "add", TARGET])) {
                Ok(_) if has_std()? => return Ok(toolchain),
                Ok(_) => refusal = Some("it said that it had".to_owned()),
                Err(error) => refusal = Some(first_error(&error.to_string())),
            }
        }
        if !has_std_source(&sysroot) {
            bail!(without_std(&sysroot, refusal.as_deref()));
        }
        if !has_rust_lld(&sysroot)? && toolchain.linker.is_none() {
            bail!(
                "the Rust in {} has no linker for {TARGET}: install LLVM's wasm-ld (on Debian: apt-get install lld-22)",
                sysroot.display()
            );
        }
        toolchain.std_from_source = true;
        Ok(toolchain)
    }

    /// Makes `cargo`, which has its subcommand, work for WebAssembly.
    pub fn configure(&self, cargo: &mut Command) {
        cargo.args(["--target", TARGET]);
        // Either would replace the project's own flags for this target, and with them simd128.
        cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        if let Some(linker) = &self.linker {
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        if self.std_from_source {
            // `-Z` is for nightly; this lets a stable cargo take it, in this one child process.
            cargo.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1");
        }
    }
}

/// The rustc that cargo will use: it looks at the same variables, in this order.
fn rustc() -> Command {
    let rustc = ["RUSTC", "CARGO_BUILD_RUSTC"].into_iter().find_map(env::var_os);
    Command::new(rustc.unwrap_or_else(|| "rustc".into()))
}

fn has_std() -> Result<bool> {
    let folder = command::output(rustc().args(["--print", "target-libdir", "--target", TARGET]))?;
    Ok(holds_std(Path::new(&folder)))
}

fn holds_std(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("libstd-") && name.ends_with(".rlib")
        })
    })
}

fn has_rust_lld(sysroot: &Path) -> Result<bool> {
    let host = command::output(rustc().args(["--print", "host-tuple"]))?;
    let name = format!("rust-lld{}", env::consts::EXE_SUFFIX);
    let tools = sysroot.join("lib/rustlib").join(host).join("bin");
    Ok(tools.join(name).is_file())
}

/// Distributions put the version into the name: Debian's lld-22 has only `wasm-ld-22`.
fn find_wasm_ld() -> Option<PathBuf> {
    let versioned: Vec<String> = (14..=40).rev().map(|v| format!("wasm-ld-{v}")).collect();
    let names: Vec<&str> = std::iter::once("wasm-ld").chain(versioned.iter().map(String::as_str)).collect();
    command::find_program(&names)
}

fn has_std_source(sysroot: &Path) -> bool {
    // Cargo reads this very file to learn what the standard library needs.
    sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").is_file()
}

/// A rustup that is installed beside a distribution's Rust cannot add anything to the latter.
fn is_rustups(sysroot: &Path) -> bool {
    command::output(Command::new("rustup").args(["which", "rustc"]))
        .is_ok_and(|rustc| Path::new(&rustc).parent() == Some(&sysroot.join("bin")))
}

/// The line that says what is wrong, out of all that a program says when it fails.
fn first_error(message: &str) -> String {
    let line = message.lines().find_map(|line| line.split_once("error: "));
    line.map_or(message, |(_, error)| error).to_owned()
}

fn without_std(sysroot: &Path, refusal: Option<&str>) -> String {
    if let Some(refusal) = refusal {
        format!(
            "rustup could not add the target {TARGET} ({refusal}): connect to the network and run `rustup target add \
             {TARGET}`"
        )
    } else {
        format!(
            "the Rust in {} has no standard library for {TARGET}, nor the source to build it from: install Rust with \
             rustup (https://rustup.rs), or the source and LLVM's linker from where this Rust came \
             (on Debian, for rustc-web: apt-get install rust-web-src lld-22)",
            sysroot.display()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments_and_variables(toolchain: &Toolchain) -> (String, Vec<String>) {
        let mut cargo = Command::new("cargo");
        cargo.arg("build");
        toolchain.configure(&mut cargo);
        let variables = cargo
            .get_envs()
            .filter_map(|(name, value)| Some(format!("{}={}", name.display(), value?.display())))
            .collect();
        (command::shown(&cargo), variables)
    }

    #[test]
    fn an_installed_std_needs_the_target_alone() {
        let toolchain = Toolchain { std_from_source: false, linker: None };
        let (shown, variables) = arguments_and_variables(&toolchain);
        assert_eq!(shown, "cargo build --target wasm32-unknown-unknown");
        assert!(variables.is_empty(), "RUSTC_BOOTSTRAP stays away");
    }

    #[test]
    fn a_std_from_source_needs_cargos_unstable_flag_and_perhaps_a_linker() {
        let toolchain = Toolchain { std_from_source: true, linker: Some("/usr/bin/wasm-ld-22".into()) };
        let (shown, variables) = arguments_and_variables(&toolchain);
        assert!(shown.ends_with(" -Zbuild-std=std,panic_abort"), "{shown}");
        assert_eq!(variables, ["CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=/usr/bin/wasm-ld-22", "RUSTC_BOOTSTRAP=1"]);
    }

    #[test]
    fn of_what_rustup_says_only_the_error_is_passed_on() {
        let said = "`rustup target add` failed (exit status: 1): info: downloading\nerror: no network\n\nCaused by:";
        assert_eq!(first_error(said), "no network");
        assert_eq!(first_error("killed"), "killed");
    }

    #[test]
    fn a_target_folder_without_libraries_is_no_std() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!holds_std(&folder.path().join("missing")));
        assert!(!holds_std(folder.path()));
        fs::write(folder.path().join("libstd-0123.rlib"), "").unwrap();
        assert!(holds_std(folder.path()));
    }
}
