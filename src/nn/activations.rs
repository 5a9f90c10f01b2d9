//! The memory that a batch needs on its way through a network, and on its way back.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, s};

use super::kernels::Reused;
use super::{Input, Nonzeros, Order, Scalar};
use crate::data::BatchInput;

/// The memory for one batch: its input, and what each layer makes of it, in the order that it was made for. Allocated
/// once, used for every batch of up to `capacity` samples.
pub struct Activations<T> {
    order: Order,
    /// (capacity, numbers a sample); holds this batch's input unless `nonzeros` does.
    rows: Array2<T>,
    /// Where the first layer is given its input by its non-zero numbers.
    nonzeros: Option<Reused<Nonzeros<T>>>,
    /// Each step's output: (capacity, numbers a sample).
    outputs: Vec<Array2<T>>,
    scratch: Vec<T>,
    n_samples: usize,
}

/// The memory for one batch to learn from: the gradients of the loss too.
pub struct TrainingActivations<T> {
    pub activations: Activations<T>,
    /// ∂L/∂output of each step: (capacity, numbers a sample). Nobody asks for the gradient by the network's input.
    gradients: Vec<Array2<T>>,
}

/// What is known of a step when the gradient comes back to it.
pub(super) struct WayBack<'a, T> {
    pub input: Input<'a, T>,
    /// (batch, output)
    pub output: ArrayView2<'a, T>,
    /// ∂L/∂output, (batch, output).
    pub output_gradient: ArrayView2<'a, T>,
    /// Where ∂L/∂input goes, unless this is the first step.
    pub input_gradient: Option<ArrayViewMut2<'a, T>>,
}

impl<T: Scalar> Activations<T> {
    /// Memory for batches of up to `capacity` samples that go through a network in this order.
    pub fn new(order: &Order, capacity: usize) -> Self {
        let outputs = order.steps().iter().map(|step| Array2::zeros((capacity, step.output.len())));
        Self {
            rows: Array2::zeros((capacity, order.input().len())),
            nonzeros: order.fusion().sparse_input.then(Reused::default),
            outputs: outputs.collect(),
            order: order.clone(),
            scratch: Vec::new(),
            n_samples: 0,
        }
    }

    pub fn order(&self) -> &Order {
        &self.order
    }

    /// Samples that there is room for.
    pub fn capacity(&self) -> usize {
        self.rows.nrows()
    }

    /// The input of a batch of `n_samples`, to be filled in: (n_samples, numbers a sample).
    pub fn input_mut(&mut self, n_samples: usize) -> ArrayViewMut2<'_, T> {
        self.n_samples = n_samples;
        if let Some(nonzeros) = &mut self.nonzeros {
            nonzeros.put_aside();
        }
        first_rows_mut(&mut self.rows, n_samples)
    }

    /// The same, to be filled in with the non-zero numbers of `n_samples` rows, if the order has the first layer take
    /// them.
    pub fn nonzeros_mut(&mut self, n_samples: usize) -> Option<&mut Nonzeros<T>> {
        let nonzeros = self.nonzeros.as_mut()?.fill();
        self.n_samples = n_samples;
        nonzeros.clear();
        Some(nonzeros)
    }

    /// The network's output: (batch, outputs).
    pub fn output(&self) -> ArrayView2<'_, T> {
        first_rows(self.outputs.last().unwrap_or(&self.rows), self.n_samples)
    }

    /// What the layer at this place of the recipe put out: (batch, numbers a sample), in the shape that the order says.
    pub fn output_of(&self, place: usize) -> ArrayView2<'_, T> {
        first_rows(&self.outputs[self.order.step_idx(place)], self.n_samples)
    }

    /// The layer's place, its input, its output to be written, and scratch memory.
    pub(super) fn step(&mut self, step_idx: usize) -> (usize, Input<'_, T>, ArrayViewMut2<'_, T>, &mut Vec<T>) {
        let (before, rest) = self.outputs.split_at_mut(step_idx);
        let input = input_of_step(before, &self.rows, &mut self.nonzeros, self.n_samples);
        let output = first_rows_mut(&mut rest[0], self.n_samples);
        (self.order.steps()[step_idx].place, input, output, &mut self.scratch)
    }
}

