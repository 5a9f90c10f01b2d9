//! Optimizers as plain data.

use super::{Adadelta, Adam, Rmsprop, Sgd};
use crate::by_kind::by_kind;
use crate::error::{Faults, FieldError, at_least, positive};

by_kind! {
    /// An optimizer and its settings, whose formula stands there: η is the learning rate, g the gradient (with weight
    /// decay in it unless it says otherwise), p the parameter, t the number of the update from 1. Means of gradients
    /// below 1e-15, and of squares below 1e-30, count as 0: an ε as small as that has no effect.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum OptimizerSpec as "OptimizerSpec" {
        Sgd(Sgd),
        Rmsprop(Rmsprop),
        Adam(Adam),
        /// Adam with the weight decay beside the gradient, not in it: first p ← p − η·λ·p.
        /// Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
        AdamW(Adam),
        Adadelta(Adadelta),
    }
}

impl OptimizerSpec {
    /// Stochastic gradient descent, plain.
    pub const SGD: Self = OptimizerSpec::Sgd(Sgd { momentum: 0.0, nesterov: false });

    /// Adam with the usual settings.
    pub fn adam() -> Self {
        OptimizerSpec::Adam(Adam::default())
    }

    /// AdamW with Adam's usual settings.
    pub fn adam_w() -> Self {
        OptimizerSpec::AdamW(Adam::default())
    }

    /// Whether an update is p ← p − η·g and no more.
    pub fn is_plain_descent(self) -> bool {
        matches!(self, OptimizerSpec::Sgd(settings) if settings.is_plain())
    }

    /// Finds the settings out of range.
    pub fn faults(self) -> Faults {
        match self {
            OptimizerSpec::Sgd(settings) => settings.faults(),
            OptimizerSpec::Rmsprop(settings) => settings.faults(),
            OptimizerSpec::Adam(settings) | OptimizerSpec::AdamW(settings) => settings.faults(),
            OptimizerSpec::Adadelta(settings) => settings.faults(),
        }
    }
}

/// How much of a running mean each update keeps.
pub fn check_decay_rate(field: &str, value: f64) -> Result<(), FieldError> {
    at_least(0.0).and_below(1.0).check(field, value)
}

/// What keeps a divisor away from 0.
pub fn check_epsilon(epsilon: f64) -> Result<(), FieldError> {
    positive().and_at_most(1.0).check("epsilon", epsilon)
}
