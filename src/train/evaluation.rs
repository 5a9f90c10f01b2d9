//! Measuring a network on images it does not learn from.

use serde::Serialize;

use super::Tally;
use crate::data::{Dataset, Loader};
use crate::nn::{Activations, Loss, Network};

/// Goes through a set of images in pieces, so that whoever waits for an answer meanwhile gets it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluator {
    /// Of the images so far, the first ones of the set.
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
        let rest = &indices[self.tally.n_images..];
        let piece = &rest[..activations.capacity().min(rest.len())];
        loader.load(data, piece, activations);
        network.forward(activations);
        let labels = loader.labels();
        let loss_sum = loss.sum(activations.output(), labels, None);
        self.tally.add(activations.output(), labels, loss_sum);
        Evaluation {
            loss: self.tally.loss(),
            n_correct: self.tally.n_correct,
            n_images: self.tally.n_images,
            done: piece.len() == rest.len(),
        }
    }
}
