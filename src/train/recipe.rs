//! A recipe: everything that decides how a run goes, as plain data.

use serde::{Deserialize, Serialize};

use super::{EarlyStopping, OptimizerSpec, Regularization, Schedule};
use crate::data::Augmentation;
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
    /// How the learning rate changes in the course of the run.
    #[serde(default)]
    pub schedule: Schedule,
    /// λ: adds λ·W to the gradient of each weight W (L2), never to a bias's; with AdamW shrinks W by η·λ·W instead.
    #[serde(default)]
    pub weight_decay: f64,
    /// Adds l1·sign(W) to the gradient of each weight.
    #[serde(default)]
    pub l1: f64,
    /// Scales the gradients of an update down so that their joint L2 norm is at most this.
    #[serde(default)]
    pub clip_norm: Option<f64>,
    /// Images whose mean gradient makes one update.
    pub batch_size: usize,
    /// How often the training images are gone through.
    pub epochs: usize,
    /// Whether each epoch has a random order of its own, or the order of the file.
    pub shuffle: bool,
    /// How training images are changed each time they are used.
    #[serde(default)]
    pub augmentation: Augmentation,
    /// Training images set aside to validate on.
    #[serde(default)]
    pub validation_images: usize,
    /// Ends the run when the validation loss no longer falls.
    #[serde(default)]
    pub early_stopping: Option<EarlyStopping>,
    /// Decides every random number of the run; none asks for a fresh one.
    #[serde(default)]
    pub seed: Option<u32>,
}

impl Recipe {
    /// What the optimizer has to know of the recipe beyond its own settings.
    pub fn regularization(&self) -> Regularization {
        Regularization { weight_decay: self.weight_decay, l1: self.l1, clip_norm: self.clip_norm }
    }
}
