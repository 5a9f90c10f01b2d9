//! What a list of numbers must be like.

use crate::decimal::decimal;
use crate::error::{FieldError, at_least, between, check};

/// An error unless `values` has at least `least` numbers, all of them finite.
#[inline(never)]
pub fn check_values(field: &str, values: &[f64], least: usize) -> Result<(), FieldError> {
    let words = if least == 1 { " value" } else { " values" };
    at_least(least as f64).followed_by(words).check(field, values.len() as f64)?;
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(()),
        Some(idx) => check(false, &format!("{field}[{idx}]"), || {
            format!("expected a finite number, found {}", decimal(values[idx]))
        }),
    }
}

/// An error unless all `values` are from 0 to 1.
#[inline(never)]
pub fn check_shares(field: &str, values: &[f64]) -> Result<(), FieldError> {
    match values.iter().position(|value| !(0.0..=1.0).contains(value)) {
        None => Ok(()),
        Some(idx) => between(0.0, 1.0).check(&format!("{field}[{idx}]"), values[idx]),
    }
}
