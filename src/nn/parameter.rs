//! The numbers that a layer keeps.

use ndarray::Array2;

use super::Scalar;

/// What a parameter is, which decides what may be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// Learned, and subject to weight decay.
    Weight,
    /// Learned, never decayed: biases, and batch normalisation's scale and shift.
    Bias,
    /// Not learned but measured, and saved with what is learned. Optimizers leave it alone.
    Statistic,
}

/// A matrix of numbers that a layer keeps, learned ones with the gradient of the loss by each.
#[derive(Clone, Debug)]
pub struct Parameter<T> {
    pub kind: ParameterKind,
    pub value: Array2<T>,
    /// ∂L/∂value, of the same shape.
    pub gradient: Array2<T>,
}

impl<T: Scalar> Parameter<T> {
    pub fn new(kind: ParameterKind, value: Array2<T>) -> Self {
        let gradient = Array2::zeros(value.raw_dim());
        Self { kind, value, gradient }
    }
}
