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

/// A weight and, where there is one, a bias: what a layer learns that multiplies and adds.
#[derive(Clone, Debug)]
pub struct WeightAndBias<T> {
    pub weight: Parameter<T>,
    /// (1, units)
    pub bias: Option<Parameter<T>>,
}

impl<T: Scalar> WeightAndBias<T> {
    pub fn new(weight: Array2<T>, bias: Option<Array2<T>>) -> Self {
        Self {
            weight: Parameter::new(ParameterKind::Weight, weight),
            bias: bias.map(|bias| Parameter::new(ParameterKind::Bias, bias)),
        }
    }

    /// How many numbers that is, for `units` that each see `fan_in` numbers.
    pub fn len(fan_in: usize, units: usize, has_bias: bool) -> u64 {
        units as u64 * (fan_in as u64 + u64::from(has_bias))
    }

    /// Calls `visit` for the weight, then for the bias.
    pub fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Parameter<T>)) {
        visit(&self.weight);
        self.bias.iter().for_each(visit);
    }

    /// The same, to change them.
    pub fn visit_mut(&mut self, visit: &mut dyn FnMut(&mut Parameter<T>)) {
        visit(&mut self.weight);
        self.bias.iter_mut().for_each(visit);
    }
}
