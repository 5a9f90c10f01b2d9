//! What a group of numbers is like.

use serde::Serialize;

use super::check::check_values;
use crate::error::FieldError;

/// Mean and spread of a group, in the unit of its values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct GroupSummary {
    pub n: usize,
    /// x̄ = Σ x/n.
    pub mean: f64,
    /// Sample standard deviation, √(Σ (x − x̄)²/(n − 1)); a single value has none.
    pub deviation: Option<f64>,
}

impl GroupSummary {
    /// Of at least one value; an error where one is not a finite number.
    pub fn new(values: &[f64]) -> Result<Self, FieldError> {
        check_values("values", values, 1)?;
        Ok(Self::of(values))
    }

    /// Of numbers that have been checked.
    #[inline(never)]
    pub fn of(values: &[f64]) -> Self {
        let n = values.len();
        let mean = values.iter().sum::<f64>() / n as f64;
        let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        let deviation = (n > 1).then(|| (squares / (n - 1) as f64).sqrt());
        Self { n, mean, deviation }
    }

    /// The variance of the mean, s²/n; 0 where there is no deviation.
    pub fn variance_of_mean(&self) -> f64 {
        let deviation = self.deviation.unwrap_or(0.0);
        deviation * deviation / self.n as f64
    }
}
