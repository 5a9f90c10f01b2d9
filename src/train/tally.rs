//! Counting how a network does.

use crate::nn::{Scalar, loss::predicted_class};
use ndarray::ArrayView2;

/// Loss and right answers, summed over images.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    pub loss_sum: f64,
    pub n_correct: usize,
    pub n_images: usize,
}

impl Tally {
    /// Counts a batch's `outputs` (batch, classes), whose losses sum to `loss_sum`.
    pub fn add<T: Scalar>(&mut self, outputs: ArrayView2<T>, labels: &[u8], loss_sum: f64) {
        self.loss_sum += loss_sum;
        self.n_images += labels.len();
        for (output, &label) in outputs.rows().into_iter().zip(labels) {
            self.n_correct += usize::from(predicted_class(output) == usize::from(label));
        }
    }

    pub fn merge(&mut self, other: Tally) {
        self.loss_sum += other.loss_sum;
        self.n_correct += other.n_correct;
        self.n_images += other.n_images;
    }

    /// Mean loss an image.
    pub fn loss(&self) -> f64 {
        self.loss_sum / self.n_images as f64
    }

    /// Share of right answers, 0 to 1.
    pub fn accuracy(&self) -> f64 {
        self.n_correct as f64 / self.n_images as f64
    }
}
