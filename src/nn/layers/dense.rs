//! The fully connected layer.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis};

use crate::nn::kernels::product::{self, Matrix};
use crate::nn::kernels::sparse::{self, MAX_ROWS_UNPACKED};
use crate::nn::kernels::{Nonzeros, ROW_MAJOR, Reused, Scalar, dot};
use crate::nn::{Backward, Descend, Descent, Input, Layer, Parameter, Shape, SparseInput, Start, WeightAndBias};
use crate::random::Random;

/// y = x·W + b, with x (batch, fan-in), W (fan-in, fan-out), b (1, fan-out), y (batch, fan-out).
pub struct Dense<T> {
    /// V and b.
    parameters: WeightAndBias<T>,
    /// W = scale·V. Everywhere but between `descend` and `settle` the scale is 1, so that V is W.
    scale: T,
    /// The last batch to train on by its non-zero numbers, if it was taken so; else it is taken by all of them.
    nonzeros: Reused<Nonzeros<T>>,
}

/// No smaller scale than this is used: W is made whole before.
const MIN_SCALE: f64 = 1e-6;

impl<T: Scalar> Dense<T> {
    pub fn new(fan_in: usize, fan_out: usize, has_bias: bool, start: Start, random: &mut Random) -> Self {
        let weight = start.weight(fan_in, fan_out, (fan_in, fan_out), random);
        let bias = has_bias.then(|| start.bias(fan_in, fan_out, random));
        Self::from_parameters(weight, bias)
    }

    /// From a weight of shape (fan-in, fan-out) and a bias of shape (1, fan-out).
    pub fn from_parameters(weight: Array2<T>, bias: Option<Array2<T>>) -> Self {
        Self { parameters: WeightAndBias::new(weight, bias), scale: T::one(), nonzeros: Reused::default() }
    }

    fn weight(&self) -> ArrayView2<'_, T> {
        self.parameters.weight.value.view()
    }

    /// y += x·V
    fn add_product(&self, x: ArrayView2<T>, mut y: ArrayViewMut2<T>, scratch: &mut Vec<T>) {
        let (fan_in, fan_out) = self.weight().dim();
        let size = (x.nrows(), fan_in, fan_out);
        let x = Matrix::ByRow { numbers: x.to_slice().expect(ROW_MAJOR), step: fan_in };
        let weight = Matrix::ByRow { numbers: self.weight().to_slice().expect(ROW_MAJOR), step: fan_out };
        product::multiply_add(size, x, weight, y.as_slice_mut().expect(ROW_MAJOR), fan_out, scratch);
    }

    /// ∂L/∂W = xᵀ·∂L/∂y, for x by all its numbers.
    fn weight_gradient(&mut self, x: ArrayView2<T>, dy: ArrayView2<T>, accumulate: bool, scratch: &mut Vec<T>) {
        let size = (x.ncols(), x.nrows(), dy.ncols());
        let x = Matrix::ByRow { numbers: x.to_slice().expect(ROW_MAJOR), step: x.ncols() };
        let fan_out = dy.ncols();
        let dy = Matrix::ByRow { numbers: dy.to_slice().expect(ROW_MAJOR), step: fan_out };
        let gradient = self.parameters.weight.gradient.as_slice_mut().expect(ROW_MAJOR);
        if !accumulate {
            gradient.fill(T::zero());
        }
        product::multiply_add(size, x.transposed(), dy, gradient, fan_out, scratch);
    }

    /// ∂L/∂b = the sum of ∂L/∂y over the batch.
    fn bias_gradient(&mut self, output_gradient: ArrayView2<T>, accumulate: bool) {
        let Some(bias) = &mut self.parameters.bias else { return };
        if !accumulate {
            bias.gradient.fill(T::zero());
        }
        let mut sum = bias.gradient.index_axis_mut(Axis(0), 0);
        for row in output_gradient.rows() {
            sum += &row;
        }
    }

    /// ∂L/∂x = ∂L/∂y·Wᵀ, where somebody asks for it.
    fn input_gradient(
        &self,
        output_gradient: ArrayView2<T>,
        input_gradient: Option<ArrayViewMut2<T>>,
        scratch: &mut Vec<T>,
    ) {
        let Some(mut input_gradient) = input_gradient else { return };
        if output_gradient.nrows() <= MAX_ROWS_UNPACKED {
            dot::multiply_transposed(self.scale, output_gradient, self.weight(), input_gradient);
        } else {
            debug_assert!(self.scale == T::one(), "only single samples descend");
            let (fan_in, fan_out) = self.weight().dim();
            let dy = Matrix::ByRow { numbers: output_gradient.to_slice().expect(ROW_MAJOR), step: fan_out };
            let weight = Matrix::ByRow { numbers: self.weight().to_slice().expect(ROW_MAJOR), step: fan_out };
            let dx = input_gradient.as_slice_mut().expect(ROW_MAJOR);
            dx.fill(T::zero());
            let size = (output_gradient.nrows(), fan_out, fan_in);
            product::multiply_add(size, dy, weight.transposed(), dx, fan_in, scratch);
        }
    }

    /// W and b take fan-in·fan-out and fan-out numbers.
    pub fn n_parameters(fan_in: usize, fan_out: usize, has_bias: bool) -> u64 {
        WeightAndBias::<T>::len(fan_in, fan_out, has_bias)
    }
}

