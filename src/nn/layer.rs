//! What every layer can do.

use ndarray::{ArrayView2, ArrayViewMut2};

use super::{Nonzeros, Parameter, Scalar, Shape};
use crate::random::Random;

/// A layer: a function of its input and its parameters, and that function's derivatives.
///
/// Batches are matrices of shape (batch, numbers a sample). Answering (`forward`) changes nothing; only
/// `forward_train` may keep what `backward` needs beyond the input and the output.
pub trait Layer<T: Scalar>: Send {
    /// Shape of one output sample.
    fn output_shape(&self) -> Shape;

    /// Writes the layer's output (batch, output) for `input` (batch, input). `scratch` is memory that keeps its
    /// capacity from call to call; its contents mean nothing.
    fn forward(&self, input: ArrayView2<T>, output: ArrayViewMut2<T>, scratch: &mut Vec<T>);

    /// The same while training; layers that then behave differently draw on `random`.
    fn forward_train(
        &mut self,
        input: ArrayView2<T>,
        output: ArrayViewMut2<T>,
        scratch: &mut Vec<T>,
        _random: &mut Random,
    ) {
        self.forward(input, output, scratch);
    }

    /// Whether the layer takes its input as non-zero numbers, too.
    fn takes_nonzeros(&self) -> bool {
        false
    }

    /// `forward` for an input of which only the non-zero numbers are given.
    fn forward_nonzeros(&self, _input: &mut Nonzeros<T>, _output: ArrayViewMut2<T>) {
        unreachable!("{TAKES_NO_NONZEROS}");
    }

    /// `forward_train` likewise. The layer keeps the input for its way back and leaves a used one in its place.
    fn forward_train_nonzeros(&mut self, _input: &mut Nonzeros<T>, _output: ArrayViewMut2<T>) {
        unreachable!("{TAKES_NO_NONZEROS}");
    }

    /// Follows `forward_train` on the same batch: turns ∂L/∂output into ∂L/∂input and the parameters' gradients.
    fn backward(&mut self, pass: Backward<T>, scratch: &mut Vec<T>);

    /// Whether `descend` does for every parameter what it says; where there are none, it has nothing to do.
    fn descends(&self) -> bool {
        let mut has_parameters = false;
        self.visit(&mut |_| has_parameters = true);
        !has_parameters
    }

    /// `backward` and a step of plain gradient descent at once: for batches of a single sample, whose gradient is not
    /// worth writing down. Afterwards `settle` must be called before anything else looks at the parameters.
    fn descend(&mut self, pass: Backward<T>, scratch: &mut Vec<T>, _descent: Descent<T>) {
        self.backward(pass, scratch);
    }

    /// Makes the parameters whole again after some `descend`s.
    fn settle(&mut self) {}

    /// Calls `visit` for each parameter, always in the same order.
    fn visit(&self, _visit: &mut dyn FnMut(&Parameter<T>)) {}

    /// The same, to change them.
    fn visit_mut(&mut self, _visit: &mut dyn FnMut(&mut Parameter<T>)) {}
}

/// What a layer gets for its backward pass.
pub struct Backward<'a, T> {
    /// (batch, input), as `forward_train` saw it; meaningless after `forward_train_nonzeros`.
    pub input: ArrayView2<'a, T>,
    /// (batch, output), as `forward_train` wrote it.
    pub output: ArrayView2<'a, T>,
    /// ∂L/∂output, (batch, output).
    pub output_gradient: ArrayView2<'a, T>,
    /// Where ∂L/∂input (batch, input) goes; the first layer has no use for it.
    pub input_gradient: Option<ArrayViewMut2<'a, T>>,
    /// Whether the parameters' gradients add to what is there (a batch in several pieces) or replace it.
    pub accumulate: bool,
}

/// A step of plain gradient descent: p ← p − η·(g + λ·p), with λ for weights only.
#[derive(Clone, Copy, Debug)]
pub struct Descent<T> {
    /// η
    pub rate: T,
    /// λ
    pub weight_decay: T,
}

const TAKES_NO_NONZEROS: &str = "only layers that take non-zero numbers are given them";
