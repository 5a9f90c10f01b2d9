//! The number type a network computes with.

use std::fmt::Debug;
use std::ops::{AddAssign, MulAssign, Neg, SubAssign};

use ndarray::LinalgScalar;

use super::elementary;

/// Gradients smaller than this count as 0. No optimizer changes a weight of ordinary size by one, unless it divides by
/// an ε that is smaller still.
const TINY: f64 = 1e-15;

/// `f32` in the page, `f64` where a gradient is checked against finite differences.
///
/// The transcendental functions come from the pinned `libm` crate rather than from the host, so that a recipe gives
/// the same bits in every browser. (`sqrt` is exact by IEEE 754 everywhere.)
pub trait Scalar:
    LinalgScalar + PartialOrd + Neg<Output = Self> + AddAssign + SubAssign + MulAssign + Debug + Send + Sync + 'static
{
    fn from_f64(value: f64) -> Self;
    fn to_f64(self) -> f64;
    fn is_finite(self) -> bool;
    /// Whether x is not 0. 0 and −0 are the numbers whose bits, but for the sign, are all 0; compared as a whole
    /// number, that takes the processor a step less.
    fn is_nonzero(self) -> bool;
    fn abs(self) -> Self;
    fn sqrt(self) -> Self;
    /// eˣ
    fn exp(self) -> Self;
    /// eˣ − 1, exact near 0
    fn exp_m1(self) -> Self;
    /// ln(1 + x)
    fn ln_1p(self) -> Self;
    fn ln(self) -> Self;
    fn tanh(self) -> Self;
    /// The error function, 2/√π ∫₀ˣ e^(−t²) dt.
    fn erf(self) -> Self;

    /// 1/(1 + e⁻ˣ), written so that the exponential never overflows.
    fn sigmoid(self) -> Self {
        let e = (-self.abs()).exp();
        let y = Self::one() / (Self::one() + e);
        if self < Self::zero() { e * y } else { y }
    }

    /// A gradient, or a mean of gradients, or 0 if it lies within ±1e-15. Squared, or multiplied with another, so small
    /// a number soon becomes a denormal one, and with those processors compute many times slower.
    fn flush(self) -> Self {
        if self.abs() < Self::from_f64(TINY) { Self::zero() } else { self }
    }

    /// The same for a mean of squares, within 1e-30. It is never below 0, so no absolute value has to be taken.
    fn flush_square(self) -> Self {
        if self < Self::from_f64(TINY * TINY) { Self::zero() } else { self }
    }

    /// The larger of two; `other` where one of them is not a number.
    fn maximum(self, other: Self) -> Self {
        if self > other { self } else { other }
    }
}

macro_rules! implement_scalar {
    ($type:ty, $exp:path, $exp_m1:path, $ln_1p:path, $ln:path, $tanh:path, $erf:path) => {
        impl Scalar for $type {
            fn from_f64(value: f64) -> Self {
                value as $type
            }
            fn to_f64(self) -> f64 {
                self.into()
            }
            fn is_finite(self) -> bool {
                <$type>::is_finite(self)
            }
            fn is_nonzero(self) -> bool {
                self.to_bits() << 1 != 0
            }
            fn abs(self) -> Self {
                <$type>::abs(self)
            }
            fn sqrt(self) -> Self {
                <$type>::sqrt(self)
            }
            fn exp(self) -> Self {
                $exp(self)
            }
            fn exp_m1(self) -> Self {
                $exp_m1(self)
            }
            fn ln_1p(self) -> Self {
                $ln_1p(self)
            }
            fn ln(self) -> Self {
                $ln(self)
            }
            fn tanh(self) -> Self {
                $tanh(self)
            }
            fn erf(self) -> Self {
                $erf(self)
            }
        }
    };
}

implement_scalar!(f32, elementary::exp, libm::expm1f, libm::log1pf, libm::logf, elementary::tanh, libm::erff);
implement_scalar!(f64, libm::exp, libm::expm1, libm::log1p, libm::log, libm::tanh, libm::erf);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tiny_is_flushed_and_what_is_no_number_is_not() {
        let flushed = [1.1e-15, -1.1e-15, 0.9e-15, -0.9e-15, f32::NEG_INFINITY].map(|x| x.flush());
        assert_eq!(flushed, [1.1e-15, -1.1e-15, 0.0, 0.0, f32::NEG_INFINITY]);
        assert_eq!([1.1e-30, 0.9e-30, f32::INFINITY].map(|x| x.flush_square()), [1.1e-30, 0.0, f32::INFINITY]);
        assert!(f32::NAN.flush().is_nan() && f32::NAN.flush_square().is_nan());
    }
}
