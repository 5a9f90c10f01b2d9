//! When a run ends before its last epoch.

use serde::{Deserialize, Serialize};

/// Stops a run whose validation loss has not fallen for `patience` epochs, and goes back to the parameters of the
/// epoch in which it was lowest. Prechelt, "Early stopping, but when?", 1998.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct EarlyStopping {
    pub patience: usize,
}

/// The epoch with the lowest validation loss so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// From 1.
    pub epoch: usize,
    pub validation_loss: f64,
    /// The parameters at its end, as [`Network::values`](crate::nn::Network::values) gives them.
    pub parameters: Vec<Vec<f32>>,
}

impl EarlyStopping {
    /// Whether a run that had its `best` epoch then should stop after this `epoch`.
    pub fn stops(self, epoch: usize, best: &Best) -> bool {
        epoch - best.epoch >= self.patience
    }
}
