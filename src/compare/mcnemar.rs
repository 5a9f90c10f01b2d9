//! McNemar's exact test: two networks on the same images.

use serde::Serialize;

use super::incomplete_beta;
use crate::error::{FieldError, at_least, check};

/// Two lists of answers, image by image.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct AnswersCompared {
    pub n_images: usize,
    /// The images that A reads rightly and B wrongly, by their position from 0.
    pub only_a: Vec<u32>,
    /// The images that B reads rightly and A wrongly.
    pub only_b: Vec<u32>,
    /// McNemar's exact p-value, two-sided.
    pub p: f64,
}

/// Compares the classes that A and B gave for the same images with the `labels`; an error where the lists are not of
/// one length, or empty.
pub fn mcnemar(answers_a: &[u8], answers_b: &[u8], labels: &[u8]) -> Result<AnswersCompared, FieldError> {
    let n_images = labels.len();
    at_least(1.0).followed_by(" image").check("labels", n_images as f64)?;
    for (field, answers) in [("answersA", answers_a), ("answersB", answers_b)] {
        check(answers.len() == n_images, field, || {
            format!("expected {n_images} answers, one a label, found {}", answers.len())
        })?;
    }
    let only = |right: &[u8], wrong: &[u8]| -> Vec<u32> {
        let is_read_by_one = |&idx: &u32| {
            let idx = idx as usize;
            right[idx] == labels[idx] && wrong[idx] != labels[idx]
        };
        (0..n_images as u32).filter(is_read_by_one).collect()
    };
    let (only_a, only_b) = (only(answers_a, answers_b), only(answers_b, answers_a));
    let p = mcnemar_p(only_a.len() as u32, only_b.len() as u32);
    Ok(AnswersCompared { n_images, only_a, only_b, p })
}

/// The chance that of b + c images which only one of two equally good networks reads, one network reads as few as the
/// smaller of b and c, or the other does: min(1, 2·Σ_{i ≤ min(b, c)} C(b + c, i)/2^(b + c)); 1 where there are none.
/// The sum is I_½(max(b, c), min(b, c) + 1).
///
/// McNemar, "Note on the sampling error of the difference between correlated proportions or percentages", 1947.
pub fn mcnemar_p(b: u32, c: u32) -> f64 {
    if b == c {
        return 1.0;
    }
    let (few, many) = (f64::from(b.min(c)), f64::from(b.max(c)));
    (2.0 * incomplete_beta(many, few + 1.0, 0.5, 0.5)).min(1.0)
}
