//! Optimizers: from the gradient of each parameter to its next value.

mod rules;

use serde::{Deserialize, Serialize};

use self::rules::AdamStep;
use crate::error::{FieldError, above, at_least, check};
use crate::nn::{Descent, Network, Parameter, ParameterKind, Scalar};

/// An optimizer and its settings. η is the learning rate, g the gradient (with weight decay in it unless it says
/// otherwise), p the parameter, t the number of the update from 1. Means of gradients below 1e-15, and of squares below
/// 1e-30, count as 0: an ε as small as that has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum OptimizerSpec {
    /// v ← μ·v + g; p ← p − η·v, or with Nesterov's look ahead p ← p − η·(g + μ·v). Without momentum μ, v is g.
    /// Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.
    Sgd {
        #[serde(default)]
        momentum: f64,
        #[serde(default)]
        nesterov: bool,
    },
    /// v ← α·v + (1 − α)·g²; p ← p − η·g/(√v + ε). Tieleman and Hinton, "Lecture 6.5: RMSprop", 2012.
    Rmsprop {
        #[serde(default = "default_alpha")]
        alpha: f64,
        #[serde(default = "default_epsilon")]
        epsilon: f64,
    },
    /// m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; p ← p − η·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ),
    /// v̂ = v/(1 − β₂ᵗ). Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
    Adam {
        #[serde(default = "default_beta1")]
        beta1: f64,
        #[serde(default = "default_beta2")]
        beta2: f64,
        #[serde(default = "default_epsilon")]
        epsilon: f64,
    },
    /// Adam with the weight decay beside the gradient, not in it: first p ← p − η·λ·p.
    /// Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
    AdamW {
        #[serde(default = "default_beta1")]
        beta1: f64,
        #[serde(default = "default_beta2")]
        beta2: f64,
        #[serde(default = "default_epsilon")]
        epsilon: f64,
    },
    /// v ← ρ·v + (1 − ρ)·g²; Δ = g·√(u + ε)/√(v + ε); u ← ρ·u + (1 − ρ)·Δ²; p ← p − η·Δ.
    /// Zeiler, "ADADELTA: an adaptive learning rate method", 2012.
    Adadelta {
        #[serde(default = "default_rho")]
        rho: f64,
        #[serde(default = "default_adadelta_epsilon")]
        epsilon: f64,
    },
}

fn default_alpha() -> f64 {
    0.99
}

fn default_beta1() -> f64 {
    0.9
}

fn default_beta2() -> f64 {
    0.999
}

fn default_epsilon() -> f64 {
    1e-8
}

fn default_rho() -> f64 {
    0.9
}

fn default_adadelta_epsilon() -> f64 {
    1e-6
}

fn check_decay_rate(field: &str, value: f64) -> Result<(), FieldError> {
    at_least(0.0).and_below(1.0).check(field, value)
}

fn check_epsilon(epsilon: f64) -> Result<(), FieldError> {
    above(0.0).and_at_most(1.0).check("epsilon", epsilon)
}

impl OptimizerSpec {
    /// Stochastic gradient descent, plain.
    pub const SGD: Self = OptimizerSpec::Sgd { momentum: 0.0, nesterov: false };

    /// Adam with the settings its authors recommend.
    pub fn adam() -> Self {
        OptimizerSpec::Adam { beta1: default_beta1(), beta2: default_beta2(), epsilon: default_epsilon() }
    }

    /// AdamW with Adam's settings.
    pub fn adam_w() -> Self {
        OptimizerSpec::AdamW { beta1: default_beta1(), beta2: default_beta2(), epsilon: default_epsilon() }
    }

    /// Finds a setting out of range.
    pub fn check(&self) -> Result<(), FieldError> {
        match *self {
            OptimizerSpec::Sgd { momentum, nesterov } => {
                check_decay_rate("momentum", momentum)?;
                check(!nesterov || momentum > 0.0, "momentum", || {
                    "expected above 0 with Nesterov's look ahead, found 0".into()
                })
            }
            OptimizerSpec::Rmsprop { alpha, epsilon } => {
                check_decay_rate("alpha", alpha)?;
                check_epsilon(epsilon)
            }
            OptimizerSpec::Adam { beta1, beta2, epsilon } | OptimizerSpec::AdamW { beta1, beta2, epsilon } => {
                check_decay_rate("beta1", beta1)?;
                check_decay_rate("beta2", beta2)?;
                check_epsilon(epsilon)
            }
            OptimizerSpec::Adadelta { rho, epsilon } => {
                check_decay_rate("rho", rho)?;
                check_epsilon(epsilon)
            }
        }
    }

    /// How many numbers the optimizer remembers for each number of a parameter.
    fn n_moments(self) -> usize {
        match self {
            OptimizerSpec::Sgd { momentum: 0.0, .. } => 0,
            OptimizerSpec::Sgd { .. } | OptimizerSpec::Rmsprop { .. } => 1,
            OptimizerSpec::Adam { .. } | OptimizerSpec::AdamW { .. } | OptimizerSpec::Adadelta { .. } => 2,
        }
    }
}

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

