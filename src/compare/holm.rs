//! Correction for having asked more than once.

use super::check::check_shares;
use crate::error::FieldError;

/// Holm's step-down correction: each of m p-values becomes the largest, over those p_j that are not above it, of p_j
/// times the number of p-values that are not below p_j, at most 1. (In ascending order that number is m, m − 1, … 1.)
/// Those that stay at or below 5 % are, taken together, wrong in at most 5 % of cases, however they depend on each
/// other.
///
/// An error where one lies outside 0 to 1. Holm, "A simple sequentially rejective multiple test procedure", 1979.
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, FieldError> {
    check_shares("pValues", p_values)?;
    Ok(p_values.iter().map(|&p| corrected(p, p_values)).collect())
}

/// What becomes of `p`, one of `all` p-values.
pub fn corrected(p: f64, all: &[f64]) -> f64 {
    let times_those_not_below = |p: f64| p * all.iter().filter(|&&other| other >= p).count() as f64;
    all.iter().filter(|&&other| other <= p).map(|&other| times_those_not_below(other)).fold(0.0, f64::max).min(1.0)
}
