//! The fully connected layer.

mod dot;
mod sparse;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis};

use super::{Backward, Layer, Parameter, ParameterKind, Scalar, Shape, Start};
use crate::random::Random;
use sparse::Nonzeros;

/// A product with so few rows is over before `general_mat_mul` has packed the weight for it.
const MAX_ROWS_UNPACKED: usize = 3;

/// y = x·W + b, with x (batch, fan-in), W (fan-in, fan-out), b (1, fan-out), y (batch, fan-out).
pub struct Dense<T> {
    weight: Parameter<T>,
    bias: Option<Parameter<T>>,
    /// Whether `forward_train` found its input mostly zeros, which then stand in `nonzeros`.
    is_sparse: bool,
    nonzeros: Nonzeros<T>,
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
            is_sparse: false,
            nonzeros: Nonzeros::new(),
        }
    }

    /// Writes the output; returns whether it did so by way of the input's non-zero numbers.
    fn answer(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, nonzeros: &mut Nonzeros<T>) -> bool {
        match &self.bias {
            Some(bias) => output.assign(&bias.value),
            None => output.fill(T::zero()),
        }
        let is_sparse = input.nrows() <= MAX_ROWS_UNPACKED || sparse::is_sparse(input);
        if is_sparse {
            nonzeros.read(input);
            nonzeros.multiply_add(self.weight.value.view(), output);
        } else {
            general_mat_mul(T::one(), &input, &self.weight.value, T::one(), &mut output);
        }
        is_sparse
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

    fn forward(&self, input: ArrayView2<T>, output: ArrayViewMut2<T>, _scratch: &mut Vec<T>) {
        self.answer(input, output, &mut Nonzeros::new());
    }

    fn forward_train(
        &mut self,
        input: ArrayView2<T>,
        output: ArrayViewMut2<T>,
        _scratch: &mut Vec<T>,
        _random: &mut Random,
    ) {
        let mut nonzeros = std::mem::replace(&mut self.nonzeros, Nonzeros::new());
        self.is_sparse = self.answer(input, output, &mut nonzeros);
        self.nonzeros = nonzeros;
    }

    /// ∂L/∂W = xᵀ·∂L/∂y, ∂L/∂b = the sum of ∂L/∂y over the batch, ∂L/∂x = ∂L/∂y·Wᵀ.
    fn backward(&mut self, pass: Backward<T>, _scratch: &mut Vec<T>) {
        if self.is_sparse {
            let gradient = self.weight.gradient.view_mut();
            self.nonzeros.weight_gradient(pass.output_gradient, gradient, pass.accumulate);
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
            if pass.output_gradient.nrows() <= MAX_ROWS_UNPACKED {
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
