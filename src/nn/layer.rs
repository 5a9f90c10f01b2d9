//! What every layer can do, and what some can do faster.

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

    /// Follows `forward_train` on the same batch: turns ∂L/∂output into ∂L/∂input and the parameters' gradients.
    fn backward(&mut self, pass: Backward<T>, scratch: &mut Vec<T>);

    /// Calls `visit` for each parameter, always in the same order.
    fn visit<'a>(&'a self, _visit: &mut dyn FnMut(&'a Parameter<T>)) {}

    /// The same, to change them.
    fn visit_mut(&mut self, _visit: &mut dyn FnMut(&mut Parameter<T>)) {}

    /// The layer as one that also takes its input by its non-zero numbers, if it is one.
    fn sparse_input(&self) -> Option<&dyn SparseInput<T>> {
        None
    }

    /// The same, for the way back.
    fn sparse_input_mut(&mut self) -> Option<&mut dyn SparseInput<T>> {
        None
    }

    /// The layer as one that can take a step of gradient descent while it goes backward, if it is one.
    fn descent(&mut self) -> Option<&mut dyn Descend<T>> {
        None
    }
}

/// What a layer gets for its backward pass.
pub struct Backward<'a, T> {
    /// (batch, input), as `forward_train` saw it.
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

/// A layer whose input may be mostly zeros: as the first of a network, it is given an image's lit pixels alone.
pub trait SparseInput<T: Scalar> {
    /// `forward` or `forward_train` for an input (batch, input) of which only the non-zero numbers are given.
    fn forward_sparse(&self, input: &mut Nonzeros<T>, output: ArrayViewMut2<T>);

    /// `backward` for the same input: turns ∂L/∂output (batch, output) into the parameters' gradients, added to what is
    /// there if `accumulate`. Nobody asks the first layer for ∂L/∂input.
    fn backward_sparse(&mut self, input: &mut Nonzeros<T>, output_gradient: ArrayView2<T>, accumulate: bool);
}

/// A layer that can go backward and take a step of plain gradient descent at once. That is for batches of a single
/// sample: such a gradient is used once, and a matrix as large as the weight need not be written down for it.
pub trait Descend<T: Scalar> {
    /// `backward` and the step. `input`, `output_gradient` and `input_gradient` are as in [`Backward`], of one row
    /// each. The layer may keep its parameters in another form from now on: until `settle`, only `forward_train`,
    /// `forward_sparse` and `descend` may be called.
    fn descend(
        &mut self,
        input: Input<T>,
        output_gradient: ArrayView2<T>,
        input_gradient: Option<ArrayViewMut2<T>>,
        scratch: &mut Vec<T>,
        descent: Descent<T>,
    );

    /// Puts the parameters back into the form that everybody else reads.
    fn settle(&mut self);
}

/// A step of plain gradient descent: p ← p − η·(g + λ·p), with λ for weights only.
#[derive(Clone, Copy, Debug)]
pub struct Descent<T> {
    /// η
    pub rate: T,
    /// λ
    pub weight_decay: T,
}

/// A batch in one of the forms that a layer may be given it in.
pub enum Input<'a, T> {
    /// All numbers: (batch, input).
    Rows(ArrayView2<'a, T>),
    /// Those that are not 0.
    Nonzeros(&'a mut Nonzeros<T>),
}
