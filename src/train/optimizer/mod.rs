//! Optimizers: from the gradient of each parameter to its next value.

mod regularization;
mod rules;
mod spec;

pub use regularization::Regularization;
pub use rules::{Adadelta, Adam, Rmsprop, Sgd};
pub use spec::OptimizerSpec;

use self::regularization::{add_l1_gradient, clip_gradients};
use self::rules::{Rule, Update};
use crate::nn::{Descent, Network, ParameterKind, Scalar};

/// An optimizer at work on one network.
pub struct Optimizer<T> {
    spec: OptimizerSpec,
    regularization: Regularization,
    n_updates: u64,
    /// One for each parameter in the network's order; none where there is nothing to learn.
    rules: Vec<Option<Rule<T>>>,
}

impl<T: Scalar> Optimizer<T> {
    pub fn new(spec: OptimizerSpec, regularization: Regularization, network: &Network<T>) -> Self {
        let mut rules = Vec::new();
        network.visit(&mut |parameter| {
            let is_learned = parameter.kind != ParameterKind::Statistic;
            rules.push(is_learned.then(|| Rule::new(spec, parameter.value.len())));
        });
        Self { spec, regularization, n_updates: 0, rules }
    }

    /// Updates made so far.
    pub fn n_updates(&self) -> u64 {
        self.n_updates
    }

    /// One update of every parameter from its gradient.
    pub fn update(&mut self, network: &mut Network<T>, learning_rate: f64) {
        self.n_updates += 1;
        let Regularization { weight_decay, l1, clip_norm } = self.regularization;
        if let Some(clip_norm) = clip_norm {
            clip_gradients(network, clip_norm);
        }
        if l1 > 0.0 {
            add_l1_gradient(network, T::from_f64(l1));
        }
        let n_updates = self.n_updates;
        let mut rules = self.rules.iter_mut();
        network.visit_mut(&mut |parameter| {
            let Some(rule) = rules.next().expect("there is one for each parameter") else { return };
            rule.apply(Update {
                p: parameter.value.as_slice_mut().expect("parameters are contiguous"),
                g: parameter.gradient.as_slice().expect("gradients are contiguous"),
                learning_rate,
                weight_decay: if parameter.kind == ParameterKind::Weight { weight_decay } else { 0.0 },
                n_updates,
            });
        });
    }

    /// Whether a network may make the updates by itself while it goes backward.
    pub fn is_plain_descent(&self) -> bool {
        let Regularization { l1, clip_norm, .. } = self.regularization;
        self.spec.is_plain_descent() && l1 == 0.0 && clip_norm.is_none()
    }

    /// Counts an update that the network is to make by itself, and says what it is.
    pub fn descent(&mut self, learning_rate: f64) -> Descent<T> {
        self.n_updates += 1;
        let weight_decay = T::from_f64(self.regularization.weight_decay);
        Descent { rate: T::from_f64(learning_rate), weight_decay }
    }

    /// The moments of all parameters, one after another.
    pub fn moments(&self) -> impl Iterator<Item = &Vec<T>> {
        self.rules.iter().flatten().flat_map(Rule::moments)
    }

    /// Puts back what `moments` and `n_updates` gave.
    pub fn restore(&mut self, n_updates: u64, moments: impl Iterator<Item = Vec<T>>) {
        self.n_updates = n_updates;
        let own = self.rules.iter_mut().flatten().flat_map(Rule::moments_mut);
        own.zip(moments).for_each(|(moment, saved)| *moment = saved);
    }
}
