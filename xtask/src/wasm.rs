//! The WebAssembly module: cargo compiles the core, wasm-bindgen writes the JavaScript and the types around it.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStderr, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use crate::project::Project;
use crate::toolchain::Toolchain;
use crate::{command, files};

pub const NAME: &str = "hellonn";

pub struct Module {
    /// Holds the module, its JavaScript and its types, and nothing else.
    pub folder: PathBuf,
    pub rebuilt: bool,
    /// Where the sources of each crate are that it was made with, by the name that cargo prints: "serde v1.0.229".
    pub sources: HashMap<String, PathBuf>,
}

pub fn build(project: &Project) -> Result<Module> {
    let messages = compile(project)?;
    let compiled = find_module(&messages).context("cargo built no WebAssembly module")?;
    // One folder for each compiled module and way of binding it, told by this file: it is complete or not there.
    let mut made_of = files::read(&compiled)?;
    made_of.extend(include_bytes!("wasm.rs"));
    let all = project.cache.join("module");
    let folder = all.join(&files::sha256(&made_of)[..16]);
    let rebuilt = !folder.exists();
    if rebuilt {
        files::remove_folder(&all)?;
        let unfinished = all.join("unfinished");
        bind(&compiled, &unfinished)?;
        fs::rename(&unfinished, &folder).with_context(|| format!("{} cannot be written", folder.display()))?;
    }
    Ok(Module { folder, rebuilt, sources: find_sources(&messages) })
}

fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(NAME)
        .web(true)?
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        // `init()` without an argument finds the module beside its JavaScript, under any sub-path.
        .omit_default_module_path(false)
        .generate(folder)
        .context("wasm-bindgen cannot process the module")?;
    let glue = folder.join(NAME).with_extension("js");
    let text = String::from_utf8(files::read(&glue)?).context("wasm-bindgen's JavaScript is no text")?;
    fs::write(&glue, bare(&text)).with_context(|| format!("{} cannot be written", glue.display()))
}

/// Generated JavaScript without indentation, and without the comments whose content the types beside it have, too.
fn bare(script: &str) -> String {
    let mut is_comment = false;
    let mut text = String::new();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        is_comment |= line.starts_with("/**");
        if !is_comment {
            text.extend([line, "\n"]);
        }
        is_comment &= !line.ends_with("*/");
    }
    text
}

/// Returns what cargo says of each thing it made, or found made already: a JSON object a line.
fn compile(project: &Project) -> Result<String> {
    let mut cargo = command::cargo();
    cargo.args(["build", "--release", "--lib", "--package", NAME]);
    // Cargo's own word on what it made and where, whatever the target folder is.
    cargo.arg("--message-format=json-render-diagnostics");
    if std::io::stderr().is_terminal() {
        cargo.arg("--color=always");
    }
    Toolchain::find()?.configure(&mut cargo);
    let mut child = cargo
        .current_dir(&project.root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{}` cannot be started", command::shown(&cargo)))?;

    let stderr = child.stderr.take().expect("stderr is piped");
    let listener = thread::spawn(move || pass_on(stderr));
    let mut messages = String::new();
    let mut stdout = child.stdout.take().expect("stdout is piped");
    stdout.read_to_string(&mut messages).context("cargo's messages cannot be read")?;
    let status = child.wait().context("cargo's end was not seen")?;
    let said = listener.join().expect("passing lines on does not panic");

    if !status.success() {
        if is_unreachable(&said) {
            bail!(
                "cargo could not reach its registry: check the network connection (or cargo's proxy settings) and run \
                 this again"
            );
        }
        bail!("the WebAssembly module does not build: cargo's message is above");
    }
    Ok(messages)
}

/// Shows cargo's lines as they come and returns them all.
fn pass_on(stderr: ChildStderr) -> String {
    let mut said = String::new();
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        // A terminal that has gone is no reason to stop the build.
        let _ = writeln!(std::io::stderr(), "{line}");
        said.push_str(&line);
        said.push('\n');
    }
    said
}

fn is_unreachable(said: &str) -> bool {
    [
        "spurious network error",
        "failed to download",
        "download of config.json failed",
        "failed to query replaced source registry",
    ]
    .iter()
    .any(|sign| said.contains(sign))
}

fn find_module(messages: &str) -> Option<PathBuf> {
    artifacts(messages)
        .filter(|artifact| artifact["target"]["name"] == NAME)
        .flat_map(|artifact| artifact["filenames"].as_array().cloned().unwrap_or_default())
        .filter_map(|name| name.as_str().map(PathBuf::from))
        .find(|name| name.extension().is_some_and(|ending| ending == "wasm"))
}

fn find_sources(messages: &str) -> HashMap<String, PathBuf> {
    artifacts(messages)
        .filter_map(|artifact| {
            let id = artifact["package_id"].as_str()?.strip_prefix("registry+")?;
            let (name, version) = id.split_once('#')?.1.split_once('@')?;
            let folder = Path::new(artifact["manifest_path"].as_str()?).parent()?;
            Some((format!("{name} v{version}"), folder.to_owned()))
        })
        .collect()
}

fn artifacts(messages: &str) -> impl Iterator<Item = Value> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_is_found_among_cargos_messages() {
        let messages = r#"
{"reason":"compiler-artifact","target":{"name":"serde"},"filenames":["/t/libserde.rlib"]}
{"reason":"compiler-artifact","target":{"name":"hellonn"},"filenames":["/t/libhellonn.rlib","/t/hellonn.wasm"]}
{"reason":"build-finished","success":true}"#;
        assert_eq!(find_module(messages), Some("/t/hellonn.wasm".into()));
        assert_eq!(find_module(r#"{"reason":"build-finished"}"#), None);
    }

    #[test]
    fn generated_javascript_keeps_what_is_no_comment() {
        let script = "/* a */\n\n/**\n * A session.\n */\nclass A {\n    /** @returns {number} */\n    f() {}\n}\n";
        assert_eq!(bare(script), "/* a */\nclass A {\nf() {}\n}\n");
    }

    #[test]
    fn a_crates_sources_are_found_by_its_name_and_version() {
        let messages = r#"
{"reason":"compiler-artifact","package_id":"registry+https://a.b/c#serde@1.0.2","manifest_path":"/c/serde/Cargo.toml"}
{"reason":"compiler-artifact","package_id":"path+file:///h#hellonn@0.1.0","manifest_path":"/h/Cargo.toml"}"#;
        assert_eq!(find_sources(messages), HashMap::from([("serde v1.0.2".into(), "/c/serde".into())]));
    }

    #[test]
    fn a_registry_out_of_reach_is_told_from_a_mistake_in_the_code() {
        assert!(is_unreachable("warning: spurious network error (3 tries remaining)"));
        assert!(!is_unreachable("error[E0308]: mismatched types"));
    }
}
