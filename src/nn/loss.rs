//! Losses: each a function of one sample's outputs and its label, with its gradient beside it.

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2};

use super::Scalar;
use crate::by_kind::by_kind;
use crate::error::{FieldError, at_least};

by_kind! {
    /// What training makes small. K is the number of classes, t the one-hot label, c its class, z the network's
    /// outputs.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum Loss as "Loss" {
        /// Mean squared error over the outputs.
        Mse {},
        /// Softmax cross-entropy on logits. Label smoothing ε moves that share of each label evenly to all classes.
        CrossEntropy {
            #[serde(default)]
            label_smoothing: f64,
        },
        /// The mean of a cross-entropy for each class by itself, yes or no, on logits.
        BinaryCrossEntropy {},
        /// Multi-class hinge: what the other classes' outputs lack to a margin of 1 below the label's.
        Hinge {},
    }
}

impl Loss {
    /// Softmax cross-entropy with the labels as they are.
    pub fn cross_entropy() -> Self {
        Loss::CrossEntropy { label_smoothing: 0.0 }
    }

    /// Finds a setting out of range.
    pub fn check(self) -> Result<(), FieldError> {
        match self {
            Loss::CrossEntropy { label_smoothing } => {
                at_least(0.0).and_below(1.0).check("labelSmoothing", label_smoothing)
            }
            Loss::Mse {} | Loss::BinaryCrossEntropy {} | Loss::Hinge {} => Ok(()),
        }
    }

    /// The sum of the samples' losses for `outputs` (batch, K). With `gradient` (batch, K), also writes there each
    /// sample's ∂L/∂z times `scale`, flushed; 1/(batch size) makes it the gradient of the mean.
    pub fn sum<T: Scalar>(self, outputs: ArrayView2<T>, labels: &[u8], gradient: Option<(ArrayViewMut2<T>, T)>) -> f64 {
        let sample = |z: ArrayView1<T>, label: u8, gradient: Option<ArrayViewMut1<T>>| match self {
            Loss::Mse {} => mse(z, label, gradient),
            Loss::CrossEntropy { label_smoothing } => cross_entropy(z, label, T::from_f64(label_smoothing), gradient),
            Loss::BinaryCrossEntropy {} => binary_cross_entropy(z, label, gradient),
            Loss::Hinge {} => hinge(z, label, gradient),
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
                gradient.mapv_inplace(|g| (g * scale).flush());
            }
        }
        sum
    }

    /// What the outputs say of each class, as numbers between 0 and 1: probabilities where the loss makes them so.
    /// For the hinge, 1 is a lead over every other class by the margin that it asks for, 1/2 a tie with the best other
    /// class, 0 a lag by that margin.
    pub fn scores<T: Scalar>(self, outputs: ArrayView1<T>) -> Vec<f64> {
        match self {
            Loss::CrossEntropy { .. } => {
                let (max, sum) = softmax_parts(outputs);
                outputs.iter().map(|&z| ((z - max).exp() / sum).to_f64()).collect()
            }
            Loss::BinaryCrossEntropy {} => outputs.iter().map(|&z| z.sigmoid().to_f64()).collect(),
            Loss::Hinge {} => {
                let lead = |(class, &z): (usize, &T)| {
                    let others = outputs.iter().enumerate().filter(|&(other, _)| other != class);
                    let best = others.fold(f64::NEG_INFINITY, |best, (_, z)| best.max(z.to_f64()));
                    z.to_f64() - best
                };
                outputs.iter().enumerate().map(lead).map(|lead| (0.5 + 0.5 * lead).clamp(0.0, 1.0)).collect()
            }
            Loss::Mse {} => outputs.iter().map(|&z| z.to_f64().clamp(0.0, 1.0)).collect(),
        }
    }

    /// Whether `scores` are probabilities that sum to 1.
    pub fn scores_are_probabilities(self) -> bool {
        matches!(self, Loss::CrossEntropy { .. })
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

/// L = −Σ s·ln softmax(z) = ln Σ e^(z − max) − Σ s·(z − max) with the smoothed label s = (1 − ε)·t + ε/K;
/// ∂L/∂z = softmax(z) − s. Label smoothing: Szegedy et al., "Rethinking the Inception architecture for computer
/// vision", 2016.
pub fn cross_entropy<T: Scalar>(z: ArrayView1<T>, label: u8, smoothing: T, gradient: Option<ArrayViewMut1<T>>) -> T {
    let (max, sum) = softmax_parts(z);
    let everywhere = smoothing / T::from_f64(z.len() as f64);
    if let Some(mut gradient) = gradient {
        for (class, (g, &z)) in gradient.iter_mut().zip(z).enumerate() {
            let smoothed = (T::one() - smoothing) * one_hot(class, label) + everywhere;
            *g = (z - max).exp() / sum - smoothed;
        }
    }
    let right = z[usize::from(label)] - max;
    if smoothing == T::zero() {
        // Times 0, a class that is infinitely unlikely would make the loss not a number.
        return sum.ln() - right;
    }
    let all = z.iter().fold(T::zero(), |all, &z| all + (z - max));
    sum.ln() - (T::one() - smoothing) * right - everywhere * all
}

/// L = −1/K·Σ (t·ln σ(z) + (1 − t)·ln(1 − σ(z))) = 1/K·Σ (max(z, 0) − z·t + ln(1 + e^−|z|)), in which nothing
/// overflows; ∂L/∂z = 1/K·(σ(z) − t).
pub fn binary_cross_entropy<T: Scalar>(z: ArrayView1<T>, label: u8, gradient: Option<ArrayViewMut1<T>>) -> T {
    let n_classes = T::from_f64(z.len() as f64);
    let mut sum = T::zero();
    for (class, &z) in z.iter().enumerate() {
        sum += z.maximum(T::zero()) - z * one_hot(class, label) + (-z.abs()).exp().ln_1p();
    }
    if let Some(mut gradient) = gradient {
        for (class, (g, &z)) in gradient.iter_mut().zip(z).enumerate() {
            *g = (z.sigmoid() - one_hot(class, label)) / n_classes;
        }
    }
    sum / n_classes
}

/// L = 1/K·Σ max(0, 1 − z_c + z) over the classes other than c; ∂L/∂z = 1/K where that is above 0, and ∂L/∂z_c =
/// −1/K for each of these. Weston and Watkins, "Support vector machines for multi-class pattern recognition", 1999,
/// divided by K as PyTorch does.
pub fn hinge<T: Scalar>(z: ArrayView1<T>, label: u8, gradient: Option<ArrayViewMut1<T>>) -> T {
    let share = T::one() / T::from_f64(z.len() as f64);
    let c = usize::from(label);
    let lack = |class: usize, other: T| if class == c { T::zero() } else { T::one() - z[c] + other };
    let mut sum = T::zero();
    for (class, &other) in z.iter().enumerate() {
        sum += T::zero().maximum(lack(class, other));
    }
    if let Some(mut gradient) = gradient {
        let mut n_lacking = T::zero();
        for (class, (g, &other)) in gradient.iter_mut().zip(z).enumerate() {
            let lacks = lack(class, other) > T::zero();
            *g = if lacks { share } else { T::zero() };
            n_lacking += if lacks { T::one() } else { T::zero() };
        }
        gradient[c] = -share * n_lacking;
    }
    share * sum
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
