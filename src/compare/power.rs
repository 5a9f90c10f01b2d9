//! How many seeds would settle it.

use super::{incomplete_beta, t_quantile};
use crate::decimal::decimal;
use crate::error::{FieldError, above, at_least, check};

/// The chance of finding a difference that is there.
const POWER: f64 = 0.8;

/// Beyond it, more seeds are no answer.
const MOST_SEEDS: u32 = 1000;

/// How the runs of two groups belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// Each seed was raced by both; the deviation is that of the differences.
    Paired,
    /// The deviation is that within the groups.
    Unpaired,
}

/// The smallest number of seeds (each for both groups), at most 1000, with which a two-sided t-test at `level` would
/// find a true difference of `mean` among runs that spread by `deviation`, in the same unit, in 80 of 100 races; none
/// where there is no such number. With δ = |mean|/deviation·√n and n − 1 degrees of freedom (unpaired: √(n/2), 2·n − 2)
/// the chance is that of a noncentral t beyond the t-test's limit t in either direction, which sums up to 1 − Σ_j
/// Poisson(j; δ²/2)·I_x(j + 1/2, df/2) at x = t²/(df + t²).
///
/// Never fewer pairs than a sign-flip test needs to reach `level` at all: 2/2^n ≤ level, six for 5 %.
///
/// An error where `mean` is not finite, `deviation` negative or not finite, or `level` not between 0 and 1. Cohen,
/// "Statistical power analysis for the behavioral sciences", 1988; the sum is that of the noncentral F distribution of
/// t² (Johnson, Kotz and Balakrishnan, "Continuous univariate distributions", 1995, 30.10).
pub fn seeds_needed(mean: f64, deviation: f64, pairing: Pairing, level: f64) -> Result<Option<u32>, FieldError> {
    check(mean.is_finite(), "mean", || format!("expected a finite number, found {}", decimal(mean)))?;
    at_least(0.0).and_below(f64::INFINITY).check("deviation", deviation)?;
    above(0.0).and_below(1.0).check("level", level)?;
    Ok(needed(mean, deviation, pairing, level))
}

/// The number of seeds, from what has been checked.
pub fn needed(mean: f64, deviation: f64, pairing: Pairing, level: f64) -> Option<u32> {
    if mean == 0.0 {
        return None;
    }
    let suffices = |n: u32| power((mean / deviation).abs(), n, pairing, level) >= POWER;
    let (mut low, mut high) = (least_pairs(level), MOST_SEEDS);
    if low > high || !suffices(high) {
        return None;
    }
    while low < high {
        let middle = low.midpoint(high);
        if suffices(middle) { high = middle } else { low = middle + 1 }
    }
    Some(low)
}

/// The smallest n with 2/2^n ≤ level.
fn least_pairs(level: f64) -> u32 {
    let (mut n, mut p) = (1, 1.0);
    while p > level {
        n += 1;
        p *= 0.5;
    }
    n
}

/// The chance that a t-test with `n` seeds finds a difference of `effect` deviations.
fn power(effect: f64, n: u32, pairing: Pairing, level: f64) -> f64 {
    let n = f64::from(n);
    let (df, information) = match pairing {
        Pairing::Paired => (n - 1.0, n),
        Pairing::Unpaired => (2.0 * n - 2.0, 0.5 * n),
    };
    // e^(−rate) must not become 0; so far beyond the limit the chance is 1 to the last digit.
    let rate = (0.5 * effect * effect * information).min(500.0);
    let t = t_quantile(level, df);
    let sum = df + t * t;
    let (mut missed, mut weight, mut j) = (0.0, libm::exp(-rate), 0.0);
    while j <= rate || weight > 1e-16 {
        missed += weight * incomplete_beta(j + 0.5, 0.5 * df, t * t / sum, df / sum);
        j += 1.0;
        weight *= rate / j;
    }
    1.0 - missed
}
