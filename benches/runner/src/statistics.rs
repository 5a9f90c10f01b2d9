//! What is told of several measurements of one thing.

use serde::Serialize;

/// In the unit of the measurements.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Summary {
    pub median: f64,
    pub min: f64,
    pub max: f64,
    /// What 95 of 100 measurements do not exceed.
    pub p95: f64,
    pub n: usize,
}

impl Summary {
    /// None of no measurements.
    pub fn of(values: &[f64]) -> Option<Summary> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let n = sorted.len();
        let (&min, &max) = (sorted.first()?, sorted.last()?);
        let median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
        // The nearest rank: the smallest value that at least 95 of 100 do not exceed.
        let p95 = sorted[(n * 95).div_ceil(100) - 1];
        Some(Summary { median, min, max, p95, n })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_the_mean_of_the_two_in_the_middle() {
        assert_eq!(Summary::of(&[3.0, 1.0, 2.0]).unwrap().median, 2.0);
        assert_eq!(Summary::of(&[4.0, 1.0, 2.0, 3.0]).unwrap().median, 2.5);
        assert_eq!(Summary::of(&[]), None);
    }

    #[test]
    fn the_95th_percentile_is_that_of_the_nearest_rank() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        let summary = Summary::of(&values).unwrap();
        assert_eq!((summary.min, summary.p95, summary.max, summary.n), (1.0, 95.0, 100.0, 100));
        assert_eq!(Summary::of(&[1.0, 9.0]).unwrap().p95, 9.0);
    }
}
