//! Student's t distribution.

use super::incomplete_beta;

/// P(|T| ≥ |t|) for T with `df` > 0 degrees of freedom: I_x(df/2, 1/2) at x = df/(df + t²).
///
/// Abramowitz and Stegun, "Handbook of mathematical functions", 26.5.27.
pub fn t_two_sided(t: f64, df: f64) -> f64 {
    let sum = df + t * t;
    incomplete_beta(0.5 * df, 0.5, df / sum, t * t / sum)
}

/// The t ≥ 0 that |T| exceeds with probability `tail`, 0 < `tail` < 1: 2.776 for 5 % and 4 degrees of freedom. Found by
/// bisection, to the last digit that the distribution itself has.
pub fn t_quantile(tail: f64, df: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while t_two_sided(high, df) > tail && high < 1e150 {
        high *= 2.0;
    }
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return high;
        }
        if t_two_sided(middle, df) > tail { low = middle } else { high = middle }
    }
}
