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
    let log_beta = log_gamma(a) + log_gamma(b) - log_gamma(a + b);
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

/// ln Γ(x) for x > 0, by Stirling's series from 16 on and Γ(x) = Γ(x + 1)/x below. The libm crate's would take five
/// times the room in the page's module, most of it for x below 0.
///
/// NIST Digital Library of Mathematical Functions, 5.11.1 and 5.5.1.
fn log_gamma(mut x: f64) -> f64 {
    const HALF_LOG_2_PI: f64 = 0.918_938_533_204_672_8;
    let mut product = 1.0;
    while x < 16.0 {
        product *= x;
        x += 1.0;
    }
    let z = 1.0 / (x * x);
    let series = 1.0 / 12.0 + z * (-1.0 / 360.0 + z * (1.0 / 1260.0 + z * (-1.0 / 1680.0 + z / 1188.0)));
    (x - 0.5) * libm::log(x) - x + HALF_LOG_2_PI + series / x - libm::log(product)
}
