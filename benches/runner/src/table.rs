//! The one table, for people and as JSON.

use serde::Serialize;

use crate::statistics::Summary;
use crate::workloads::{Measures, Workload};

/// What one contestant did in one workload.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    pub workload: String,
    pub name: String,
    pub who: String,
    #[serde(serialize_with = "unit_name")]
    pub measures: Measures,
    /// In the order they were made, scaled to all images.
    pub values: Vec<f64>,
    pub summary: Option<Summary>,
    /// Its median by that of HelloNN in Chromium.
    pub ratio: Option<f64>,
    /// What the ratio should be at least or, for HelloNN itself, its median at most.
    pub target: Option<f64>,
    pub gflops: Option<f64>,
    pub peak_bytes: Option<f64>,
    /// Of the epochs, from the first, the warm-up.
    pub losses: Vec<f64>,
    /// How the measurement differs from what the workload's name says.
    pub note: String,
    pub error: Option<String>,
}

impl Row {
    /// Of nothing measured yet.
    pub fn new(workload: &Workload, who: &str) -> Row {
        Row {
            workload: workload.id.clone(),
            name: workload.name.clone(),
            who: who.to_owned(),
            measures: workload.measures,
            values: Vec::new(),
            summary: None,
            ratio: None,
            target: None,
            gflops: None,
            peak_bytes: None,
            losses: Vec::new(),
            note: String::new(),
            error: None,
        }
    }
}

fn unit_name<S: serde::Serializer>(measures: &Measures, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match measures {
        Measures::Epoch
        | Measures::Evaluation
        | Measures::Prediction
        | Measures::Stroke
        | Measures::PageLoad
        | Measures::SlowPageLoad => "seconds",
        Measures::Steadiness => "ratio",
        Measures::Memory | Measures::Size => "bytes",
    })
}

const HEAD: [&str; 10] =
    ["Workload", "Who", "Median", "Minimum", "Maximum", "/ HelloNN", "Target", "GFLOP/s", "Peak memory", "Note"];

/// A Markdown table whose columns line up.
pub fn table(rows: &[Row]) -> String {
    let mut last = "";
    let mut lines = vec![HEAD.map(str::to_owned)];
    for row in rows {
        // A workload's name stands in the first of its rows alone.
        lines.push(cells(row, if row.name == last { "" } else { &row.name }));
        last = &row.name;
    }
    let widths: [usize; HEAD.len()] =
        std::array::from_fn(|i| lines.iter().map(|line| line[i].chars().count()).max().unwrap_or(0));
    let is_text = |i: usize| i < 2 || i == HEAD.len() - 1;
    let shown = |line: &[String; HEAD.len()]| {
        let cells = line.iter().zip(widths).enumerate();
        let padded = cells.map(|(i, (cell, width))| match is_text(i) {
            true => format!("{cell:<width$}"),
            false => format!("{cell:>width$}"),
        });
        format!("| {} |\n", padded.collect::<Vec<_>>().join(" | "))
    };
    let rule = widths.iter().enumerate().map(|(i, &width)| match is_text(i) {
        true => "-".repeat(width + 2),
        false => format!("{}:", "-".repeat(width + 1)),
    });
    let rule = format!("|{}|\n", rule.collect::<Vec<_>>().join("|"));
    let mut lines = lines.iter().map(shown);
    lines.next().into_iter().chain([rule]).chain(lines).collect()
}

fn cells(row: &Row, name: &str) -> [String; HEAD.len()] {
    let quantity = |value: Option<f64>| value.map_or_else(String::new, |value| quantity(row.measures, value));
    let summary = |pick: fn(&Summary) -> f64| quantity(row.summary.as_ref().map(pick));
    let target = match row.target {
        Some(target) if row.ratio.is_some() => format!("≥ {target}"),
        target => quantity(target).split_whitespace().collect::<Vec<_>>().join(" "),
    };
    [
        name.to_owned(),
        row.who.clone(),
        summary(|s| s.median),
        summary(|s| s.min),
        summary(|s| s.max),
        row.ratio.map_or_else(String::new, significant),
        match row.ratio {
            None if !target.is_empty() => format!("≤ {target}"),
            _ => target,
        },
        row.gflops.map_or_else(String::new, significant),
        row.peak_bytes.map_or_else(String::new, quantity_of_bytes),
        row.error.as_ref().map_or_else(|| row.note.clone(), |error| format!("failed: {error}")),
    ]
}

/// With its unit, at a size that people read.
fn quantity(measures: Measures, value: f64) -> String {
    match measures {
        Measures::Steadiness => format!("{value:.3}"),
        Measures::Memory | Measures::Size => quantity_of_bytes(value),
        _ if value < 0.1 => format!("{} ms", significant(1000.0 * value)),
        _ => format!("{} s", significant(value)),
    }
}

fn quantity_of_bytes(bytes: f64) -> String {
    const KIB: f64 = 1024.0;
    match bytes {
        small if small < KIB * KIB => format!("{} KiB", significant(small / KIB)),
        large => format!("{} MiB", significant(large / (KIB * KIB))),
    }
}

/// Three digits, or all of those before the point.
fn significant(value: f64) -> String {
    let n_before = if value.abs() < 1.0 { 0 } else { value.abs().log10().floor() as usize + 1 };
    format!("{value:.*}", 3_usize.saturating_sub(n_before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(who: &str, ratio: Option<f64>) -> Row {
        Row {
            workload: "twin".into(),
            name: "Twin".into(),
            who: who.into(),
            measures: Measures::Epoch,
            values: vec![0.5],
            summary: Summary::of(&[0.5]),
            ratio,
            target: Some(4.5),
            gflops: Some(18.04),
            peak_bytes: Some(3.0 * 1024.0 * 1024.0),
            losses: Vec::new(),
            note: String::new(),
            error: None,
        }
    }

    #[test]
    fn quantities_have_three_digits_and_a_unit_of_their_size() {
        assert_eq!(quantity(Measures::Epoch, 0.52345), "0.523 s");
        assert_eq!(quantity(Measures::Epoch, 188.04), "188 s");
        assert_eq!(quantity(Measures::Prediction, 0.003_456), "3.46 ms");
        assert_eq!(quantity(Measures::Steadiness, 1.049), "1.049");
        assert_eq!(quantity(Measures::Size, 143.25 * 1024.0), "143 KiB");
        assert_eq!(quantity(Measures::Memory, 753_108_864.0), "718 MiB");
    }

    #[test]
    fn the_table_lines_up_and_names_a_workload_once() {
        let mut failed = row("PyTorch", None);
        failed.error = Some("no network".into());
        failed.target = None;
        let table = table(&[row("HelloNN", None), row("NumPy", Some(29.5)), failed]);
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines[2].split('|').nth(7).unwrap().trim(), "≤ 4.50 s");
        assert_eq!(lines[3].split('|').nth(7).unwrap().trim(), "≥ 4.5");
        assert!(lines[3].starts_with("|          | NumPy   | 0.500 s |"), "{}", lines[3]);
        assert!(lines[4].contains("failed: no network"));
        let widths: Vec<_> = lines.iter().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
    }

    #[test]
    fn a_row_is_json_with_its_unit() {
        let json = serde_json::to_value(row("HelloNN", None)).unwrap();
        assert_eq!(json["measures"], "seconds");
        assert_eq!(json["summary"]["median"], 0.5);
    }
}
