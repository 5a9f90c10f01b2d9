//! What the page and its tests take from npm, at exactly the versions of their lock files.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{command, files};

/// Written when `npm ci` has succeeded. It begins by removing the folder that this lies in, so a failure leaves none.
const STAMP: &str = "node_modules/.installed-from";

pub fn node() -> Command {
    Command::new("node")
}

/// Installs the packages of `folder`, unless they are there already; returns whether it did.
pub fn install(folder: &Path) -> Result<bool> {
    let mut wanted = files::read(&folder.join("package.json"))?;
    wanted.extend(files::read(&folder.join("package-lock.json"))?);
    let wanted = files::sha256(&wanted);
    let stamp = folder.join(STAMP);
    if fs::read_to_string(&stamp).is_ok_and(|present| present == wanted) {
        return Ok(false);
    }
    println!("Installing the packages of {} with npm ci …", name(folder));
    ci(folder)?;
    files::write_whole(&stamp, wanted.as_bytes())?;
    Ok(true)
}

fn ci(folder: &Path) -> Result<()> {
    // On Windows npm is a script, which is found only by its whole name.
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    // Two quick tries more, rather than npm's minute of silence before it says that there is no network.
    npm.args(["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=3000"]);
    let Ok(output) = npm.current_dir(folder).output() else {
        bail!(
            "npm was not found: install Node.js 20.10 or newer, which brings it (https://nodejs.org), and run this \
             again"
        );
    };
    if output.status.success() {
        return Ok(());
    }
    let message = String::from_utf8_lossy(&output.stderr);
    if let Some(code) = network_error(&message) {
        bail!(
            "npm could not reach its registry ({code}): check the network connection (or npm's `registry` and `proxy` \
             settings) and run this again"
        );
    }
    eprintln!("{}", message.trim());
    bail!("`npm ci` failed in {}: its message is above", name(folder));
}

/// The code of Node's that says why the registry could not be reached, if that is what happened.
fn network_error(message: &str) -> Option<&'static str> {
    [
        "EAI_AGAIN",
        "ECONNREFUSED",
        "ECONNRESET",
        "EHOSTUNREACH",
        "ENETUNREACH",
        "ENOTFOUND",
        "ETIMEDOUT",
        "ERR_SOCKET_TIMEOUT",
    ]
    .into_iter()
    .find(|code| message.contains(code))
}

fn name(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or(folder.as_os_str());
    format!("{}/", name.display())
}

/// Stops with one sentence where there is no Node to run the tests with, or an old one.
pub fn check_node() -> Result<()> {
    let needed = "install Node.js 20.10 or newer (https://nodejs.org) and run this again";
    let Ok(version) = command::output(node().arg("--version")) else {
        bail!("Node.js was not found: {needed}");
    };
    if release(&version).is_none_or(|release| release < (20, 10)) {
        bail!("the tests do not run in Node.js {version}: {needed}");
    }
    Ok(())
}

/// The first two numbers of what `node --version` prints.
fn release(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_out_of_reach_is_told_from_a_bad_lock_file() {
        let refused = "npm error code ECONNREFUSED\nnpm error syscall connect";
        assert_eq!(network_error(refused), Some("ECONNREFUSED"));
        assert_eq!(network_error("npm error code EUSAGE"), None);
    }

    #[test]
    fn nodes_version_is_read() {
        assert_eq!(release("v20.20.2"), Some((20, 20)));
        assert_eq!(release("unknown"), None);
    }

    #[test]
    fn packages_that_are_there_are_not_installed_again() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("package.json"), "{}").unwrap();
        fs::write(folder.path().join("package-lock.json"), "{}").unwrap();
        let stamp = files::sha256(b"{}{}");
        files::write_whole(&folder.path().join(STAMP), stamp.as_bytes()).unwrap();
        assert!(!install(folder.path()).unwrap());
    }
}
