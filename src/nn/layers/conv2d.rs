//! The convolution layer.

use std::ops::Range;

use ndarray::{ArrayView2, ArrayViewMut2};

use crate::nn::kernels::correlation::{add_products, sum_positions};
use crate::nn::kernels::product::{self, Matrix};
use crate::nn::kernels::spans::{Term, sum_spans};
use crate::nn::kernels::sparse;
use crate::nn::kernels::strips::Strips;
use crate::nn::kernels::{Nonzeros, ROW_MAJOR, Scalar, Window, workspace};
use crate::nn::{Backward, Layer, Parameter, Shape, Start, WeightAndBias};
use crate::random::Random;

/// For the weight's gradient: where the window sees fewer numbers, finding out which gradients are not 0 takes longer
/// than to multiply by them all.
const MIN_FAN_IN: usize = 64;

/// `y[i, j, c] = b[c] + Σ W[c, u, v, d]·x[i·stride + u − padding, j·stride + v − padding, d]` over the kernel's rows u
/// and columns v and the input channels d, with x 0 beyond the edges. As everywhere in the field, the kernel is not
/// flipped: strictly, this is a cross-correlation.
///
/// x (batch, height·width·input channels), y (batch, output height·output width·channels), W (channels, fan-in) with
/// fan-in = kernel²·input channels, b (1, channels).
///
/// Each image is unfolded, so that what the window sees at a position lies in one piece and the convolution becomes a
/// matrix product (Chellapilla, Puri and Simard, "High performance convolutional neural networks for document
/// processing", 2006), but into strips that the positions share. Products with what is known to be 0 are left out:
/// forward, where the window sees only zeros; backward, where a max-pool let no gradient through.
pub struct Conv2d<T> {
    parameters: WeightAndBias<T>,
    strips: Strips,
    /// Where in the strips the window is at each of its positions.
    offsets: Vec<usize>,
    /// For each strip of one image, where the window sees anything.
    lit: Vec<Range<usize>>,
    /// Those numbers of one image's ∂L/∂y that are not 0.
    nonzeros: Nonzeros<T>,
    /// The rows of W that make ∂L/∂x at one position, each with its ∂L/∂y.
    terms: Vec<Term<T>>,
}

impl<T: Scalar> Conv2d<T> {
    pub fn new(window: Window, channels: usize, has_bias: bool, start: Start, random: &mut Random) -> Self {
        let fan_in = window.n_seen();
        let fan_out = channels * window.kernel * window.kernel;
        let weight = start.weight(fan_in, fan_out, (channels, fan_in), random);
        let bias = has_bias.then(|| start.bias(fan_in, channels, random));
        let strips = Strips::new(window);
        let row = |i| (0..window.output_width).map(move |j| strips.offset(i, j));
        Self {
            parameters: WeightAndBias::new(weight, bias),
            strips,
            offsets: (0..window.output_height).flat_map(row).collect(),
            lit: Vec::new(),
            nonzeros: Nonzeros::default(),
            terms: Vec::new(),
        }
    }

    /// W and b take channels·fan-in and channels numbers.
    pub fn n_parameters(window: &Window, channels: usize, has_bias: bool) -> u64 {
        WeightAndBias::<T>::len(window.n_seen(), channels, has_bias)
    }

    fn n_channels(&self) -> usize {
        self.parameters.weight.value.nrows()
    }
}

impl<T: Scalar> Layer<T> for Conv2d<T> {
    fn output_shape(&self) -> Shape {
        self.strips.window().output(self.n_channels())
    }

    fn forward(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, scratch: &mut Vec<T>) {
        let (strips, n_channels) = (&self.strips, self.n_channels());
        let WeightAndBias { weight, bias } = &self.parameters;
        let n_packed = weight.value.len();
        let numbers = workspace(scratch, n_packed + strips.n_padded() + strips.n_numbers());
        let (packed, numbers) = numbers.split_at_mut(n_packed);
        let (padded, unfolded) = numbers.split_at_mut(strips.n_padded());
        let weight = weight.value.as_slice().expect(ROW_MAJOR);
        let transposed = Matrix::ByColumn { numbers: weight, step: strips.fan_in() };
        product::pack(transposed, strips.fan_in(), n_channels, packed);
        for (image, mut output) in input.rows().into_iter().zip(output.rows_mut()) {
            let output = output.as_slice_mut().expect(ROW_MAJOR);
            match bias {
                Some(bias) => repeat(bias.value.as_slice().expect(ROW_MAJOR), output),
                None => output.fill(T::zero()),
            }
            strips.unfold(image.to_slice().expect(ROW_MAJOR), padded, unfolded);
            for (j, strip) in unfolded.chunks_exact(strips.strip_len()).enumerate() {
                // Where the window sees only zeros, the bias is all there is.
                let lit = strips.lit(strip);
                let seen = Matrix::ByRow { numbers: &strip[lit.start * strips.step()..], step: strips.step() };
                let output = &mut output[strips.position(lit.start, j) * n_channels..];
                let output_step = strips.n_strips() * n_channels;
                product::multiply_packed(lit.len(), seen, packed, strips.fan_in(), output, output_step, n_channels);
            }
        }
    }

