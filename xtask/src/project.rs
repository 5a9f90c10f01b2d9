//! Where the project's rooms are on this machine.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command;

pub struct Project {
    pub root: PathBuf,
    /// The page's sources.
    pub www: PathBuf,
    pub tests: PathBuf,
    /// The page as it is served.
    pub dist: PathBuf,
    /// What the page holds of others' work.
    pub notices: PathBuf,
    /// What is kept between builds, in cargo's target folder: `cargo clean` forgets it.
    pub cache: PathBuf,
}

impl Project {
    /// Asks cargo, which knows of `CARGO_TARGET_DIR` and of a project that has moved since xtask was compiled.
    pub fn locate() -> Result<Project> {
        let mut cargo = command::cargo();
        cargo.args(["metadata", "--no-deps", "--format-version", "1"]);
        let metadata: Value = serde_json::from_str(&command::output(&mut cargo)?)
            .context("cargo metadata printed something other than JSON")?;
        let folder = |key: &str| {
            metadata[key].as_str().map(PathBuf::from).with_context(|| format!("cargo metadata does not name its {key}"))
        };
        let root = folder("workspace_root")?;
        Ok(Project {
            www: root.join("www"),
            tests: root.join("tests"),
            dist: root.join("dist"),
            notices: root.join("THIRD_PARTY.md"),
            cache: folder("target_directory")?.join("page"),
            root,
        })
    }
}
