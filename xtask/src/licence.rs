//! What a package's licence files ask for: its holders' lines, and the whole text where it is not the one that most
//! share.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::files;

#[derive(Debug, PartialEq)]
pub struct Licence {
    /// Lines like "Copyright (c) 2014 The Rust Project Developers"; some licences name nobody.
    pub holders: Vec<String>,
    /// Texts other than [`mit`].
    pub texts: Vec<String>,
}

/// The MIT licence from its first word on, which comes after the holders' lines.
pub fn mit() -> &'static str {
    const OURS: &str = include_str!("../../LICENSE-MIT");
    &OURS[OURS.find(START).expect("our licence is the MIT licence")..]
}

const START: &str = "Permission is hereby granted";

/// Reads the licence files in `folder`. Of Apache's and another, which one may choose from, the other is taken.
pub fn read(folder: &Path) -> Result<Licence> {
    let mut paths = licence_files(folder)?;
    let is_apache = |path: &PathBuf| path.to_string_lossy().to_ascii_uppercase().contains("APACHE");
    if !paths.iter().all(is_apache) {
        paths.retain(|path| !is_apache(path));
    }
    if paths.is_empty() {
        bail!("{} has no licence file", folder.display());
    }
    let mut licence = Licence { holders: Vec::new(), texts: Vec::new() };
    for path in paths {
        let text = String::from_utf8_lossy(&files::read(&path)?).replace("\r\n", "\n");
        match holders_of_mit(&text) {
            Some(holders) => licence.holders.extend(holders),
            None => licence.texts.push(text.trim_matches('\n').to_owned()),
        }
    }
    Ok(licence)
}

fn licence_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
        ["LICENSE", "LICENCE", "COPYING", "UNLICENSE"].iter().any(|start| name.starts_with(start))
    });
    paths.sort();
    Ok(paths)
}

/// The holders' lines of a text that is the MIT licence, however its lines are broken, and nothing more.
fn holders_of_mit(text: &str) -> Option<Vec<String>> {
    let (head, rest) = text.split_at(text.find(START)?);
    if !rest.split_whitespace().eq(mit().split_whitespace()) {
        return None;
    }
    let mut holders: Vec<String> = Vec::new();
    for line in head.lines().map(str::trim).filter(|line| !line.is_empty() && !is_title(line)) {
        match holders.last_mut() {
            // What has no beginning of its own goes on with the line before it.
            Some(last) if !line.to_lowercase().starts_with("copy") => last.extend([" ", line]),
            _ => holders.push(line.to_owned()),
        }
    }
    Some(holders)
}

fn is_title(line: &str) -> bool {
    matches!(line, "MIT License" | "The MIT License" | "The MIT License (MIT)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::write_whole;

    fn licence(files: &[(&str, &str)]) -> Result<Licence> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            write_whole(&folder.path().join(name), text.as_bytes()).unwrap();
        }
        read(folder.path())
    }

    #[test]
    fn of_the_usual_licence_the_holders_are_kept() {
        let head = "MIT License\r\n\r\nCopyright (c) 2015 A,\r\n\t and B\r\nCopyright 2020 C\r\n\r\n";
        let text =
            format!("{head}{}", mit().replace('\n', "\r\n").replacen("free of charge, ", "free of charge,\r\n", 1));
        let found = licence(&[("LICENSE-MIT", &text), ("LICENSE-APACHE", "Apache License"), ("README", "")]).unwrap();
        assert_eq!(found.holders, ["Copyright (c) 2015 A, and B", "Copyright 2020 C"]);
        assert!(found.texts.is_empty(), "one may choose");
    }

    #[test]
    fn any_other_licence_is_kept_whole() {
        let longer = format!("{}\nand one thing more", mit());
        let found = licence(&[("LICENSE.txt", &longer), ("LICENSE-UNICODE", "Unicode\n")]).unwrap();
        assert_eq!(found, Licence { holders: vec![], texts: vec!["Unicode".into(), longer] });
        assert_eq!(licence(&[("LICENSE-APACHE", "Apache")]).unwrap().texts, ["Apache"], "there is no choice");
        assert!(licence(&[("README", "")]).unwrap_err().to_string().ends_with("has no licence file"));
    }
}