    /// `∂L/∂W[c] = Σ ∂L/∂y[i, j, c]·(what the window sees at (i, j))` and `∂L/∂b[c] = Σ ∂L/∂y[i, j, c]`, both summed
    /// over the batch; `∂L/∂(what the window sees at (i, j)) = Σ ∂L/∂y[i, j, c]·W[c]`, folded back into ∂L/∂x.
    fn backward(&mut self, mut pass: Backward<T>, scratch: &mut Vec<T>) {
        let strips = self.strips;
        let (fan_in, n_channels) = (strips.fan_in(), self.n_channels());
        let numbers = workspace(scratch, strips.n_padded() + strips.n_numbers());
        let (padded, unfolded) = numbers.split_at_mut(strips.n_padded());
        if !pass.accumulate {
            self.visit_mut(&mut |parameter| parameter.gradient.fill(T::zero()));
        }
        for (sample_idx, (image, dy)) in pass.input.rows().into_iter().zip(pass.output_gradient.rows()).enumerate() {
            let dy = dy.to_slice().expect(ROW_MAJOR);
            let goes_by_nonzeros = fan_in >= MIN_FAN_IN;
            if goes_by_nonzeros || pass.input_gradient.is_some() {
                self.nonzeros.read(ArrayView2::from_shape((self.offsets.len(), n_channels), dy).expect(SIZES));
            }

            strips.unfold(image.to_slice().expect(ROW_MAJOR), padded, unfolded);
            let gradient = self.parameters.weight.gradient.as_slice_mut().expect(ROW_MAJOR);
            if goes_by_nonzeros {
                let terms = self.nonzeros.columns(n_channels, |position| self.offsets[position]);
                for (gradient, terms) in gradient.chunks_exact_mut(fan_in).zip(terms) {
                    sum_spans(gradient, terms, unfolded, true);
                }
            } else {
                self.lit.clear();
                self.lit.extend(unfolded.chunks_exact(strips.strip_len()).map(|strip| strips.lit(strip)));
                add_products(&strips, unfolded, &self.lit, dy, gradient);
            }
            if let Some(bias) = &mut self.parameters.bias {
                sum_positions(dy, bias.gradient.as_slice_mut().expect(ROW_MAJOR));
            }

            if let Some(input_gradient) = &mut pass.input_gradient {
                unfolded.fill(T::zero());
                let weight = self.parameters.weight.value.as_slice().expect(ROW_MAJOR);
                for (channels, &offset) in self.nonzeros.rows().zip(&self.offsets) {
                    sparse::locate(channels, fan_in, &mut self.terms);
                    sum_spans(&mut unfolded[offset..][..fan_in], &self.terms, weight, true);
                }
                let mut input_gradient = input_gradient.row_mut(sample_idx);
                strips.fold(unfolded, padded, input_gradient.as_slice_mut().expect(ROW_MAJOR));
            }
        }
    }

    fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Parameter<T>)) {
        self.parameters.visit(visit);
    }

    fn visit_mut(&mut self, visit: &mut dyn FnMut(&mut Parameter<T>)) {
        self.parameters.visit_mut(visit);
    }
}

/// Fills `to` with as many copies of `pattern`. Copying what is there already takes a few large copies, not many small.
fn repeat<T: Copy>(pattern: &[T], to: &mut [T]) {
    to[..pattern.len()].copy_from_slice(pattern);
    let mut n_done = pattern.len();
    while n_done < to.len() {
        let n = n_done.min(to.len() - n_done);
        to.copy_within(..n, n_done);
        n_done += n;
    }
}

const SIZES: &str = "the network's plan checked the sizes";
