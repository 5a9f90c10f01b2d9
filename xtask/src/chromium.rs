//! The Chromium that the page is tested in: the one that is there, or Debian's.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command;

/// The variable that names a Chromium, and that tells the tests which one to start.
pub const VARIABLE: &str = "CHROMIUM";

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Where browsers live that are in no folder of `PATH`.
const PLACES: [&str; 4] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
];

/// Finds Chromium, or installs Debian's where that is allowed, or says how to install it.
pub fn find_or_install() -> Result<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE).filter(|named| !named.is_empty()) {
        let path = PathBuf::from(named);
        if !path.is_file() {
            bail!("{VARIABLE} names {}, which is no file", path.display());
        }
        return Ok(path);
    }
    if let Some(path) = find() {
        return Ok(path);
    }
    let Some(apt_get) = apt_get() else {
        bail!("no Chromium was found: {}", how_to_install());
    };
    println!("Installing Debian's chromium, for no Chromium was found …");
    install(&apt_get)?;
    let Some(path) = find() else {
        bail!("apt-get installed chromium, and yet none is in PATH: set {VARIABLE} to its path");
    };
    Ok(path)
}

fn find() -> Option<PathBuf> {
    command::find_program(&NAMES).or_else(|| PLACES.map(PathBuf::from).into_iter().find(|p| p.is_file()))
}

fn how_to_install() -> String {
    let install = if command::find_program(&["apt-get"]).is_some() {
        "run `sudo apt-get install chromium`"
    } else {
        "install Chromium or Google Chrome"
    };
    format!("{install}, or set {VARIABLE} to the path of one, and run this again")
}

/// How apt-get is called with the rights to install, if there is a way that asks nobody for a password.
fn apt_get() -> Option<Vec<&'static str>> {
    command::find_program(&["apt-get"])?;
    let id = command::output(Command::new("id").arg("-u")).ok()?;
    if id == "0" {
        return Some(vec!["apt-get"]);
    }
    command::succeeds(Command::new("sudo").args(["-n", "true"])).then(|| vec!["sudo", "-n", "apt-get"])
}

fn install(apt_get: &[&str]) -> Result<()> {
    let run = |arguments: &[&str]| {
        let mut command = Command::new(apt_get[0]);
        command.args(&apt_get[1..]).arg("-qq").args(arguments);
        command::run(command.env("DEBIAN_FRONTEND", "noninteractive"))
    };
    // An old list names packages that are no longer there; whether there is a new one, the installing shows.
    let _ = run(&["update"]);
    // Without a font the page would be measured and seen without its letters.
    run(&["install", "--yes", "--no-install-recommends", "chromium", "fonts-liberation"])
        .map_err(|error| error.context(format!("no Chromium could be installed: {}", how_to_install())))
}
