//! A file holds one thing: one that grows past so many lines holds two. A line fits into an editor beside another.

use crate::sources::{Source, sources, without_unit_tests};

const MOST_LINES: usize = 300;
const MOST_CHARACTERS: usize = 120;

const FOLDERS: &[&str] = &["benches", "src", "www", "xtask"];

#[test]
fn no_file_is_longer_than_300_lines() {
    let all = sources(FOLDERS, &["rs", "js", "css", "html"]);
    let lengths = all.iter().map(|source| (&source.path, n_lines(source)));
    let too_long: Vec<_> = lengths.filter(|&(_, n)| n > MOST_LINES).map(|(path, n)| format!("{path}: {n}")).collect();
    assert!(too_long.is_empty(), "more than {MOST_LINES} lines without unit tests:\n{}", too_long.join("\n"));
}

fn n_lines(source: &Source) -> usize {
    match source.path.ends_with(".rs") {
        true => without_unit_tests(&source.text, false).lines().count(),
        false => source.text.lines().count(),
    }
}

/// The formatters keep to it where they can: not within comments and strings.
#[test]
fn no_line_is_longer_than_120_characters() {
    let mut too_long = Vec::new();
    for source in sources(FOLDERS, &["rs", "js", "css"]) {
        for (i, line) in source.text.lines().enumerate() {
            if line.chars().count() > MOST_CHARACTERS {
                too_long.push(format!("{}:{}", source.path, i + 1));
            }
        }
    }
    assert!(too_long.is_empty(), "more than {MOST_CHARACTERS} characters:\n{}", too_long.join("\n"));
}
