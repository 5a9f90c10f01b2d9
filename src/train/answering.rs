//! What a network in training answers when it is asked; changes nothing in its run.

use ndarray::ArrayView2;

use super::{Evaluator, Prediction, Trainer};
use crate::data::Dataset;
use crate::data::pixels::normalise_image;
use crate::nn::Activations;
use crate::nn::loss::predicted_class;

impl Trainer {
    /// Evaluates a piece of another data set with the parameters of this moment.
    pub fn evaluate_step(&mut self, evaluator: &mut Evaluator, data: &Dataset, indices: &[u32]) -> super::Evaluation {
        evaluator.step(
            &self.network,
            self.plan.recipe.loss,
            data,
            indices,
            &mut self.evaluation_activations,
            &mut self.loader,
        )
    }

    /// The classes that the network answered the images of the last `evaluate_step` with, in their order.
    pub fn evaluated_answers(&self) -> impl Iterator<Item = u8> {
        let outputs: ArrayView2<f32> = self.evaluation_activations.output();
        // A label is a byte, so there are no more classes.
        (0..outputs.nrows()).map(move |row_idx| predicted_class(outputs.row(row_idx)) as u8)
    }

    /// The network's answer to one image of the data's size.
    pub fn predict(&self, pixels: &[u8]) -> Prediction {
        let mut activations = Activations::new(self.evaluation_activations.order(), 1);
        normalise_image(pixels, activations.input_mut(1).as_slice_mut().expect("a batch is row-major"));
        self.network.forward(&mut activations);
        let outputs: ArrayView2<f32> = activations.output();
        Prediction { class: predicted_class(outputs.row(0)), scores: self.plan.recipe.loss.scores(outputs.row(0)) }
    }
}
