//! Adam, and AdamW.

use serde::{Deserialize, Serialize};

use super::Update;
use crate::error::Faults;
use crate::nn::Scalar;
use crate::train::optimizer::spec::{check_decay_rate, check_epsilon};

/// m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; p ← p − η·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
///
/// Kingma and Ba, "Adam: a method for stochastic optimization", 2015, whose settings are the usual ones.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Adam {
    /// β₁
    pub beta1: f64,
    /// β₂
    pub beta2: f64,
    /// ε
    pub epsilon: f64,
}

impl Default for Adam {
    fn default() -> Self {
        Self { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
    }
}

impl Adam {
    /// Finds the settings out of range.
    pub fn faults(self) -> Faults {
        let mut faults = Faults::default();
        faults.note(check_decay_rate("beta1", self.beta1));
        faults.note(check_decay_rate("beta2", self.beta2));
        faults.note(check_epsilon(self.epsilon));
        faults
    }

    pub(super) fn apply<T: Scalar>(self, update: Update<T>, [m, v]: &mut [Vec<T>; 2]) {
        let (beta1, one_minus_beta1) = (T::from_f64(self.beta1), T::from_f64(1.0 - self.beta1));
        let (beta2, one_minus_beta2) = (T::from_f64(self.beta2), T::from_f64(1.0 - self.beta2));
        let epsilon = T::from_f64(self.epsilon);
        let t = update.n_updates as f64;
        // η/(1 − β₁ᵗ) and 1/√(1 − β₂ᵗ), once and in 64 bits.
        let rate = T::from_f64(update.learning_rate / (1.0 - libm::pow(self.beta1, t)));
        let second_scale = T::from_f64(1.0 / (1.0 - libm::pow(self.beta2, t)).sqrt());
        let (_, decay) = update.rate_and_decay();
        for (((p, &g), m), v) in update.p.iter_mut().zip(update.g).zip(m).zip(v) {
            let g = g + decay * *p;
            *m = (beta1 * *m + one_minus_beta1 * g).flush();
            *v = (beta2 * *v + one_minus_beta2 * (g * g)).flush_square();
            *p -= rate * *m / (v.sqrt() * second_scale + epsilon);
        }
    }

    /// The same with the weight decay beside the gradient, not in it: first p ← p − η·λ·p.
    pub(super) fn apply_decoupled<T: Scalar>(self, update: Update<T>, moments: &mut [Vec<T>; 2]) {
        let shrink = T::from_f64(1.0 - update.learning_rate * update.weight_decay);
        update.p.iter_mut().for_each(|p| *p *= shrink);
        self.apply(Update { weight_decay: 0.0, ..update }, moments);
    }
}