/// An optimizer at work on one network.
pub struct Optimizer<T> {
    spec: OptimizerSpec,
    regularization: Regularization,
    n_updates: u64,
    /// For each parameter in the network's order, what the optimizer remembers of it.
    moments: Vec<Vec<Vec<T>>>,
}

impl<T: Scalar> Optimizer<T> {
    pub fn new(spec: OptimizerSpec, regularization: Regularization, network: &Network<T>) -> Self {
        let mut moments = Vec::new();
        network.visit(&mut |parameter| {
            let n_moments = if parameter.kind == ParameterKind::Statistic { 0 } else { spec.n_moments() };
            moments.push(vec![vec![T::zero(); parameter.value.len()]; n_moments]);
        });
        Self { spec, regularization, n_updates: 0, moments }
    }

    /// Updates made so far.
    pub fn n_updates(&self) -> u64 {
        self.n_updates
    }

    /// One update of every parameter from its gradient.
    pub fn update(&mut self, network: &mut Network<T>, learning_rate: f64) {
        self.n_updates += 1;
        if let Some(clip_norm) = self.regularization.clip_norm {
            clip_gradients(network, clip_norm);
        }
        if self.regularization.l1 > 0.0 {
            add_l1_gradient(network, T::from_f64(self.regularization.l1));
        }
        let (spec, weight_decay, n_updates) = (self.spec, self.regularization.weight_decay, self.n_updates);
        let mut moments = self.moments.iter_mut();
        network.visit_mut(&mut |parameter| {
            let moments = moments.next().expect("moments were made for each parameter");
            if parameter.kind != ParameterKind::Statistic {
                update_parameter(spec, parameter, moments, learning_rate, weight_decay, n_updates);
            }
        });
    }

    /// Plain gradient descent that a network may do while it goes backward, if this optimizer is no more than that.
    pub fn is_plain_descent(&self) -> bool {
        let Regularization { l1, clip_norm, .. } = self.regularization;
        self.spec == OptimizerSpec::SGD && l1 == 0.0 && clip_norm.is_none()
    }

    /// Counts an update that the network is to make by itself, and says what it is.
    pub fn descent(&mut self, learning_rate: f64) -> Descent<T> {
        self.n_updates += 1;
        let weight_decay = T::from_f64(self.regularization.weight_decay);
        Descent { rate: T::from_f64(learning_rate), weight_decay }
    }

    /// The moments of all parameters, one after another.
    pub fn moments(&self) -> impl Iterator<Item = &Vec<T>> {
        self.moments.iter().flatten()
    }

    /// Puts back what `moments` and `n_updates` gave.
    pub fn restore(&mut self, n_updates: u64, moments: impl Iterator<Item = Vec<T>>) {
        self.n_updates = n_updates;
        self.moments.iter_mut().flatten().zip(moments).for_each(|(moment, saved)| *moment = saved);
    }
}

fn update_parameter<T: Scalar>(
    spec: OptimizerSpec,
    parameter: &mut Parameter<T>,
    moments: &mut [Vec<T>],
    learning_rate: f64,
    weight_decay: f64,
    n_updates: u64,
) {
    let weight_decay = if parameter.kind == ParameterKind::Weight { weight_decay } else { 0.0 };
    let rate = T::from_f64(learning_rate);
    let decay = T::from_f64(weight_decay);
    let p = parameter.value.as_slice_mut().expect("parameters are contiguous");
    let g = parameter.gradient.as_slice().expect("gradients are contiguous");
    match (spec, moments) {
        (OptimizerSpec::Sgd { .. }, []) => rules::sgd(p, g, rate, decay),
        (OptimizerSpec::Sgd { momentum, nesterov }, [v]) => {
            rules::momentum(p, g, v, rate, decay, T::from_f64(momentum), nesterov);
        }
        (OptimizerSpec::Rmsprop { alpha, epsilon }, [v]) => {
            rules::rmsprop(p, g, v, rate, decay, alpha, T::from_f64(epsilon));
        }
        (OptimizerSpec::Adam { beta1, beta2, epsilon }, [m, v]) => {
            let step = AdamStep::new(learning_rate, beta1, beta2, epsilon, n_updates);
            rules::adam(p, g, m, v, decay, &step);
        }
        (OptimizerSpec::AdamW { beta1, beta2, epsilon }, [m, v]) => {
            let shrink = T::from_f64(1.0 - learning_rate * weight_decay);
            p.iter_mut().for_each(|p| *p *= shrink);
            let step = AdamStep::new(learning_rate, beta1, beta2, epsilon, n_updates);
            rules::adam(p, g, m, v, T::zero(), &step);
        }
        (OptimizerSpec::Adadelta { rho, epsilon }, [v, u]) => {
            rules::adadelta(p, g, v, u, rate, decay, rho, T::from_f64(epsilon));
        }
        (spec, moments) => unreachable!("{spec:?} keeps other than {} moments", moments.len()),
    }
}

/// g ← g·c/‖g‖ where the norm over all gradients exceeds c. Pascanu et al., "On the difficulty of training recurrent
/// neural networks", 2013; with the 1e-6 that PyTorch adds to the norm.
fn clip_gradients<T: Scalar>(network: &mut Network<T>, clip_norm: f64) {
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
fn add_l1_gradient<T: Scalar>(network: &mut Network<T>, l1: T) {
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
