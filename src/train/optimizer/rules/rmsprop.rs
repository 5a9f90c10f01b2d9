//! RMSprop.

use serde::{Deserialize, Serialize};

use super::Update;
use crate::error::Faults;
use crate::nn::Scalar;
use crate::train::optimizer::spec::{check_decay_rate, check_epsilon};

/// v ← α·v + (1 − α)·g²; p ← p − η·g/(√v + ε).
///
/// Tieleman and Hinton, "Lecture 6.5: RMSprop", 2012.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Rmsprop {
    /// α
    pub alpha: f64,
    /// ε
    pub epsilon: f64,
}

impl Default for Rmsprop {
    fn default() -> Self {
        Self { alpha: 0.99, epsilon: 1e-8 }
    }
}

impl Rmsprop {
    /// Finds the settings out of range.
    pub fn faults(self) -> Faults {
        let mut faults = Faults::default();
        faults.note(check_decay_rate("alpha", self.alpha));
        faults.note(check_epsilon(self.epsilon));
        faults
    }

    pub(super) fn apply<T: Scalar>(self, update: Update<T>, [v]: &mut [Vec<T>; 1]) {
        let (rate, decay) = update.rate_and_decay();
        let (alpha, one_minus_alpha) = (T::from_f64(self.alpha), T::from_f64(1.0 - self.alpha));
        let epsilon = T::from_f64(self.epsilon);
        for ((p, &g), v) in update.p.iter_mut().zip(update.g).zip(v) {
            let g = g + decay * *p;
            *v = (alpha * *v + one_minus_alpha * (g * g)).flush_square();
            *p -= rate * g / (v.sqrt() + epsilon);
        }
    }
}
