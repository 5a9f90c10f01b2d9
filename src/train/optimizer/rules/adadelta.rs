//! Adadelta.

use serde::{Deserialize, Serialize};

use super::Update;
use crate::error::Faults;
use crate::nn::Scalar;
use crate::train::optimizer::spec::{check_decay_rate, check_epsilon};

/// v ← ρ·v + (1 − ρ)·g²; Δ = g·√(u + ε)/√(v + ε); u ← ρ·u + (1 − ρ)·Δ²; p ← p − η·Δ.
///
/// Zeiler, "ADADELTA: an adaptive learning rate method", 2012.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Adadelta {
    /// ρ
    pub rho: f64,
    /// ε
    pub epsilon: f64,
}

impl Default for Adadelta {
    fn default() -> Self {
        Self { rho: 0.9, epsilon: 1e-6 }
    }
}

impl Adadelta {
    /// Finds the settings out of range.
    pub fn faults(self) -> Faults {
        let mut faults = Faults::default();
        faults.note(check_decay_rate("rho", self.rho));
        faults.note(check_epsilon(self.epsilon));
        faults
    }

    pub(super) fn apply<T: Scalar>(self, update: Update<T>, [v, u]: &mut [Vec<T>; 2]) {
        let (rate, decay) = update.rate_and_decay();
        let (rho, one_minus_rho) = (T::from_f64(self.rho), T::from_f64(1.0 - self.rho));
        let epsilon = T::from_f64(self.epsilon);
        for (((p, &g), v), u) in update.p.iter_mut().zip(update.g).zip(v).zip(u) {
            let g = g + decay * *p;
            *v = (rho * *v + one_minus_rho * (g * g)).flush_square();
            let delta = g * (*u + epsilon).sqrt() / (*v + epsilon).sqrt();
            *u = (rho * *u + one_minus_rho * (delta * delta)).flush_square();
            *p -= rate * delta;
        }
    }
}
