//! Statistics of runs against SciPy's and statsmodels' numbers; `tests/reference/compare.py` made them.

mod distributions;
mod intervals;
mod luck;
mod many;
mod verdict;

use hellonn::compare::{RunGroup, VerdictQuestion};
use hellonn::error::FieldError;
use serde_json::Value;

/// The reference cases of one name.
fn cases(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../../reference/compare.json")).expect("it is JSON");
    let cases = all[name].as_array().expect("there are such cases").clone();
    assert!(!cases.is_empty());
    cases
}

/// The cases of one name that are lists of numbers.
fn rows<const N: usize>(name: &str) -> Vec<[f64; N]> {
    let row = |case: Value| serde_json::from_value::<Vec<f64>>(case).expect("a list of numbers");
    cases(name).into_iter().map(|case| row(case).try_into().expect("numbers for a row")).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// Validation accuracies of counts of 5000 images.
fn accuracies(counts: &Value) -> Vec<f64> {
    counts.as_array().expect("counts").iter().map(|count| number(count) / 5000.0).collect()
}

fn differences(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// Compares relative to the number expected.
#[track_caller]
fn assert_close(found: f64, expected: f64, tolerance: f64, what: &dyn std::fmt::Debug) {
    let error = (found - expected).abs();
    assert!(error <= tolerance * expected.abs(), "{what:?}: found {found}, expected {expected}");
}

/// Compares numbers of accuracies, whose last digits the subtraction of others has cost.
#[track_caller]
fn assert_near(found: f64, expected: f64, what: &dyn std::fmt::Debug) {
    assert!((found - expected).abs() <= 1e-12, "{what:?}: found {found}, expected {expected}");
}

#[track_caller]
fn assert_refused<T: std::fmt::Debug>(found: Result<T, FieldError>, expected: &str) {
    assert_eq!(found.expect_err("it is refused").to_string(), expected);
}

/// A finished group on 5000 validation images.
fn group(seeds: &[u32], accuracies: &[f64]) -> RunGroup {
    RunGroup {
        fingerprint: "4d1e90c2".into(),
        n_validation: 5000,
        seeds: seeds.to_vec(),
        accuracies: accuracies.to_vec(),
        is_finished: true,
    }
}

/// Two groups, each with the seeds from 1 on.
fn question(a: &[f64], b: &[f64]) -> VerdictQuestion {
    let seeds = |n: usize| (1..=n as u32).collect::<Vec<_>>();
    VerdictQuestion {
        a: group(&seeds(a.len()), a),
        b: group(&seeds(b.len()), b),
        images: None,
        other_p_values: Vec::new(),
    }
}