/// Writes the bias into each row, for a product to be added to.
fn begin_with_bias<T: Scalar>(bias: Option<&Parameter<T>>, output: &mut ArrayViewMut2<T>) {
    match bias {
        Some(bias) => output.assign(&bias.value),
        None => output.fill(T::zero()),
    }
}

/// y = scale·x·V + b, over the non-zero numbers of x.
fn multiply_nonzeros<T: Scalar>(
    x: &mut Nonzeros<T>,
    scale: T,
    parameters: &WeightAndBias<T>,
    mut output: ArrayViewMut2<T>,
) {
    let WeightAndBias { weight, bias } = parameters;
    if scale == T::one() {
        begin_with_bias(bias.as_ref(), &mut output);
        x.multiply_add(weight.value.view(), output);
    } else {
        output.fill(T::zero());
        x.multiply_add(weight.value.view(), output.view_mut());
        output.mapv_inplace(|y| scale * y);
        if let Some(bias) = bias {
            output += &bias.value;
        }
    }
}

impl<T: Scalar> Layer<T> for Dense<T> {
    fn output_shape(&self) -> Shape {
        Shape::Flat(self.weight().ncols())
    }

    fn forward(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, scratch: &mut Vec<T>) {
        debug_assert!(self.scale == T::one(), "settled before it answers");
        begin_with_bias(self.parameters.bias.as_ref(), &mut output);
        if sparse::is_preferable(input) {
            let mut nonzeros = Nonzeros::default();
            nonzeros.read(input);
            nonzeros.multiply_add(self.weight(), output);
        } else {
            self.add_product(input, output, scratch);
        }
    }

    fn forward_train(
        &mut self,
        input: ArrayView2<T>,
        mut output: ArrayViewMut2<T>,
        scratch: &mut Vec<T>,
        _random: &mut Random,
    ) {
        if sparse::is_preferable(input) {
            let nonzeros = self.nonzeros.fill();
            nonzeros.read(input);
            multiply_nonzeros(nonzeros, self.scale, &self.parameters, output);
        } else {
            debug_assert!(
                self.scale == T::one(),
                "only single samples descend, and they are taken by non-zero numbers"
            );
            self.nonzeros.put_aside();
            begin_with_bias(self.parameters.bias.as_ref(), &mut output);
            self.add_product(input, output, scratch);
        }
    }

    /// ∂L/∂W = xᵀ·∂L/∂y, ∂L/∂b = the sum of ∂L/∂y over the batch, ∂L/∂x = ∂L/∂y·Wᵀ.
    fn backward(&mut self, pass: Backward<T>, scratch: &mut Vec<T>) {
        match self.nonzeros.filled() {
            Some(x) => {
                let gradient = self.parameters.weight.gradient.view_mut();
                x.weight_gradient(pass.output_gradient, gradient, pass.accumulate);
            }
            None => self.weight_gradient(pass.input, pass.output_gradient, pass.accumulate, scratch),
        }
        self.bias_gradient(pass.output_gradient, pass.accumulate);
        self.input_gradient(pass.output_gradient, pass.input_gradient, scratch);
    }

    fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Parameter<T>)) {
        self.parameters.visit(visit);
    }

    fn visit_mut(&mut self, visit: &mut dyn FnMut(&mut Parameter<T>)) {
        self.parameters.visit_mut(visit);
    }

    fn sparse_input(&self) -> Option<&dyn SparseInput<T>> {
        Some(self)
    }

    fn sparse_input_mut(&mut self) -> Option<&mut dyn SparseInput<T>> {
        Some(self)
    }

    fn descent(&mut self) -> Option<&mut dyn Descend<T>> {
        Some(self)
    }
}

impl<T: Scalar> SparseInput<T> for Dense<T> {
    fn forward_sparse(&self, input: &mut Nonzeros<T>, output: ArrayViewMut2<T>) {
        multiply_nonzeros(input, self.scale, &self.parameters, output);
    }

    fn backward_sparse(&mut self, input: &mut Nonzeros<T>, output_gradient: ArrayView2<T>, accumulate: bool) {
        input.weight_gradient(output_gradient, self.parameters.weight.gradient.view_mut(), accumulate);
        self.bias_gradient(output_gradient, accumulate);
    }
}

impl<T: Scalar> Descend<T> for Dense<T> {
    /// W ← (1 − η·λ)·W − η·xᵀ·∂L/∂y, as scale ← (1 − η·λ)·scale and V ← V − η/scale·xᵀ·∂L/∂y: the decay is one
    /// multiplication, and where x is 0 nothing is left to do. In a first layer only the rows of V at the input's
    /// non-zero numbers change; in others each row is at hand for ∂L/∂x anyway.
    fn descend(
        &mut self,
        input: Input<T>,
        output_gradient: ArrayView2<T>,
        input_gradient: Option<ArrayViewMut2<T>>,
        scratch: &mut Vec<T>,
        descent: Descent<T>,
    ) {
        debug_assert_eq!(output_gradient.nrows(), 1, "a batch of one sample");
        let decayed = self.scale * (T::one() - descent.rate * descent.weight_decay);
        // A strong decay takes the scale out of its type's range, or to 0.
        let is_out_of_range = decayed.abs() < T::from_f64(MIN_SCALE);
        match (input, input_gradient) {
            (Input::Rows(x), Some(mut input_gradient)) if !is_out_of_range => {
                let dy = output_gradient.to_slice().expect(ROW_MAJOR);
                let x = x.to_slice().expect(ROW_MAJOR);
                let dx = input_gradient.as_slice_mut().expect(ROW_MAJOR);
                let factor = -descent.rate / decayed;
                let weight = self.parameters.weight.value.view_mut();
                dot::multiply_transposed_and_add(self.scale, dy, weight, factor, x, dx);
                self.scale = decayed;
            }
            (input, input_gradient) => {
                self.input_gradient(output_gradient, input_gradient, scratch);
                self.scale = decayed;
                if is_out_of_range {
                    self.settle();
                }
                let x = match input {
                    Input::Nonzeros(x) => x,
                    Input::Rows(x) => {
                        let nonzeros = self.nonzeros.fill();
                        nonzeros.read(x);
                        nonzeros
                    }
                };
                let factor = -descent.rate / self.scale;
                x.add_outer_products(factor, output_gradient, self.parameters.weight.value.view_mut());
            }
        }
        if let Some(bias) = &mut self.parameters.bias {
            for row in output_gradient.rows() {
                bias.value.row_mut(0).zip_mut_with(&row, |b, &g| *b -= descent.rate * g);
            }
        }
    }

    fn settle(&mut self) {
        if self.scale != T::one() {
            let scale = self.scale;
            self.parameters.weight.value.mapv_inplace(|w| scale * w);
            self.scale = T::one();
        }
    }
}
