//! A recipe: everything that decides how a run goes, as plain data.

use serde::{Deserialize, Serialize};

use super::OptimizerSpec;
use crate::nn::{LayerSpec, Loss, Start};

/// The same recipe on the same data gives the same bits in every browser on every machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Recipe {
    pub layers: Vec<LayerSpec>,
    /// How the parameters start.
    pub start: Start,
    pub loss: Loss,
    pub optimizer: OptimizerSpec,
    /// η, the size of a step along the gradient.
    pub learning_rate: f64,
    /// λ of the L2 weight decay: λ·W is added to the gradient of each weight W, never to a bias's.
    #[serde(default)]
    pub weight_decay: f64,
    /// Images whose mean gradient makes one update.
    pub batch_size: usize,
    /// How often the training images are gone through.
    pub epochs: usize,
    /// Whether each epoch has a random order of its own, or the order of the file.
    pub shuffle: bool,
    /// Training images set aside to validate on.
    #[serde(default)]
    pub validation_images: usize,
    /// Decides every random number of the run; none asks for a fresh one.
    #[serde(default)]
    pub seed: Option<u32>,
}
