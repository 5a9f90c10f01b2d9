//! The fully connected layer.

mod dot;
mod sparse;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis};

use super::{Backward, Layer, Parameter, ParameterKind, Scalar, Shape, Start};
use crate::random::Random;

/// A product with so few rows is over before `general_mat_mul` has packed the weight for it.
const MAX_ROWS_UNPACKED: usize = 3;

/// y = x·W + b, with x (batch, fan-in), W (fan-in, fan-out), b (1, fan-out), y (batch, fan-out).
pub struct Dense<T> {
    weight: Parameter<T>,
    bias: Option<Parameter<T>>,
    /// Memory for the non-zero numbers of an input that is mostly zeros.
    input_columns: sparse::Columns<T>,
}

impl<T: Scalar> Dense<T> {
    pub fn new(fan_in: usize, fan_out: usize, has_bias: bool, start: Start, random: &mut Random) -> Self {
        let weight = start.weight(fan_in, fan_out, (fan_in, fan_out), random);
        let bias = has_bias.then(|| start.bias(fan_in, fan_out, random));
        Self::from_parameters(weight, bias)
    }

    /// From a weight of shape (fan-in, fan-out) and a bias of shape (1, fan-out).
    pub fn from_parameters(weight: Array2<T>, bias: Option<Array2<T>>) -> Self {
        Self {
            weight: Parameter::new(ParameterKind::Weight, weight),
            bias: bias.map(|bias| Parameter::new(ParameterKind::Bias, bias)),
            input_columns: sparse::Columns::new(),
        }
    }

    /// W and b take fan-in·fan-out and fan-out numbers.
    pub fn n_parameters(fan_in: usize, fan_out: usize, has_bias: bool) -> u64 {
        fan_in as u64 * fan_out as u64 + if has_bias { fan_out as u64 } else { 0 }
    }
}

impl<T: Scalar> Layer<T> for Dense<T> {
    fn output_shape(&self) -> Shape {
        Shape::Flat(self.weight.value.ncols())
    }

    fn forward(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, _scratch: &mut Vec<T>) {
        match &self.bias {
            Some(bias) => output.assign(&bias.value),
            None => output.fill(T::zero()),
        }
        if input.nrows() <= MAX_ROWS_UNPACKED || sparse::is_sparse(input) {
            sparse::multiply_add(input, self.weight.value.view(), output);
        } else {
            general_mat_mul(T::one(), &input, &self.weight.value, T::one(), &mut output);
        }
    }

    /// ∂L/∂W = xᵀ·∂L/∂y, ∂L/∂b = the sum of ∂L/∂y over the batch, ∂L/∂x = ∂L/∂y·Wᵀ.
    fn backward(&mut self, pass: Backward<T>, _scratch: &mut Vec<T>) {
        let is_small = pass.input.nrows() <= MAX_ROWS_UNPACKED;
        if is_small || sparse::is_sparse(pass.input) {
            self.input_columns.read(pass.input);
            let gradient = self.weight.gradient.view_mut();
            self.input_columns.weight_gradient(pass.output_gradient, gradient, pass.accumulate);
        } else {
            let beta = if pass.accumulate { T::one() } else { T::zero() };
            general_mat_mul(T::one(), &pass.input.t(), &pass.output_gradient, beta, &mut self.weight.gradient);
        }
        if let Some(bias) = &mut self.bias {
            if !pass.accumulate {
                bias.gradient.fill(T::zero());
            }
            let mut sum = bias.gradient.index_axis_mut(Axis(0), 0);
            for row in pass.output_gradient.rows() {
                sum += &row;
            }
        }
        if let Some(mut input_gradient) = pass.input_gradient {
            let weight = &self.weight.value;
            if is_small {
                dot::multiply_transposed(pass.output_gradient, weight.view(), input_gradient);
            } else {
                general_mat_mul(T::one(), &pass.output_gradient, &weight.t(), T::zero(), &mut input_gradient);
            }
        }
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter<T>)) {
        visit(&self.weight);
        self.bias.iter().for_each(visit);
    }

    fn visit_mut(&mut self, visit: &mut dyn FnMut(&mut Parameter<T>)) {
        visit(&mut self.weight);
        self.bias.iter_mut().for_each(visit);
    }
}
