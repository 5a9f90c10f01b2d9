//! Grades as a table for the eye, and as CSV for a spreadsheet.

use super::grading::{Grade, Score};

const COLUMNS: [&str; 9] = [
    "file",
    "verified",
    "claimed checksum",
    "found checksum",
    "claimed test accuracy",
    "found test accuracy",
    "parameters",
    "epochs",
    "why not",
];

/// One file's cells, in the order of the columns.
fn cells(file: &str, grade: &Grade) -> [String; 9] {
    let verified = if grade.reason.is_none() { "yes" } else { "no" };
    let checksum = |sum: &Option<String>| sum.clone().unwrap_or_default();
    let accuracy = |score: Option<Score>| score.map_or(String::new(), |score| format!("{:.4}", score.accuracy()));
    [
        file.into(),
        verified.into(),
        checksum(&grade.claimed_checksum),
        checksum(&grade.found_checksum),
        accuracy(grade.claimed_test),
        accuracy(grade.found_test),
        grade.n_parameters.map_or(String::new(), |n| n.to_string()),
        grade
            .epochs
            .map_or(String::new(), |(done, of)| if done == of { done.to_string() } else { format!("{done} of {of}") }),
        grade.reason.clone().unwrap_or_default(),
    ]
}

/// RFC 4180, with a header.
pub fn csv(grades: &[(String, Grade)]) -> String {
    let line = |cells: &[String]| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n";
    let rows = grades.iter().map(|(file, grade)| line(&cells(file, grade)));
    line(&COLUMNS.map(String::from)) + &rows.collect::<String>()
}

/// A cell that cannot end before its end, and that no spreadsheet takes for a formula, whatever somebody called a file.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if guard.is_empty() && !cell.contains(['"', ',', '\r', '\n']) {
        return cell.into();
    }
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

/// Columns as wide as they must be, without what would move a terminal's cursor.
pub fn table(grades: &[(String, Grade)]) -> String {
    let shown = |cell: String| cell.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect::<String>();
    let rows: Vec<_> = std::iter::once(COLUMNS.map(String::from))
        .chain(grades.iter().map(|(file, grade)| cells(file, grade).map(shown)))
        .collect();
    let widths: Vec<_> =
        (0..COLUMNS.len()).map(|i| rows.iter().map(|row| row[i].chars().count()).max().unwrap_or(0)).collect();
    let lines = rows.iter().map(|row| {
        let padded = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    });
    lines.collect()
}
