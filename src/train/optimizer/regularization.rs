//! What is done to the gradients of all parameters before an update.

use crate::nn::{Network, ParameterKind, Scalar};

/// What keeps weights small. It acts on weights, never on biases.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Regularization {
    /// λ: adds λ·W to the gradient (L2), or with AdamW shrinks W by η·λ·W beside it.
    pub weight_decay: f64,
    /// Adds l1·sign(W) to the gradient.
    pub l1: f64,
    /// Scales all gradients down so that their joint L2 norm is at most this.
    pub clip_norm: Option<f64>,
}

/// g ← g·c/‖g‖ where the norm over all gradients exceeds c. Pascanu et al., "On the difficulty of training recurrent
/// neural networks", 2013; with the 1e-6 that PyTorch adds to the norm.
pub fn clip_gradients<T: Scalar>(network: &mut Network<T>, clip_norm: f64) {
    let mut sum = 0.0;
    network.visit(&mut |parameter| {
        sum += parameter.gradient.iter().map(|g| g.to_f64() * g.to_f64()).sum::<f64>();
    });
    let factor = clip_norm / (sum.sqrt() + 1e-6);
    if factor < 1.0 {
        let factor = T::from_f64(factor);
        network.visit_mut(&mut |parameter| parameter.gradient.mapv_inplace(|g| g * factor));
    }
}

/// Adds l1·sign(W) to the gradient of each weight.
pub fn add_l1_gradient<T: Scalar>(network: &mut Network<T>, l1: T) {
    network.visit_mut(&mut |parameter| {
        if parameter.kind == ParameterKind::Weight {
            parameter.gradient.zip_mut_with(&parameter.value, |g, &p| {
                if p > T::zero() {
                    *g += l1;
                } else if p < T::zero() {
                    *g -= l1;
                }
            });
        }
    });
}