impl<T: Scalar> TrainingActivations<T> {
    /// Memory for learning from batches of up to `capacity` samples that go through a network in this order.
    pub fn new(order: &Order, capacity: usize) -> Self {
        let activations = Activations::new(order, capacity);
        let gradients = activations.outputs.iter().map(|output| Array2::zeros(output.raw_dim())).collect();
        Self { activations, gradients }
    }

    /// The network's output (batch, outputs), and where the loss puts its gradient by it.
    pub fn output_and_gradient(&mut self) -> (ArrayView2<'_, T>, ArrayViewMut2<'_, T>) {
        let n = self.activations.n_samples;
        let gradient = self.gradients.last_mut().expect("a network that learns has layers");
        (self.activations.output(), first_rows_mut(gradient, n))
    }

    /// ∂L/∂output of the layer at this place of the recipe: (batch, numbers a sample), in the shape that the order
    /// says.
    pub fn output_gradient_of(&self, place: usize) -> ArrayView2<'_, T> {
        first_rows(&self.gradients[self.activations.order.step_idx(place)], self.activations.n_samples)
    }

    /// The layer's place, what it is given on the way back, and scratch memory.
    pub(super) fn way_back(&mut self, step_idx: usize) -> (usize, WayBack<'_, T>, &mut Vec<T>) {
        let Activations { order, rows, nonzeros, outputs, scratch, n_samples } = &mut self.activations;
        let n = *n_samples;
        let (gradients_before, gradients) = self.gradients.split_at_mut(step_idx);
        let way_back = WayBack {
            input: input_of_step(&outputs[..step_idx], rows, nonzeros, n),
            output: first_rows(&outputs[step_idx], n),
            output_gradient: first_rows(&gradients[0], n),
            input_gradient: gradients_before.last_mut().map(|gradient| first_rows_mut(gradient, n)),
        };
        (order.steps()[step_idx].place, way_back, scratch)
    }
}

impl BatchInput for Activations<f32> {
    fn input_mut(&mut self, n_images: usize) -> ArrayViewMut2<'_, f32> {
        self.input_mut(n_images)
    }

    fn nonzeros_mut(&mut self, n_images: usize) -> Option<&mut Nonzeros<f32>> {
        self.nonzeros_mut(n_images)
    }
}

/// What goes into a step: the output of the last step before it, or for the first step the batch's input.
fn input_of_step<'a, T: Scalar>(
    outputs_before: &'a [Array2<T>],
    rows: &'a Array2<T>,
    nonzeros: &'a mut Option<Reused<Nonzeros<T>>>,
    n_samples: usize,
) -> Input<'a, T> {
    if let Some(output) = outputs_before.last() {
        return Input::Rows(first_rows(output, n_samples));
    }
    match nonzeros.as_mut().and_then(Reused::filled) {
        Some(nonzeros) => {
            debug_assert_eq!(nonzeros.n_rows(), n_samples, "a row was filled in for each sample");
            Input::Nonzeros(nonzeros)
        }
        None => Input::Rows(first_rows(rows, n_samples)),
    }
}

/// The first `n` rows. A batch of one sample goes through layers so fast that slicing, where there is nothing to leave
/// out, would take a noticeable part of the time.
fn first_rows<T>(matrix: &Array2<T>, n: usize) -> ArrayView2<'_, T> {
    if n == matrix.nrows() { matrix.view() } else { matrix.slice(s![..n, ..]) }
}

fn first_rows_mut<T>(matrix: &mut Array2<T>, n: usize) -> ArrayViewMut2<'_, T> {
    if n == matrix.nrows() { matrix.view_mut() } else { matrix.slice_mut(s![..n, ..]) }
}
