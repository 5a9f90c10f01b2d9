//! The network: layers one after another, and the memory that a batch needs on its way through them.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, s};

use super::{Backward, Descent, Layer, Nonzeros, Parameter, Scalar, Shape};
use crate::data::BatchInput;
use crate::random::Random;

/// Layers one after another.
pub struct Network<T> {
    input: Shape,
    layers: Vec<Box<dyn Layer<T>>>,
}

/// The memory for one batch: what goes into and comes out of each layer, and for training the loss's gradient by
/// each of these. Allocated once, used for every batch of up to `capacity` samples.
pub struct Activations<T> {
    /// The input, then each layer's output: (capacity, numbers a sample).
    values: Vec<Array2<T>>,
    /// ∂L/∂value of each, or nothing where only answers are wanted.
    gradients: Vec<Array2<T>>,
    /// Where the first layer takes its input as non-zero numbers too: the input in that form, if `has_nonzeros`. What
    /// stands in `values` then is not this batch's.
    nonzeros: Option<Nonzeros<T>>,
    has_nonzeros: bool,
    scratch: Vec<T>,
    n_samples: usize,
}

/// What a layer is given.
enum Input<'a, T> {
    All(ArrayView2<'a, T>),
    Nonzeros(&'a mut Nonzeros<T>),
}

impl<T: Scalar> Network<T> {
    pub fn new(input: Shape, layers: Vec<Box<dyn Layer<T>>>) -> Self {
        Self { input, layers }
    }

    /// Memory for answering batches of up to `capacity` samples.
    pub fn activations(&self, capacity: usize) -> Activations<T> {
        let shapes = std::iter::once(self.input).chain(self.layers.iter().map(|layer| layer.output_shape()));
        Activations {
            values: shapes.map(|shape| Array2::zeros((capacity, shape.len()))).collect(),
            gradients: Vec::new(),
            nonzeros: self.layers.first().is_some_and(|layer| layer.takes_nonzeros()).then(Nonzeros::default),
            has_nonzeros: false,
            scratch: Vec::new(),
            n_samples: 0,
        }
    }

    /// Memory for training on batches of up to `capacity` samples.
    pub fn training_activations(&self, capacity: usize) -> Activations<T> {
        let mut activations = self.activations(capacity);
        activations.gradients = activations.values.iter().map(|value| Array2::zeros(value.raw_dim())).collect();
        // Nobody asks for the gradient by the input.
        activations.gradients[0] = Array2::zeros((0, 0));
        activations
    }

    /// Answers the batch in `activations`; changes nothing in the network.
    pub fn forward(&self, activations: &mut Activations<T>) {
        for (layer_idx, layer) in self.layers.iter().enumerate() {
            let (input, output, scratch) = activations.around(layer_idx);
            match input {
                Input::All(input) => layer.forward(input, output, scratch),
                Input::Nonzeros(input) => layer.forward_nonzeros(input, output),
            }
        }
    }

    /// The same for a batch to learn from.
    pub fn forward_train(&mut self, activations: &mut Activations<T>, random: &mut Random) {
        for (layer_idx, layer) in self.layers.iter_mut().enumerate() {
            let (input, output, scratch) = activations.around(layer_idx);
            match input {
                Input::All(input) => layer.forward_train(input, output, scratch, random),
                Input::Nonzeros(input) => layer.forward_train_nonzeros(input, output),
            }
        }
    }

    /// Takes the gradient by the outputs, as the loss wrote it, back to every parameter.
    pub fn backward(&mut self, activations: &mut Activations<T>, accumulate: bool) {
        self.each_backward(activations, accumulate, |layer, pass, scratch| layer.backward(pass, scratch));
    }

    /// Whether every layer can `descend`.
    pub fn descends(&self) -> bool {
        self.layers.iter().all(|layer| layer.descends())
    }

    /// `backward` and a step of plain gradient descent at once; `settle` ends a row of them.
    pub fn descend(&mut self, activations: &mut Activations<T>, descent: Descent<T>) {
        self.each_backward(activations, false, |layer, pass, scratch| layer.descend(pass, scratch, descent));
    }

    /// Makes the parameters whole again after some `descend`s.
    pub fn settle(&mut self) {
        self.layers.iter_mut().for_each(|layer| layer.settle());
    }

    /// Calls `run` for each layer from the last to the first, with what its way back needs.
    fn each_backward(
        &mut self,
        activations: &mut Activations<T>,
        accumulate: bool,
        mut run: impl FnMut(&mut dyn Layer<T>, Backward<T>, &mut Vec<T>),
    ) {
        let n = activations.n_samples;
        for (layer_idx, layer) in self.layers.iter_mut().enumerate().rev() {
            let (before, after) = activations.gradients.split_at_mut(layer_idx + 1);
            let pass = Backward {
                input: first_rows(&activations.values[layer_idx], n),
                output: first_rows(&activations.values[layer_idx + 1], n),
                output_gradient: first_rows(&after[0], n),
                input_gradient: (layer_idx > 0).then(|| first_rows_mut(&mut before[layer_idx], n)),
                accumulate,
            };
            run(layer.as_mut(), pass, &mut activations.scratch);
        }
    }

    /// Calls `visit` for each parameter from the first layer to the last.
    pub fn visit(&self, visit: &mut dyn FnMut(&Parameter<T>)) {
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

impl<T: Scalar> Activations<T> {
    pub fn capacity(&self) -> usize {
        self.values[0].nrows()
    }

    /// The input of a batch of `n_samples`, to be filled in: (n_samples, numbers a sample).
    pub fn input_mut(&mut self, n_samples: usize) -> ArrayViewMut2<'_, T> {
        self.n_samples = n_samples;
        self.has_nonzeros = false;
        first_rows_mut(&mut self.values[0], n_samples)
    }

    /// The same, to be filled in with the non-zero numbers of `n_samples` rows, if the network takes them. It does so for
    /// one `forward_train` only, which keeps them.
    pub fn nonzeros_mut(&mut self, n_samples: usize) -> Option<&mut Nonzeros<T>> {
        let nonzeros = self.nonzeros.as_mut()?;
        self.n_samples = n_samples;
        self.has_nonzeros = true;
        nonzeros.clear();
        Some(nonzeros)
    }

    /// The last layer's output: (batch, outputs).
    pub fn output(&self) -> ArrayView2<'_, T> {
        first_rows(&self.values[self.values.len() - 1], self.n_samples)
    }

    /// The output, and where the loss puts its gradient.
    pub fn output_and_gradient(&mut self) -> (ArrayView2<'_, T>, ArrayViewMut2<'_, T>) {
        let last = self.values.len() - 1;
        let n = self.n_samples;
        (first_rows(&self.values[last], n), first_rows_mut(&mut self.gradients[last], n))
    }

    /// Input, output and scratch memory of one layer.
    fn around(&mut self, layer_idx: usize) -> (Input<'_, T>, ArrayViewMut2<'_, T>, &mut Vec<T>) {
        let (before, after) = self.values.split_at_mut(layer_idx + 1);
        let n = self.n_samples;
        let input = match &mut self.nonzeros {
            Some(nonzeros) if layer_idx == 0 && self.has_nonzeros => {
                debug_assert_eq!(nonzeros.n_rows(), n, "rows are filled in before each pass");
                Input::Nonzeros(nonzeros)
            }
            _ => Input::All(first_rows(&before[layer_idx], n)),
        };
        (input, first_rows_mut(&mut after[0], n), &mut self.scratch)
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

/// The first `n` rows. A batch of one sample goes through layers so fast that slicing, where there is nothing to leave
/// out, would take a twentieth of the time.
fn first_rows<T>(matrix: &Array2<T>, n: usize) -> ArrayView2<'_, T> {
    if n == matrix.nrows() { matrix.view() } else { matrix.slice(s![..n, ..]) }
}

fn first_rows_mut<T>(matrix: &mut Array2<T>, n: usize) -> ArrayViewMut2<'_, T> {
    if n == matrix.nrows() { matrix.view_mut() } else { matrix.slice_mut(s![..n, ..]) }
}
