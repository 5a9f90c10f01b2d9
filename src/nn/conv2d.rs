//! The convolution layer.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};

use super::layer::{ROW_MAJOR, workspace};
use super::{Backward, Layer, Parameter, ParameterKind, Scalar, Shape, Start, Window};
use crate::random::Random;

/// y[c, i, j] = b[c] + Σ W[c, d, u, v]·x[d, i·stride + u − padding, j·stride + v − padding] over the input channels d
/// and the kernel's rows u and columns v, with x 0 beyond the edges. As everywhere in the field, the kernel is not
/// flipped: strictly, this is a cross-correlation.
///
/// x (batch, input channels·height·width), y (batch, channels·output height·output width), W (channels, fan-in) with
/// fan-in = input channels·kernel², b (1, channels).
///
/// Each image is unfolded into columns (fan-in, positions), one for each position of the kernel, which makes of the
/// convolution a matrix product. Chellapilla, Puri and Simard, "High performance convolutional neural networks for
/// document processing", 2006.
pub struct Conv2d<T> {
    window: Window,
    weight: Parameter<T>,
    bias: Option<Parameter<T>>,
}

impl<T: Scalar> Conv2d<T> {
    pub fn new(window: Window, channels: usize, has_bias: bool, start: Start, random: &mut Random) -> Self {
        let fan_in = window.n_seen();
        let fan_out = channels * window.kernel * window.kernel;
        let weight = start.weight(fan_in, fan_out, (channels, fan_in), random);
        let bias = has_bias.then(|| start.bias(fan_in, channels, random));
        Self {
            window,
            weight: Parameter::new(ParameterKind::Weight, weight),
            bias: bias.map(|bias| Parameter::new(ParameterKind::Bias, bias)),
        }
    }

    /// W and b take channels·fan-in and channels numbers.
    pub fn n_parameters(window: &Window, channels: usize, has_bias: bool) -> u64 {
        let n_weights = window.n_seen() as u64 * channels as u64;
        n_weights + if has_bias { channels as u64 } else { 0 }
    }

    fn n_channels(&self) -> usize {
        self.weight.value.nrows()
    }
}

/// Writes what the window sees at each position into `columns` (fan-in, positions).
fn unfold<T: Scalar>(window: &Window, image: &[T], columns: &mut [T]) {
    let mut columns = columns.chunks_exact_mut(window.n_positions());
    for channel in image.chunks_exact(window.height * window.width) {
        for u in 0..window.kernel {
            let rows = window.rows_inside(u);
            for v in 0..window.kernel {
                let inside = window.columns_inside(v);
                let column = columns.next().expect("there is a column for each number that the window sees");
                for (i, seen) in column.chunks_exact_mut(window.output_width).enumerate() {
                    if !rows.contains(&i) || inside.is_empty() {
                        seen.fill(T::zero());
                        continue;
                    }
                    seen[..inside.start].fill(T::zero());
                    seen[inside.end..].fill(T::zero());
                    let first = window.at(i, u) * window.width + window.at(inside.start, v);
                    let seen = &mut seen[inside.clone()];
                    if window.stride == 1 {
                        seen.copy_from_slice(&channel[first..first + inside.len()]);
                    } else {
                        let row = channel[first..].iter().step_by(window.stride);
                        seen.iter_mut().zip(row).for_each(|(seen, &x)| *seen = x);
                    }
                }
            }
        }
    }
}

