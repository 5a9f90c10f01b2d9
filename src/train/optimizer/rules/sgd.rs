//! Stochastic gradient descent.

use serde::{Deserialize, Serialize};

use super::Update;
use crate::error::{Faults, check};
use crate::nn::Scalar;
use crate::train::optimizer::spec::check_decay_rate;

/// v ← μ·v + g; p ← p − η·v, or with Nesterov's look ahead p ← p − η·(g + μ·v). Without momentum μ, v is g.
///
/// Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Sgd {
    /// μ
    pub momentum: f64,
    pub nesterov: bool,
}

impl Sgd {
    /// Finds the settings out of range.
    pub fn faults(self) -> Faults {
        let has_momentum = || {
            check(!self.nesterov || self.momentum > 0.0, "momentum", || {
                "expected above 0 with Nesterov's look ahead, found 0".into()
            })
        };
        let mut faults = Faults::default();
        faults.note(check_decay_rate("momentum", self.momentum).and_then(|()| has_momentum()));
        faults
    }

    /// Whether there is no momentum, so that nothing is remembered.
    pub fn is_plain(self) -> bool {
        self.momentum == 0.0
    }

    pub(super) fn apply<T: Scalar>(self, update: Update<T>, [v]: &mut [Vec<T>; 1]) {
        let (rate, decay) = update.rate_and_decay();
        let momentum = T::from_f64(self.momentum);
        for ((p, &g), v) in update.p.iter_mut().zip(update.g).zip(v) {
            let g = g + decay * *p;
            *v = (momentum * *v + g).flush();
            *p -= rate * if self.nesterov { g + momentum * *v } else { *v };
        }
    }
}

/// p ← p − η·g
pub(super) fn descend<T: Scalar>(update: Update<T>) {
    let (rate, decay) = update.rate_and_decay();
    for (p, &g) in update.p.iter_mut().zip(update.g) {
        *p -= rate * (g + decay * *p);
    }
}
