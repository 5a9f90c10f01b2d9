//! Losses: each a function of one sample's outputs and its label, with its gradient beside it.

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2};
use serde::{Deserialize, Serialize};

use super::Scalar;

/// What training makes small. K is the number of classes, t the one-hot label, c its class, z the network's outputs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Loss {
    /// Mean squared error over the outputs.
    Mse,
    /// Softmax cross-entropy on logits.
    CrossEntropy,
}

impl Loss {
    /// The sum of the samples' losses for `outputs` (batch, K). With `gradient` (batch, K), also writes there each
    /// sample's ∂L/∂z times `scale`; 1/(batch size) makes it the gradient of the mean.
    pub fn sum<T: Scalar>(self, outputs: ArrayView2<T>, labels: &[u8], gradient: Option<(ArrayViewMut2<T>, T)>) -> f64 {
        let sample = |z: ArrayView1<T>, label: u8, gradient: Option<ArrayViewMut1<T>>| match self {
            Loss::Mse => mse(z, label, gradient),
            Loss::CrossEntropy => cross_entropy(z, label, gradient),
        };
        let mut sum = 0.0;
        match gradient {
            None => {
                for (z, &label) in outputs.rows().into_iter().zip(labels) {
                    sum += sample(z, label, None).to_f64();
                }
            }
            Some((mut gradient, scale)) => {
                for ((z, &label), g) in outputs.rows().into_iter().zip(labels).zip(gradient.rows_mut()) {
                    sum += sample(z, label, Some(g)).to_f64();
                }
                gradient.mapv_inplace(|g| g * scale);
            }
        }
        sum
    }

    /// What the outputs say of each class, as numbers between 0 and 1: probabilities where the loss makes them so.
    pub fn scores<T: Scalar>(self, outputs: ArrayView1<T>) -> Vec<f64> {
        match self {
            Loss::CrossEntropy => {
                let (max, sum) = softmax_parts(outputs);
                outputs.iter().map(|&z| ((z - max).exp() / sum).to_f64()).collect()
            }
            Loss::Mse => outputs.iter().map(|&z| z.to_f64().clamp(0.0, 1.0)).collect(),
        }
    }

    /// Whether `scores` are probabilities that sum to 1.
    pub fn scores_are_probabilities(self) -> bool {
        matches!(self, Loss::CrossEntropy)
    }
}

fn one_hot<T: Scalar>(class: usize, label: u8) -> T {
    if class == usize::from(label) { T::one() } else { T::zero() }
}

/// L = 1/K·Σ (z − t)²; ∂L/∂z = 2/K·(z − t).
pub fn mse<T: Scalar>(z: ArrayView1<T>, label: u8, gradient: Option<ArrayViewMut1<T>>) -> T {
    let n_classes = T::from_f64(z.len() as f64);
    let mut sum = T::zero();
    for (class, &z) in z.iter().enumerate() {
        let error = z - one_hot(class, label);
        sum += error * error;
    }
    if let Some(mut gradient) = gradient {
        let factor = T::from_f64(2.0) / n_classes;
        for (class, (g, &z)) in gradient.iter_mut().zip(z).enumerate() {
            *g = factor * (z - one_hot(class, label));
        }
    }
    sum / n_classes
}

/// The largest logit and Σ e^(z − max), in which nothing overflows.
fn softmax_parts<T: Scalar>(z: ArrayView1<T>) -> (T, T) {
    let max = z.iter().fold(z[0], |max, &z| max.maximum(z));
    let sum = z.iter().fold(T::zero(), |sum, &z| sum + (z - max).exp());
    (max, sum)
}

/// L = −ln softmax(z)_c = ln Σ e^(z − max) − (z_c − max); ∂L/∂z = softmax(z) − t.
pub fn cross_entropy<T: Scalar>(z: ArrayView1<T>, label: u8, gradient: Option<ArrayViewMut1<T>>) -> T {
    let (max, sum) = softmax_parts(z);
    if let Some(mut gradient) = gradient {
        for (class, (g, &z)) in gradient.iter_mut().zip(z).enumerate() {
            *g = (z - max).exp() / sum - one_hot(class, label);
        }
    }
    sum.ln() - (z[usize::from(label)] - max)
}

/// The class with the largest output; the first of equals.
pub fn predicted_class<T: Scalar>(outputs: ArrayView1<T>) -> usize {
    let mut best = 0;
    for (class, &z) in outputs.iter().enumerate() {
        if z > outputs[best] {
            best = class;
        }
    }
    best
}