/// The way back: adds each number of `columns` to where in `image` it was seen.
fn fold<T: Scalar>(window: &Window, columns: &[T], image: &mut [T]) {
    let mut columns = columns.chunks_exact(window.n_positions());
    for channel in image.chunks_exact_mut(window.height * window.width) {
        for u in 0..window.kernel {
            let rows = window.rows_inside(u);
            for v in 0..window.kernel {
                let inside = window.columns_inside(v);
                let column = columns.next().expect("there is a column for each number that the window sees");
                if inside.is_empty() {
                    continue;
                }
                for i in rows.clone() {
                    let seen = &column[i * window.output_width..][inside.clone()];
                    let first = window.at(i, u) * window.width + window.at(inside.start, v);
                    if window.stride == 1 {
                        let row = &mut channel[first..first + inside.len()];
                        row.iter_mut().zip(seen).for_each(|(x, &seen)| *x += seen);
                    } else {
                        let row = channel[first..].iter_mut().step_by(window.stride);
                        row.zip(seen).for_each(|(x, &seen)| *x += seen);
                    }
                }
            }
        }
    }
}

impl<T: Scalar> Layer<T> for Conv2d<T> {
    fn output_shape(&self) -> Shape {
        self.window.output(self.n_channels())
    }

    fn forward(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, scratch: &mut Vec<T>) {
        let (fan_in, n_positions) = (self.window.n_seen(), self.window.n_positions());
        let columns = workspace(scratch, fan_in * n_positions);
        for (image, mut output) in input.rows().into_iter().zip(output.rows_mut()) {
            unfold(&self.window, image.as_slice().expect(ROW_MAJOR), columns);
            let columns = ArrayView2::from_shape((fan_in, n_positions), &*columns).expect(SIZES);
            let output = output.as_slice_mut().expect(ROW_MAJOR);
            let mut output = ArrayViewMut2::from_shape((self.n_channels(), n_positions), output).expect(SIZES);
            let beta = match &self.bias {
                Some(bias) => {
                    output.rows_mut().into_iter().zip(&bias.value).for_each(|(mut y, &bias)| y.fill(bias));
                    T::one()
                }
                None => T::zero(),
            };
            general_mat_mul(T::one(), &self.weight.value, &columns, beta, &mut output);
        }
    }

    /// With ∂L/∂y of one image as (channels, positions): ∂L/∂W = ∂L/∂y·columnsᵀ and ∂L/∂b = the sums of ∂L/∂y's rows,
    /// both summed over the batch; ∂L/∂columns = Wᵀ·∂L/∂y, folded back into ∂L/∂x.
    fn backward(&mut self, mut pass: Backward<T>, scratch: &mut Vec<T>) {
        let (fan_in, n_positions, n_channels) = (self.window.n_seen(), self.window.n_positions(), self.n_channels());
        let columns = workspace(scratch, fan_in * n_positions);
        if !pass.accumulate {
            self.visit_mut(&mut |parameter| parameter.gradient.fill(T::zero()));
        }
        for (sample_idx, (image, output_gradient)) in
            pass.input.rows().into_iter().zip(pass.output_gradient.rows()).enumerate()
        {
            let output_gradient = output_gradient.to_slice().expect(ROW_MAJOR);
            let output_gradient = ArrayView2::from_shape((n_channels, n_positions), output_gradient).expect(SIZES);

            unfold(&self.window, image.as_slice().expect(ROW_MAJOR), columns);
            let mut columns = ArrayViewMut2::from_shape((fan_in, n_positions), &mut *columns).expect(SIZES);
            general_mat_mul(T::one(), &output_gradient, &columns.t(), T::one(), &mut self.weight.gradient);
            if let Some(bias) = &mut self.bias {
                bias.gradient.iter_mut().zip(output_gradient.rows()).for_each(|(sum, row)| *sum += row.sum());
            }

            if let Some(input_gradient) = &mut pass.input_gradient {
                general_mat_mul(T::one(), &self.weight.value.t(), &output_gradient, T::zero(), &mut columns);
                let mut input_gradient = input_gradient.row_mut(sample_idx);
                input_gradient.fill(T::zero());
                let columns = columns.as_slice().expect(ROW_MAJOR);
                fold(&self.window, columns, input_gradient.as_slice_mut().expect(ROW_MAJOR));
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

const SIZES: &str = "the network's plan checked the sizes";
