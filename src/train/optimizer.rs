//! Optimizers: from the gradient of each parameter to its next value.

use serde::{Deserialize, Serialize};

use crate::nn::{Network, ParameterKind, Scalar};

/// An optimizer and its settings. η is the learning rate, g the gradient with λ·W added where the parameter is a
/// weight, p the parameter, t the number of the update from 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum OptimizerSpec {
    /// v ← μ·v + g; p ← p − η·v. Without momentum μ, v is g.
    Sgd {
        #[serde(default)]
        momentum: f64,
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

impl OptimizerSpec {
    /// Adam with the settings its authors recommend.
    pub fn adam() -> Self {
        OptimizerSpec::Adam { beta1: default_beta1(), beta2: default_beta2(), epsilon: default_epsilon() }
    }

    /// Finds a setting out of range: (field, message).
    pub fn check(&self) -> Result<(), (&'static str, String)> {
        let share = |field, value: f64| {
            if (0.0..1.0).contains(&value) {
                Ok(())
            } else {
                Err((field, format!("expected at least 0 and below 1, found {value}")))
            }
        };
        match *self {
            OptimizerSpec::Sgd { momentum } => share("momentum", momentum),
            OptimizerSpec::Adam { beta1, beta2, epsilon } => {
                share("beta1", beta1)?;
                share("beta2", beta2)?;
                if epsilon > 0.0 && epsilon <= 1.0 {
                    Ok(())
                } else {
                    Err(("epsilon", format!("expected above 0 and at most 1, found {epsilon}")))
                }
            }
        }
    }

    /// How many numbers the optimizer remembers for each number of a parameter.
    fn n_moments(self) -> usize {
        match self {
            OptimizerSpec::Sgd { momentum: 0.0 } => 0,
            OptimizerSpec::Sgd { .. } => 1,
            OptimizerSpec::Adam { .. } => 2,
        }
    }
}

/// An optimizer at work on one network.
pub struct Optimizer<T> {
    spec: OptimizerSpec,
    weight_decay: f64,
    n_updates: u64,
    /// For each parameter in the network's order, what the optimizer remembers of it.
    moments: Vec<Vec<Vec<T>>>,
}

impl<T: Scalar> Optimizer<T> {
    pub fn new(spec: OptimizerSpec, weight_decay: f64, network: &Network<T>) -> Self {
        let mut moments = Vec::new();
        network.visit(&mut |parameter| {
            moments.push(vec![vec![T::zero(); parameter.value.len()]; spec.n_moments()]);
        });
        Self { spec, weight_decay, n_updates: 0, moments }
    }

    /// Updates made so far.
    pub fn n_updates(&self) -> u64 {
        self.n_updates
    }

    /// One update of every parameter from its gradient.
    pub fn update(&mut self, network: &mut Network<T>, learning_rate: f64) {
        self.n_updates += 1;
        let t = self.n_updates as f64;
        let mut moments = self.moments.iter_mut();
        network.visit_mut(&mut |parameter| {
            let decay = T::from_f64(if parameter.kind == ParameterKind::Weight { self.weight_decay } else { 0.0 });
            let moments = moments.next().expect("moments were made for each parameter");
            let value = parameter.value.as_slice_mut().expect("parameters are contiguous");
            let gradient = parameter.gradient.as_slice().expect("gradients are contiguous");
            match (self.spec, moments.as_mut_slice()) {
                (OptimizerSpec::Sgd { .. }, []) => sgd(value, gradient, T::from_f64(learning_rate), decay),
                (OptimizerSpec::Sgd { momentum }, [velocity, ..]) => {
                    sgd_momentum(value, gradient, velocity, T::from_f64(learning_rate), decay, T::from_f64(momentum));
                }
                (OptimizerSpec::Adam { beta1, beta2, epsilon }, [first, second, ..]) => {
                    let step = AdamStep::new(learning_rate, beta1, beta2, epsilon, t);
                    adam(value, gradient, first, second, decay, &step);
                }
                (OptimizerSpec::Adam { .. }, _) => unreachable!("Adam keeps two moments"),
            }
        });
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

fn sgd<T: Scalar>(value: &mut [T], gradient: &[T], rate: T, decay: T) {
    for (p, &g) in value.iter_mut().zip(gradient) {
        *p -= rate * (g + decay * *p);
    }
}

fn sgd_momentum<T: Scalar>(value: &mut [T], gradient: &[T], velocity: &mut [T], rate: T, decay: T, momentum: T) {
    for ((p, &g), v) in value.iter_mut().zip(gradient).zip(velocity) {
        *v = flush(momentum * *v + (g + decay * *p));
        *p -= rate * *v;
    }
}

/// What one Adam update needs beyond the gradients, computed once in 64 bits.
struct AdamStep<T> {
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
    fn new(learning_rate: f64, beta1: f64, beta2: f64, epsilon: f64, t: f64) -> Self {
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

fn adam<T: Scalar>(value: &mut [T], gradient: &[T], first: &mut [T], second: &mut [T], decay: T, step: &AdamStep<T>) {
    for (((p, &g), m), v) in value.iter_mut().zip(gradient).zip(first).zip(second) {
        let g = g + decay * *p;
        *m = flush(step.beta1 * *m + step.one_minus_beta1 * g);
        *v = flush(step.beta2 * *v + step.one_minus_beta2 * (g * g));
        *p -= step.rate * *m / (v.sqrt() * step.second_scale + step.epsilon);
    }
}

/// Zero for what is too small to matter. The moments of a pixel that is rarely lit decay towards 0 and would spend
/// most of training as denormal numbers, with which processors compute many times slower.
fn flush<T: Scalar>(x: T) -> T {
    if x.abs() < T::from_f64(1e-30) { T::zero() } else { x }
}
