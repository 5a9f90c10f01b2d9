//! eˣ and tanh in 32 bits without a branch, so that the compiler computes four at once with SIMD.
//!
//! The polynomials are those of S. L. Moshier's Cephes library (`expf`, `tanhf`); both functions stay within two units
//! in the last place (eˣ is 0 where it would be a denormal number), and give the same bits everywhere, as they only
//! add, multiply, divide and select.

use std::f32::consts::LOG2_E;

/// Adding 1.5·2²³ rounds a number below 2²² to a whole one, which then stands in the lowest bits.
const ROUNDING: f32 = 12_582_912.0;
/// ln 2 in two parts, the first with so few digits that its product with a whole number is exact.
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;

/// ln 2⁻¹²⁶, of the smallest normal number.
const LN_OF_SMALLEST: f32 = -87.336_54;

/// 2ⁿ for n from −126 to 127.
#[inline(always)]
fn power_of_two(n: i32) -> f32 {
    f32::from_bits(((n + 127) as u32) << 23)
}

/// eˣ = 2ⁿ·eʳ with n = x/ln 2 rounded and r = x − n·ln 2, so that |r| ≤ ln 2/2.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    // Beyond these the result is infinite or 0 anyway. NaN passes both comparisons by.
    let clamped = if x > 89.0 { 89.0 } else { x };
    let clamped = if clamped < LN_OF_SMALLEST { LN_OF_SMALLEST } else { clamped };
    let shifted = clamped * LOG2_E + ROUNDING;
    let n = (shifted.to_bits() as i32).wrapping_sub(ROUNDING.to_bits() as i32);
    let whole = shifted - ROUNDING;
    let r = clamped - whole * LN_2_HIGH - whole * LN_2_LOW;
    let p = 1.987_569_1e-4 * r + 1.398_2e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 0.166_666_65;
    let p = p * r + 0.5;
    let exp_r = p * r * r + r + 1.0;
    // In two factors, as 2ⁿ alone can be out of range where the result is not.
    let half = n >> 1;
    let exp = exp_r * power_of_two(half) * power_of_two(n - half);
    // Below, the result would be a denormal number, with which processors compute many times slower.
    if x < LN_OF_SMALLEST { 0.0 } else { exp }
}

/// tanh x = sign(x)·(1 − 2/(e^(2|x|) + 1)); near 0, where that cancels, x + x³·P(x²).
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let size = x.abs();
    let far = (1.0 - 2.0 / (exp(2.0 * size) + 1.0)).copysign(x);
    let z = x * x;
    let p = -5.704_988_7e-3 * z + 2.063_908_8e-2;
    let p = p * z - 5.373_971_6e-2;
    let p = p * z + 0.133_314_42;
    let p = p * z - 0.333_332_8;
    let near = p * z * x + x;
    if size < 0.625 { near } else { far }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distance in units of the last place.
    fn ulps(found: f32, exact: f64) -> f64 {
        let nearest = exact as f32;
        if found == nearest {
            return 0.0;
        }
        let unit = f64::from(nearest.abs().next_up()) - f64::from(nearest.abs());
        ((f64::from(found) - exact) / unit).abs()
    }

    /// Numbers of every size and both signs, and a fine comb where the functions bend.
    fn samples() -> impl Iterator<Item = f32> {
        let every_size = (0..=u32::MAX).step_by(65_521).map(f32::from_bits).filter(|x| x.is_finite());
        every_size.chain((-120_000..=120_000).map(|i| i as f32 * 1e-3))
    }

    #[test]
    fn exp_is_right_to_two_units_in_the_last_place() {
        for x in samples() {
            let exact = libm::exp(f64::from(x));
            let found = exp(x);
            if exact < f64::from(f32::MIN_POSITIVE) {
                assert_eq!(found, 0.0, "exp({x})");
            } else {
                assert!(ulps(found, exact) <= 2.0, "exp({x}) = {found}, not {exact}");
            }
        }
        assert_eq!((exp(0.0), exp(-87.4)), (1.0, 0.0));
        assert_eq!((exp(f32::INFINITY), exp(f32::NEG_INFINITY)), (f32::INFINITY, 0.0));
        assert!(exp(f32::NAN).is_nan());
    }

    #[test]
    fn tanh_is_right_to_two_units_in_the_last_place() {
        for x in samples() {
            let (found, exact) = (tanh(x), libm::tanh(f64::from(x)));
            assert!(ulps(found, exact) <= 2.0, "tanh({x}) = {found}, not {exact}");
            assert!(found.abs() <= 1.0);
        }
        assert_eq!((tanh(f32::INFINITY), tanh(f32::NEG_INFINITY)), (1.0, -1.0));
        assert!(tanh(f32::NAN).is_nan());
    }
}
