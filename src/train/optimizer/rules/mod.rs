//! The optimizers' rules: each has its settings, its formula and what it remembers in one file.
//!
//! What is remembered of a pixel that is rarely lit decays towards 0; it is flushed, or it would spend most of training
//! as denormal numbers, which are slow.

mod adadelta;
mod adam;
mod rmsprop;
mod sgd;

pub use adadelta::Adadelta;
pub use adam::Adam;
pub use rmsprop::Rmsprop;
pub use sgd::Sgd;

use super::OptimizerSpec;
use crate::nn::Scalar;

/// An update of one parameter.
pub struct Update<'a, T> {
    pub p: &'a mut [T],
    pub g: &'a [T],
    /// η
    pub learning_rate: f64,
    /// λ: L2 weight decay adds λ·p to g. 0 for biases.
    pub weight_decay: f64,
    /// t, from 1.
    pub n_updates: u64,
}

impl<T: Scalar> Update<'_, T> {
    /// η and λ in the numbers' own type.
    fn rate_and_decay(&self) -> (T, T) {
        (T::from_f64(self.learning_rate), T::from_f64(self.weight_decay))
    }
}

/// The rule for one parameter, with its moments: what it remembers of the gradients so far, as many numbers each as the
/// parameter has.
pub enum Rule<T> {
    Descent,
    Momentum(Sgd, [Vec<T>; 1]),
    Rmsprop(Rmsprop, [Vec<T>; 1]),
    Adam(Adam, [Vec<T>; 2]),
    AdamW(Adam, [Vec<T>; 2]),
    Adadelta(Adadelta, [Vec<T>; 2]),
}

impl<T: Scalar> Rule<T> {
    /// For a parameter of `n` numbers.
    pub fn new(spec: OptimizerSpec, n: usize) -> Self {
        let moment = || vec![T::zero(); n];
        match spec {
            OptimizerSpec::Sgd(settings) if settings.is_plain() => Rule::Descent,
            OptimizerSpec::Sgd(settings) => Rule::Momentum(settings, [moment()]),
            OptimizerSpec::Rmsprop(settings) => Rule::Rmsprop(settings, [moment()]),
            OptimizerSpec::Adam(settings) => Rule::Adam(settings, [moment(), moment()]),
            OptimizerSpec::AdamW(settings) => Rule::AdamW(settings, [moment(), moment()]),
            OptimizerSpec::Adadelta(settings) => Rule::Adadelta(settings, [moment(), moment()]),
        }
    }

    pub fn apply(&mut self, update: Update<T>) {
        match self {
            Rule::Descent => sgd::descend(update),
            Rule::Momentum(settings, moments) => settings.apply(update, moments),
            Rule::Rmsprop(settings, moments) => settings.apply(update, moments),
            Rule::Adam(settings, moments) => settings.apply(update, moments),
            Rule::AdamW(settings, moments) => settings.apply_decoupled(update, moments),
            Rule::Adadelta(settings, moments) => settings.apply(update, moments),
        }
    }

    pub fn moments(&self) -> &[Vec<T>] {
        match self {
            Rule::Descent => &[],
            Rule::Momentum(_, moments) | Rule::Rmsprop(_, moments) => moments,
            Rule::Adam(_, moments) | Rule::AdamW(_, moments) | Rule::Adadelta(_, moments) => moments,
        }
    }

    pub fn moments_mut(&mut self) -> &mut [Vec<T>] {
        match self {
            Rule::Descent => &mut [],
            Rule::Momentum(_, moments) | Rule::Rmsprop(_, moments) => moments,
            Rule::Adam(_, moments) | Rule::AdamW(_, moments) | Rule::Adadelta(_, moments) => moments,
        }
    }
}
