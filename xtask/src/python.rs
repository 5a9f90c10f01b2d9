//! Python with NumPy, for the tests of the program that compares somebody's own network with HelloNN's. Nobody who
//! builds the page needs it: without Python these tests are left out, and say so.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, iter};

use crate::command;
use crate::project::Project;

/// The variable that names a Python, and that tells the tests which one to start.
const VARIABLE: &str = "PYTHON";

/// What the tests take, where Python has none.
const NUMPY: &str = "numpy==2.2.6";

/// Has `command` find a Python with NumPy, if there can be one: NumPy is installed beside what else is kept between
/// builds, where the system's own Python does not see it.
pub fn offer_numpy(project: &Project, command: &mut Command) {
    let Some(python) = find() else {
        println!("There is no Python: the tests that need it are left out.");
        return;
    };
    command.env(VARIABLE, &python);
    if command::succeeds(Command::new(&python).args(["-c", "import numpy"])) {
        return;
    }
    let folder = project.cache.join("python");
    let path = path_with(&folder);
    let has_numpy = || command::succeeds(Command::new(&python).args(["-c", "import numpy"]).env("PYTHONPATH", &path));
    if !has_numpy() {
        println!("Installing {NUMPY} in {} …", folder.display());
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"]).arg(&folder).arg(NUMPY);
        if command::run(&mut pip).is_err() || !has_numpy() {
            println!("There is no NumPy for {}: the tests that need it are left out.", python.display());
            return;
        }
    }
    command.env("PYTHONPATH", path);
}

fn find() -> Option<PathBuf> {
    let named = env::var_os(VARIABLE).filter(|named| !named.is_empty()).map(PathBuf::from);
    named.or_else(|| command::find_program(&["python3", "python"]))
}

/// The folder before those that Python is told of already.
fn path_with(folder: &Path) -> OsString {
    let others = env::var_os("PYTHONPATH").unwrap_or_default();
    let others = env::split_paths(&others).filter(|other| !other.as_os_str().is_empty());
    env::join_paths(iter::once(folder.to_owned()).chain(others)).unwrap_or_else(|_| folder.into())
}
