//! The fully connected layer.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis};

use crate::nn::kernels::product::{self, Matrix};
use crate::nn::kernels::sparse::{self, MAX_ROWS_UNPACKED, Nonzeros};
use crate::nn::kernels::{ROW_MAJOR, Scalar, dot};
use crate::nn::{Backward, Descent, Layer, Parameter, ParameterKind, Shape, Start};
use crate::random::Random;

/// W is kept as no smaller a multiple than this.
const MIN_SCALE: f64 = 1e-6;

/// y = x·W + b, with x (batch, fan-in), W (fan-in, fan-out), b (1, fan-out), y (batch, fan-out).
pub struct Dense<T> {
    weight: Parameter<T>,
    /// Between `descend` and `settle`, what W is a multiple of: W = scale·weight. Otherwise 1.
    scale: T,
    bias: Option<Parameter<T>>,
    /// Whether the last batch to train on was taken by its non-zero numbers, which then stand in `nonzeros`.
    goes_by_nonzeros: bool,
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
            scale: T::one(),
            goes_by_nonzeros: false,
            nonzeros: Nonzeros::default(),
        }
    }

    /// Writes the bias into each row, for the product to be added to.
    fn begin_with_bias(&self, output: &mut ArrayViewMut2<T>) {
        match &self.bias {
            Some(bias) => output.assign(&bias.value),
            None => output.fill(T::zero()),
        }
    }

    /// y = x·W + b, over the non-zero numbers of x that stand in `nonzeros`.
    fn multiply_nonzeros(&mut self, mut output: ArrayViewMut2<T>) {
        if self.scale == T::one() {
            self.begin_with_bias(&mut output);
            self.nonzeros.multiply_add(self.weight.value.view(), output);
        } else {
            output.fill(T::zero());
            self.nonzeros.multiply_add(self.weight.value.view(), output.view_mut());
            output.mapv_inplace(|y| self.scale * y);
            if let Some(bias) = &self.bias {
                output += &bias.value;
            }
        }
    }

    /// y += x·W
    fn add_product(&self, x: ArrayView2<T>, mut y: ArrayViewMut2<T>, scratch: &mut Vec<T>) {
        let (fan_in, fan_out) = self.weight.value.dim();
        let size = (x.nrows(), fan_in, fan_out);
        let x = Matrix::ByRow { numbers: x.to_slice().expect(ROW_MAJOR), step: fan_in };
        let weight = Matrix::ByRow { numbers: self.weight.value.as_slice().expect(ROW_MAJOR), step: fan_out };
        product::multiply_add(size, x, weight, y.as_slice_mut().expect(ROW_MAJOR), fan_out, scratch);
    }

    /// ∂L/∂x = ∂L/∂y·Wᵀ, where somebody asks for it.
    fn input_gradient(
        &self,
        output_gradient: ArrayView2<T>,
        input_gradient: Option<ArrayViewMut2<T>>,
        scratch: &mut Vec<T>,
    ) {
        let Some(mut input_gradient) = input_gradient else { return };
        let weight = &self.weight.value;
        if output_gradient.nrows() <= MAX_ROWS_UNPACKED {
            dot::multiply_transposed(self.scale, output_gradient, weight.view(), input_gradient);
        } else {
            debug_assert!(self.scale == T::one(), "only single samples descend");
            let (fan_in, fan_out) = weight.dim();
            let dy = Matrix::ByRow { numbers: output_gradient.to_slice().expect(ROW_MAJOR), step: fan_out };
            let weight = Matrix::ByRow { numbers: weight.as_slice().expect(ROW_MAJOR), step: fan_out };
            let dx = input_gradient.as_slice_mut().expect(ROW_MAJOR);
            dx.fill(T::zero());
            let size = (output_gradient.nrows(), fan_out, fan_in);
            product::multiply_add(size, dy, weight.transposed(), dx, fan_in, scratch);
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

    fn forward(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, scratch: &mut Vec<T>) {
        self.begin_with_bias(&mut output);
        if sparse::is_preferable(input) {
            sparse::multiply_add(input, self.weight.value.view(), output);
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
        self.goes_by_nonzeros = sparse::is_preferable(input);
        if !self.goes_by_nonzeros {
            self.begin_with_bias(&mut output);
            self.add_product(input, output, scratch);
            return;
        }
        self.nonzeros.read(input);
        self.multiply_nonzeros(output);
    }

    fn takes_nonzeros(&self) -> bool {
        true
    }

    fn forward_nonzeros(&self, input: &mut Nonzeros<T>, mut output: ArrayViewMut2<T>) {
        self.begin_with_bias(&mut output);
        input.multiply_add(self.weight.value.view(), output);
    }

    fn forward_train_nonzeros(&mut self, input: &mut Nonzeros<T>, output: ArrayViewMut2<T>) {
        self.goes_by_nonzeros = true;
        std::mem::swap(&mut self.nonzeros, input);
        input.clear();
        self.multiply_nonzeros(output);
    }

    /// ∂L/∂W = xᵀ·∂L/∂y, ∂L/∂b = the sum of ∂L/∂y over the batch, ∂L/∂x = ∂L/∂y·Wᵀ.
    fn backward(&mut self, pass: Backward<T>, scratch: &mut Vec<T>) {
        if self.goes_by_nonzeros {
            let gradient = self.weight.gradient.view_mut();
            self.nonzeros.weight_gradient(pass.output_gradient, gradient, pass.accumulate);
        } else {
            let (fan_in, fan_out) = self.weight.value.dim();
            let x = Matrix::ByRow { numbers: pass.input.to_slice().expect(ROW_MAJOR), step: fan_in };
            let dy = Matrix::ByRow { numbers: pass.output_gradient.to_slice().expect(ROW_MAJOR), step: fan_out };
            let gradient = self.weight.gradient.as_slice_mut().expect(ROW_MAJOR);
            if !pass.accumulate {
                gradient.fill(T::zero());
            }
            product::multiply_add(
                (fan_in, pass.input.nrows(), fan_out),
                x.transposed(),
                dy,
                gradient,
                fan_out,
                scratch,
            );
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
        self.input_gradient(pass.output_gradient, pass.input_gradient, scratch);
    }

    fn descends(&self) -> bool {
        true
    }

    /// W ← (1 − η·λ)·W − η·xᵀ·∂L/∂y, where W is kept as scale·V: the decay is one multiplication. In a first layer only
    /// the rows of V at the input's non-zero numbers change; in others each row is at hand for ∂L/∂x anyway.
    fn descend(&mut self, pass: Backward<T>, scratch: &mut Vec<T>, descent: Descent<T>) {
        debug_assert!(self.goes_by_nonzeros, "a batch of one sample always does");
        debug_assert_eq!(pass.output_gradient.nrows(), 1);
        let decayed = self.scale * (T::one() - descent.rate * descent.weight_decay);
        // A strong decay takes the multiple out of its type's range, or to 0.
        let is_out_of_range = decayed.abs() < T::from_f64(MIN_SCALE);
        match pass.input_gradient {
            Some(mut input_gradient) if !is_out_of_range => {
                let dy = pass.output_gradient.to_slice().expect(ROW_MAJOR);
                let x = pass.input.to_slice().expect(ROW_MAJOR);
                let dx = input_gradient.as_slice_mut().expect(ROW_MAJOR);
                let factor = -descent.rate / decayed;
                dot::multiply_transposed_and_add(self.scale, dy, self.weight.value.view_mut(), factor, x, dx);
                self.scale = decayed;
            }
            input_gradient => {
                self.input_gradient(pass.output_gradient, input_gradient, scratch);
                self.scale = decayed;
                if is_out_of_range {
                    self.settle();
                }
                let factor = -descent.rate / self.scale;
                self.nonzeros.add_outer_products(factor, pass.output_gradient, self.weight.value.view_mut());
            }
        }
        if let Some(bias) = &mut self.bias {
            for row in pass.output_gradient.rows() {
                bias.value.row_mut(0).zip_mut_with(&row, |b, &g| *b -= descent.rate * g);
            }
        }
    }

    fn settle(&mut self) {
        if self.scale != T::one() {
            let scale = self.scale;
            self.weight.value.mapv_inplace(|w| scale * w);
            self.scale = T::one();
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
