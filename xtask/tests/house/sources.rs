//! The files that the rules are about.

use std::fs;
use std::path::Path;

pub struct Source {
    /// From the project's root, with `/`.
    pub path: String,
    pub text: String,
}

/// All files below `folders` that end in one of `endings`, in order. What was installed is left out.
pub fn sources(folders: &[&str], endings: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for folder in folders {
        collect(root, folder, endings, &mut found);
    }
    assert!(!found.is_empty(), "{folders:?} hold nothing: the rules would say so of any house");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(root: &Path, folder: &str, endings: &[&str], found: &mut Vec<Source>) {
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{folder}/{name}");
        if entry.path().is_dir() {
            if name != "node_modules" {
                collect(root, &path, endings, found);
            }
        } else if Path::new(&name).extension().is_some_and(|ending| endings.iter().any(|e| ending == *e)) {
            found.push(Source { text: fs::read_to_string(entry.path()).unwrap(), path });
        }
    }
}

/// Rust without its unit tests. Lines keep their numbers if `keep_lines`.
pub fn without_unit_tests(text: &str, keep_lines: bool) -> String {
    let mut kept = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let begins = line == "#[cfg(test)]" && lines.peek().is_some_and(|next| next.starts_with("mod "));
        if !begins {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        // Formatted as it is, a module ends with the first brace at a line's start, or is a line.
        for line in lines.by_ref() {
            if keep_lines {
                kept.push('\n');
            }
            if line == "}" || line.ends_with(';') && line.starts_with("mod ") {
                break;
            }
        }
        if keep_lines {
            kept.push('\n');
        }
    }
    kept
}

#[test]
fn unit_tests_do_not_count() {
    let text = "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    use b;\n}\nfn c() {}\n";
    assert_eq!(without_unit_tests(text, false), "fn a() {}\n\nfn c() {}\n");
    assert_eq!(without_unit_tests(text, true), "fn a() {}\n\n\n\n\n\nfn c() {}\n");
}
