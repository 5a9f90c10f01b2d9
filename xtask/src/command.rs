//! Other programs: finding them, running them, and saying in one line what went wrong.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The cargo that runs this very program, not whichever comes first in `PATH`.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs `command` with its input and output on this terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs `command` and returns what it printed, without the white space around it.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| cannot_start(command))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}): {}", shown(command), output.status, message.trim());
    }
    let text = String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed something other than text", shown(command)))?;
    Ok(text.trim().to_owned())
}

/// Whether `command` can be started and succeeds; what it prints is dropped.
pub fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// The first of `names` that is a program in the folders of `PATH`.
pub fn find_program(names: &[&str]) -> Option<PathBuf> {
    find_in(names, &env::var_os("PATH")?)
}

fn find_in(names: &[&str], path: &OsString) -> Option<PathBuf> {
    let file_names: Vec<String> = names.iter().map(|name| format!("{name}{}", env::consts::EXE_SUFFIX)).collect();
    file_names
        .iter()
        .flat_map(|name| env::split_paths(path).map(move |folder| folder.join(name)))
        .find(|candidate| is_program(candidate))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// The command as it would be typed, for messages.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name).chain(command.get_args()).map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command) -> String {
    format!("`{}` cannot be started", shown(command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_without_its_folders() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["fmt", "--all"]);
        assert_eq!(shown(&command), "cargo fmt --all");
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = run(&mut Command::new("hellonn-no-such-program")).unwrap_err();
        assert_eq!(error.to_string(), "`hellonn-no-such-program` cannot be started");
    }

    #[cfg(unix)]
    #[test]
    fn the_order_of_names_counts_before_the_order_of_folders() {
        use std::fs;
        use std::os::unix::fs::PermissionsExt;

        let folders = tempfile::tempdir().unwrap();
        let [first, second] = ["first", "second"].map(|name| folders.path().join(name));
        let place = |path: PathBuf, mode| {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        };
        place(first.join("google-chrome"), 0o755);
        place(first.join("chromium"), 0o644);
        place(second.join("chromium"), 0o755);
        let path = env::join_paths([&first, &second]).unwrap();

        let found = find_in(&["chromium", "google-chrome"], &path);
        assert_eq!(found, Some(second.join("chromium")), "the first is no program");
        assert_eq!(find_in(&["firefox"], &path), None);
    }
}
