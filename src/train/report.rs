//! What training tells those who watch it.

use serde::Serialize;

/// What a run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Status {
    Training,
    Validating,
    /// All epochs are done.
    Finished,
    /// The loss or a parameter became infinite or not a number.
    Diverged,
}

/// Mean over the images of the mini-batches that a step completed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct BatchReport {
    pub loss: f64,
    /// 0 to 1.
    pub accuracy: f64,
    pub n_batches: usize,
}

/// An epoch's figures. Training loss and accuracy are the means over the epoch's batches, each measured just before
/// the network learnt from it; validation figures are those of the network at the epoch's end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct EpochReport {
    /// From 1.
    pub epoch: usize,
    pub training_loss: f64,
    /// 0 to 1.
    pub training_accuracy: f64,
    pub validation_loss: Option<f64>,
    /// 0 to 1.
    pub validation_accuracy: Option<f64>,
}

/// What one step did.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct StepReport {
    /// The epoch that the step belongs to, from 1.
    pub epoch: usize,
    /// Training images of this epoch that have been learnt from.
    pub images_done: usize,
    /// Updates since the start of the run.
    pub updates: u64,
    /// The learning rate of the next update, as the schedule has it.
    pub learning_rate: f64,
    /// The mini-batches completed in this step, if any.
    pub batch: Option<BatchReport>,
    /// The epoch completed in this step, if any.
    pub epoch_end: Option<EpochReport>,
    /// Where early stopping is on, the epoch with the lowest validation loss so far; the run ends with its parameters.
    pub best_epoch: Option<usize>,
    pub status: Status,
}

/// The network's answer to one image.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    pub class: usize,
    /// One number from 0 to 1 for each class.
    pub scores: Vec<f64>,
}
