//! Where the true value lies: intervals that hold it in 95 of 100 such comparisons.

use serde::Serialize;

use super::check::check_values;
use super::{GroupSummary, LEVEL, t_quantile};
use crate::error::{FieldError, at_least, at_most};

/// From `low` to `high`, in the unit of what was measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    fn around(center: f64, reach: f64) -> Self {
        Self { low: center - reach, high: center + reach }
    }
}

/// What the standard normal distribution exceeds in either direction with probability 5 %.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's score interval for the share of images that a network reads rightly, 0 to 1, from `n_correct` of
/// `n_images`: with p = n_correct/n and z = 1.96, (p + z²/2n ± z·√(p·(1 − p)/n + z²/4n²))/(1 + z²/n).
///
/// An error where there are no images, or more correct ones than images. Wilson, "Probable inference, the law of
/// succession, and statistical inference", 1927.
pub fn wilson_interval(n_correct: u32, n_images: u32) -> Result<Interval, FieldError> {
    let (n, n_right) = (f64::from(n_images), f64::from(n_correct));
    at_least(1.0).followed_by(" image").check("nImages", n)?;
    at_most(n).check("nCorrect", n_right)?;
    let p = n_right / n;
    let center = p + Z * Z / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let Interval { low, high } = Interval::around(center, reach);
    let scale = 1.0 + Z * Z / n;
    // The formula's own ends for none and for all, which rounding would miss.
    Ok(Interval {
        low: if n_correct == 0 { 0.0 } else { low / scale },
        high: if n_correct == n_images { 1.0 } else { high / scale },
    })
}

/// Student's interval for the mean of `differences` (A − B, one a pair): x̄ ± t·s/√n, where |T| exceeds t with
/// probability 5 % at n − 1 degrees of freedom.
///
/// An error for fewer than two values, or where one is not a finite number. Student, "The probable error of a mean",
/// 1908.
pub fn mean_interval(differences: &[f64]) -> Result<Interval, FieldError> {
    check_values("differences", differences, 2)?;
    Ok(of_mean(GroupSummary::of(differences)))
}

/// Student's interval for the mean of a group of at least two.
pub fn of_mean(group: GroupSummary) -> Interval {
    Interval::around(group.mean, t_quantile(LEVEL, (group.n - 1) as f64) * group.variance_of_mean().sqrt())
}

/// Welch's interval for mean(a) − mean(b) of groups that are not paired and may spread differently: with v = s²/n of
/// each group, difference ± t·√(v_a + v_b) at (v_a + v_b)²/(v_a²/(n_a − 1) + v_b²/(n_b − 1)) degrees of freedom.
///
/// An error for fewer than two values in a group, or where one is not a finite number. Welch, "The generalization of
/// 'Student's' problem when several different population variances are involved", 1947.
pub fn welch_interval(a: &[f64], b: &[f64]) -> Result<Interval, FieldError> {
    check_values("a", a, 2)?;
    check_values("b", b, 2)?;
    Ok(of_gap(GroupSummary::of(a), GroupSummary::of(b)))
}

/// Welch's interval for two groups, each of at least two.
pub fn of_gap(a: GroupSummary, b: GroupSummary) -> Interval {
    let (of_a, of_b) = (a.variance_of_mean(), b.variance_of_mean());
    let variance = of_a + of_b;
    let difference = a.mean - b.mean;
    if variance == 0.0 {
        return Interval::around(difference, 0.0);
    }
    // As shares of the whole, whose squares cannot become 0 together.
    let part = |of_one: f64, n: usize| (of_one / variance) * (of_one / variance) / (n - 1) as f64;
    let df = 1.0 / (part(of_a, a.n) + part(of_b, b.n));
    Interval::around(difference, t_quantile(LEVEL, df) * variance.sqrt())
}
