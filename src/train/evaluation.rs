//! Measuring a network on images it does not learn from.

use serde::{Deserialize, Serialize};

use super::Tally;
use crate::data::{Dataset, Loader};
use crate::nn::{Activations, Loss, Network};

/// Goes through a set of images in pieces, so that whoever waits for an answer meanwhile gets it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evaluator {
    position: usize,
    pub tally: Tally,
}

/// How far an evaluation has come, and what it found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Evaluation {
    /// Mean loss over the images so far.
    pub loss: f64,
    pub n_correct: usize,
    /// Images so far.
    pub n_images: usize,
    pub done: bool,
}

impl Evaluator {
    /// Evaluates the next images of `indices`, as many as `activations` has room for.
    pub fn step(
        &mut self,
        network: &Network<f32>,
        loss: Loss,
        data: &Dataset,
        indices: &[u32],
        activations: &mut Activations<f32>,
        loader: &mut Loader,
    ) -> Evaluation {
        let end = (self.position + activations.capacity()).min(indices.len());
        let piece = &indices[self.position..end];
        loader.load(data, piece, activations);
        network.forward(activations);
        let labels = loader.labels();
        let loss_sum = loss.sum(activations.output(), labels, None);
        self.tally.add(activations.output(), labels, loss_sum);
        self.position = end;
        Evaluation {
            loss: self.tally.loss(),
            n_correct: self.tally.n_correct,
            n_images: self.tally.n_images,
            done: end == indices.len(),
        }
    }
}
