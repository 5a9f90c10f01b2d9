//! A file holds one thing: one that grows past so many lines holds two. A line fits into an editor beside another.

use std::collections::BTreeSet;

use crate::sources::{Source, sources, without_unit_tests};

const MOST_LINES: usize = 300;
const MOST_CHARACTERS: usize = 120;

/// Files that are to become shorter; this list, too.
const STILL_LONGER: &[&str] = &[];

#[test]
fn no_file_is_longer_than_300_lines() {
    let all = sources(&["benches", "src", "www", "xtask"], &["rs", "js", "css", "html"]);
    let too_long: Vec<String> = all
        .iter()
        .filter_map(|source| {
            let n_lines = n_lines(source);
            (n_lines > MOST_LINES && !STILL_LONGER.contains(&&*source.path))
                .then(|| format!("{}: {n_lines} lines", source.path))
        })
        .collect();
    assert!(too_long.is_empty(), "more than {MOST_LINES} lines without unit tests:\n{}", too_long.join("\n"));
    let long: BTreeSet<&str> = all.iter().filter(|s| n_lines(s) > MOST_LINES).map(|s| &*s.path).collect();
    let done: Vec<&&str> = STILL_LONGER.iter().filter(|path| !long.contains(**path)).collect();
    assert!(done.is_empty(), "no longer too long, so take them off STILL_LONGER: {done:?}");
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
    for source in sources(&["benches", "src", "www", "xtask"], &["rs", "js", "css"]) {
        for (i, line) in source.text.lines().enumerate() {
            if line.chars().count() > MOST_CHARACTERS {
                too_long.push(format!("{}:{}", source.path, i + 1));
            }
        }
    }
    assert!(too_long.is_empty(), "more than {MOST_CHARACTERS} characters:\n{}", too_long.join("\n"));
}
