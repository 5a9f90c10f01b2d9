//! The regularized incomplete beta function, of which Student's t and the binomial distribution are special cases.

/// I_x(a, b) = ∫₀ˣ u^(a−1)·(1−u)^(b−1) du / B(a, b) for positive a and b, where x and y = 1 − x lie from 0 to 1; both
/// are given because the smaller of them would lose its digits as 1 minus the other.
///
/// NIST Digital Library of Mathematical Functions, 8.17.22 (continued fraction) and 8.17.4 (symmetry).
pub fn incomplete_beta(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if y <= 0.0 {
        1.0
    } else if x <= (a + 1.0) / (a + b + 2.0) {
        by_fraction(a, b, x, y)
    } else {
        1.0 - by_fraction(b, a, y, x)
    }
}

/// The continued fraction, which converges fast for x below (a + 1)/(a + b + 2). Evaluated from its front: Lentz,
/// "Generating Bessel functions in Mie scattering calculations using continued fractions", 1976.
fn by_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let log_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let front = libm::exp(a * libm::log(x) + b * libm::log(y) - log_beta) / a;
    // No divisor may be 0.
    let away_from_0 = |z: f64| if z.abs() < 1e-300 { 1e-300 } else { z };
    let (mut numerator, mut denominator) = (1.0, 1.0 / away_from_0(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = denominator;
    let mut m = 1.0;
    while m < 1e5 {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            denominator = 1.0 / away_from_0(1.0 + term * denominator);
            numerator = away_from_0(1.0 + term / numerator);
            change = numerator * denominator;
            value *= change;
        }
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
        m += 1.0;
    }
    front * value
}
