//! The network: layers one after another.

use super::activations::WayBack;
use super::{Activations, Backward, Descent, Input, Layer, Parameter, Scalar, Shape, TrainingActivations};
use crate::random::Random;

/// Layers one after another, each at the place that the recipe gives it, from 0.
pub struct Network<T> {
    input: Shape,
    layers: Vec<Box<dyn Layer<T>>>,
}

impl<T: Scalar> Network<T> {
    pub fn new(input: Shape, layers: Vec<Box<dyn Layer<T>>>) -> Self {
        Self { input, layers }
    }

    /// The shape of one sample that goes in.
    pub fn input(&self) -> Shape {
        self.input
    }

    /// The shape of one sample that each layer puts out.
    pub fn output_shapes(&self) -> impl Iterator<Item = Shape> {
        self.layers.iter().map(|layer| layer.output_shape())
    }

    /// Whether the first layer also takes its input by its non-zero numbers.
    pub(super) fn takes_sparse_input(&self) -> bool {
        self.layers.first().is_some_and(|layer| layer.sparse_input().is_some())
    }

    /// Whether a step of gradient descent on the way back would reach every parameter.
    pub(super) fn can_descend(&mut self) -> bool {
        self.layers.iter_mut().all(|layer| {
            let mut has_parameters = false;
            layer.visit(&mut |_| has_parameters = true);
            !has_parameters || layer.descent().is_some()
        })
    }

    /// Answers the batch in `activations`, in their order; changes nothing in the network.
    pub fn forward(&self, activations: &mut Activations<T>) {
        for step_idx in 0..self.layers.len() {
            let (place, input, output, scratch) = activations.step(step_idx);
            let layer = self.layers[place].as_ref();
            match input {
                Input::Rows(input) => layer.forward(input, output, scratch),
                Input::Nonzeros(input) => layer.sparse_input().expect(TAKES_NONZEROS).forward_sparse(input, output),
            }
        }
    }

    /// The same for a batch to learn from.
    pub fn forward_train(&mut self, training: &mut TrainingActivations<T>, random: &mut Random) {
        for step_idx in 0..self.layers.len() {
            let (place, input, output, scratch) = training.activations.step(step_idx);
            let layer = self.layers[place].as_mut();
            match input {
                Input::Rows(input) => layer.forward_train(input, output, scratch, random),
                Input::Nonzeros(input) => layer.sparse_input().expect(TAKES_NONZEROS).forward_sparse(input, output),
            }
        }
    }

    /// Takes the gradient by the outputs, as the loss wrote it, back to every parameter. The parameters' gradients add
    /// to what is there if `accumulate` (a batch in several pieces), or replace it.
    pub fn backward(&mut self, training: &mut TrainingActivations<T>, accumulate: bool) {
        for step_idx in (0..self.layers.len()).rev() {
            let (place, way_back, scratch) = training.way_back(step_idx);
            backward(self.layers[place].as_mut(), way_back, accumulate, scratch);
        }
    }

    /// `backward` and a step of plain gradient descent at once, for an order that is fused for it; `settle` ends a row
    /// of them.
    pub fn descend(&mut self, training: &mut TrainingActivations<T>, descent: Descent<T>) {
        for step_idx in (0..self.layers.len()).rev() {
            let (place, way_back, scratch) = training.way_back(step_idx);
            let layer = self.layers[place].as_mut();
            match layer.descent() {
                Some(layer) => {
                    let WayBack { input, output_gradient, input_gradient, .. } = way_back;
                    layer.descend(input, output_gradient, input_gradient, scratch, descent);
                }
                // It has no parameters.
                None => backward(layer, way_back, false, scratch),
            }
        }
    }

    /// Makes the parameters whole again after some `descend`s.
    pub fn settle(&mut self) {
        self.layers.iter_mut().filter_map(|layer| layer.descent()).for_each(|layer| layer.settle());
    }

    /// What the layer at this place of the recipe keeps: for Dense and Conv2d the weight and, if there is one, the
    /// bias; for BatchNorm scale, shift, running mean and running variance; for others nothing.
    pub fn parameters(&self, place: usize) -> Vec<&Parameter<T>> {
        let mut parameters = Vec::new();
        self.layers[place].visit(&mut |parameter| parameters.push(parameter));
        parameters
    }

    /// Calls `visit` for each parameter from the first layer to the last.
    pub fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Parameter<T>)) {
        self.layers.iter().for_each(|layer| layer.visit(visit));
    }

    /// The same, to change them.
    pub fn visit_mut(&mut self, visit: &mut dyn FnMut(&mut Parameter<T>)) {
        self.layers.iter_mut().for_each(|layer| layer.visit_mut(visit));
    }

    /// Every parameter's numbers, row-major, in the order of `visit`.
    pub fn values(&self) -> Vec<Vec<T>> {
        let mut values = Vec::new();
        self.visit(&mut |parameter| values.push(parameter.value.iter().copied().collect()));
        values
    }

    /// Puts back what `values` gave.
    pub fn set_values(&mut self, values: &[Vec<T>]) {
        let mut values = values.iter();
        self.visit_mut(&mut |parameter| {
            let from = values.next().expect("values were taken of each parameter");
            parameter.value.iter_mut().zip(from).for_each(|(to, &from)| *to = from);
        });
    }

    /// Whether every parameter is a finite number.
    pub fn is_finite(&self) -> bool {
        let mut is_finite = true;
        self.visit(&mut |parameter| is_finite &= parameter.value.iter().all(|value| value.is_finite()));
        is_finite
    }
}

fn backward<T: Scalar>(layer: &mut dyn Layer<T>, way_back: WayBack<T>, accumulate: bool, scratch: &mut Vec<T>) {
    let WayBack { input, output, output_gradient, input_gradient } = way_back;
    match input {
        Input::Rows(input) => {
            layer.backward(Backward { input, output, output_gradient, input_gradient, accumulate }, scratch);
        }
        Input::Nonzeros(input) => {
            let layer = layer.sparse_input_mut().expect(TAKES_NONZEROS);
            layer.backward_sparse(input, output_gradient, accumulate);
        }
    }
}

const TAKES_NONZEROS: &str = "the order was fused for a first layer that takes non-zero numbers";
