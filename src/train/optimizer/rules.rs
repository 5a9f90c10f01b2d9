//! The optimizers' rules, number by number: p a parameter, g its gradient, `rate` the learning rate, `decay` the λ of
//! L2 weight decay. The formulas stand at [`OptimizerSpec`](super::OptimizerSpec). What is remembered of a pixel that is
//! rarely lit decays towards 0; it is flushed, or it would spend most of training as denormal numbers.

use crate::nn::Scalar;

pub fn sgd<T: Scalar>(p: &mut [T], g: &[T], rate: T, decay: T) {
    for (p, &g) in p.iter_mut().zip(g) {
        *p -= rate * (g + decay * *p);
    }
}

pub fn momentum<T: Scalar>(p: &mut [T], g: &[T], v: &mut [T], rate: T, decay: T, momentum: T, nesterov: bool) {
    for ((p, &g), v) in p.iter_mut().zip(g).zip(v) {
        let g = g + decay * *p;
        *v = (momentum * *v + g).flush();
        *p -= rate * if nesterov { g + momentum * *v } else { *v };
    }
}

pub fn rmsprop<T: Scalar>(p: &mut [T], g: &[T], v: &mut [T], rate: T, decay: T, alpha: f64, epsilon: T) {
    let (alpha, one_minus_alpha) = (T::from_f64(alpha), T::from_f64(1.0 - alpha));
    for ((p, &g), v) in p.iter_mut().zip(g).zip(v) {
        let g = g + decay * *p;
        *v = (alpha * *v + one_minus_alpha * (g * g)).flush_square();
        *p -= rate * g / (v.sqrt() + epsilon);
    }
}

/// What one Adam update needs beyond the gradients, computed once in 64 bits.
pub struct AdamStep<T> {
    beta1: T,
    beta2: T,
    one_minus_beta1: T,
    one_minus_beta2: T,
    epsilon: T,
    /// η/(1 − β₁ᵗ)
    rate: T,
    /// 1/√(1 − β₂ᵗ)
    second_scale: T,
}

impl<T: Scalar> AdamStep<T> {
    /// For the update number `n_updates`, from 1.
    pub fn new(learning_rate: f64, beta1: f64, beta2: f64, epsilon: f64, n_updates: u64) -> Self {
        let t = n_updates as f64;
        Self {
            beta1: T::from_f64(beta1),
            beta2: T::from_f64(beta2),
            one_minus_beta1: T::from_f64(1.0 - beta1),
            one_minus_beta2: T::from_f64(1.0 - beta2),
            epsilon: T::from_f64(epsilon),
            rate: T::from_f64(learning_rate / (1.0 - libm::pow(beta1, t))),
            second_scale: T::from_f64(1.0 / (1.0 - libm::pow(beta2, t)).sqrt()),
        }
    }
}

pub fn adam<T: Scalar>(p: &mut [T], g: &[T], m: &mut [T], v: &mut [T], decay: T, step: &AdamStep<T>) {
    for (((p, &g), m), v) in p.iter_mut().zip(g).zip(m).zip(v) {
        let g = g + decay * *p;
        *m = (step.beta1 * *m + step.one_minus_beta1 * g).flush();
        *v = (step.beta2 * *v + step.one_minus_beta2 * (g * g)).flush_square();
        *p -= step.rate * *m / (v.sqrt() * step.second_scale + step.epsilon);
    }
}

#[expect(clippy::too_many_arguments, reason = "the rule's own symbols, in the order of its formula")]
pub fn adadelta<T: Scalar>(p: &mut [T], g: &[T], v: &mut [T], u: &mut [T], rate: T, decay: T, rho: f64, epsilon: T) {
    let (rho, one_minus_rho) = (T::from_f64(rho), T::from_f64(1.0 - rho));
    for (((p, &g), v), u) in p.iter_mut().zip(g).zip(v).zip(u) {
        let g = g + decay * *p;
        *v = (rho * *v + one_minus_rho * (g * g)).flush_square();
        let delta = g * (*u + epsilon).sqrt() / (*v + epsilon).sqrt();
        *u = (rho * *u + one_minus_rho * (delta * delta)).flush_square();
        *p -= rate * delta;
    }
}
