//! Batch normalisation.

use ndarray::{Array2, ArrayView2, ArrayViewMut2};

use super::layer::{ROW_MAJOR, workspace};
use super::{Backward, Layer, Parameter, ParameterKind, Scalar, Shape};
use crate::random::Random;

/// Keeps the variance away from 0.
const EPSILON: f64 = 1e-5;
/// How much of the running mean and variance each batch replaces.
const MOMENTUM: f64 = 0.1;

/// y = γ·x̂ + β with x̂ = (x − μ)/√(σ² + ε), channel by channel: over the batch for each of a vector's numbers (1-d),
/// over the batch and all positions for each channel of an image (2-d). x and y (batch, channels·positions); γ, β and
/// the running mean and variance (1, channels); ε = 1e-5.
///
/// While training, μ and σ² are the batch's mean and (biased) variance, and the running mean and variance become
/// 0.9·themselves + 0.1·the batch's, there with the unbiased variance. When answering, μ and σ² are the running
/// ones. A batch with a single number for each channel has no variance: it is normalised with the running mean and
/// variance, and leaves them as they are. γ starts at 1 and β at 0, however the network's weights start.
///
/// Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate
/// shift", 2015; all constants as in PyTorch.
pub struct BatchNorm<T> {
    shape: Shape,
    n_channels: usize,
    /// Numbers of a sample for each channel.
    n_positions: usize,
    scale: Parameter<T>,
    shift: Parameter<T>,
    running_mean: Parameter<T>,
    running_variance: Parameter<T>,
    /// μ and 1/√(σ² + ε) of each channel as the batch under way was normalised.
    mean: Vec<T>,
    inverse_deviation: Vec<T>,
}

fn inverse_deviation<T: Scalar>(variance: T) -> T {
    T::one() / (variance + T::from_f64(EPSILON)).sqrt()
}

/// Sums f(a, b) over two slices of one length, as eight sums side by side: a fixed order that fits vector registers.
fn sum_of_pairs<T: Scalar>(a: &[T], b: &[T], f: impl Fn(T, T) -> T) -> T {
    const N_SUMS: usize = 8;
    let mut sums = [T::zero(); N_SUMS];
    let (pieces, rest) = a.as_chunks::<N_SUMS>();
    let (other_pieces, other_rest) = b.as_chunks::<N_SUMS>();
    for (a, b) in pieces.iter().zip(other_pieces) {
        for idx in 0..N_SUMS {
            sums[idx] += f(a[idx], b[idx]);
        }
    }
    let rest = rest.iter().zip(other_rest).fold(T::zero(), |sum, (&a, &b)| sum + f(a, b));
    sums.into_iter().fold(rest, |all, sum| all + sum)
}

impl<T: Scalar> BatchNorm<T> {
    pub fn new(shape: Shape) -> Self {
        let n_channels = Self::n_channels(shape);
        let row = |kind, value| Parameter::new(kind, Array2::from_elem((1, n_channels), value));
        Self {
            shape,
            n_channels,
            n_positions: shape.len() / n_channels.max(1),
            scale: row(ParameterKind::Bias, T::one()),
            shift: row(ParameterKind::Bias, T::zero()),
            running_mean: row(ParameterKind::Statistic, T::zero()),
            running_variance: row(ParameterKind::Statistic, T::one()),
            mean: vec![T::zero(); n_channels],
            inverse_deviation: vec![T::one(); n_channels],
        }
    }

    fn n_channels(shape: Shape) -> usize {
        match shape {
            Shape::Flat(n) => n,
            Shape::Image { channels, .. } => channels,
        }
    }

    /// γ and β take a number each for each channel; mean and variance are not learned.
    pub fn n_parameters(shape: Shape) -> u64 {
        2 * Self::n_channels(shape) as u64
    }

    /// Sums f(channel, x) over the batch for each channel.
    fn sums(&self, batch: ArrayView2<T>, sums: &mut [T], f: impl Fn(usize, T) -> T) {
        sums.fill(T::zero());
        for sample in batch.rows() {
            let channels = sample.to_slice().expect(ROW_MAJOR).chunks_exact(self.n_positions);
            for ((channel_idx, channel), sum) in channels.enumerate().zip(&mut *sums) {
                *sum += sum_of_pairs(channel, channel, |x, _| f(channel_idx, x));
            }
        }
    }

    /// Puts the batch's mean and variance where `normalise` looks for them, and into the running ones.
    fn measure(&mut self, input: ArrayView2<T>, scratch: &mut Vec<T>) {
        let n = input.nrows() * self.n_positions;
        if n < 2 {
            self.mean.iter_mut().zip(&self.running_mean.value).for_each(|(to, &from)| *to = from);
            let inverse = self.inverse_deviation.iter_mut().zip(&self.running_variance.value);
            inverse.for_each(|(to, &variance)| *to = inverse_deviation(variance));
            return;
        }
        let sums = workspace(scratch, self.n_channels);
        let share = T::from_f64(1.0 / n as f64);
        self.sums(input, sums, |_, x| x);
        self.mean.iter_mut().zip(&*sums).for_each(|(mean, &sum)| *mean = share * sum);
        self.sums(input, sums, |channel_idx, x| {
            let deviation = x - self.mean[channel_idx];
            deviation * deviation
        });

        let momentum = T::from_f64(MOMENTUM);
        let unbiased = T::from_f64(1.0 / (n - 1) as f64);
        let running = self.running_mean.value.iter_mut().zip(&mut self.running_variance.value);
        for (channel_idx, (mean, variance)) in running.enumerate() {
            self.inverse_deviation[channel_idx] = inverse_deviation(share * sums[channel_idx]);
            *mean += momentum * (self.mean[channel_idx] - *mean);
            *variance += momentum * (unbiased * sums[channel_idx] - *variance);
        }
    }

    /// Writes y = γ·(x − μ)/√(σ² + ε) + β, with `statistics(channel)` giving μ and 1/√(σ² + ε).
    fn normalise(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, statistics: impl Fn(usize) -> (T, T)) {
        for (x, mut y) in input.rows().into_iter().zip(output.rows_mut()) {
            let x = x.to_slice().expect(ROW_MAJOR).chunks_exact(self.n_positions);
            let y = y.as_slice_mut().expect(ROW_MAJOR).chunks_exact_mut(self.n_positions);
            for (channel_idx, (x, y)) in x.zip(y).enumerate() {
                let (mean, inverse_deviation) = statistics(channel_idx);
                let scale = self.scale.value[(0, channel_idx)] * inverse_deviation;
                let shift = self.shift.value[(0, channel_idx)];
                x.iter().zip(y).for_each(|(&x, y)| *y = (x - mean) * scale + shift);
            }
        }
    }
}

impl<T: Scalar> Layer<T> for BatchNorm<T> {
    fn output_shape(&self) -> Shape {
        self.shape
    }

    fn forward(&self, input: ArrayView2<T>, output: ArrayViewMut2<T>, _scratch: &mut Vec<T>) {
        self.normalise(input, output, |channel_idx| {
            let variance = self.running_variance.value[(0, channel_idx)];
            (self.running_mean.value[(0, channel_idx)], inverse_deviation(variance))
        });
    }

    fn forward_train(
        &mut self,
        input: ArrayView2<T>,
        output: ArrayViewMut2<T>,
        scratch: &mut Vec<T>,
        _random: &mut Random,
    ) {
        self.measure(input, scratch);
        self.normalise(input, output, |channel_idx| (self.mean[channel_idx], self.inverse_deviation[channel_idx]));
    }

    /// With n numbers for each channel: ∂L/∂β = Σ ∂L/∂y, ∂L/∂γ = Σ ∂L/∂y·x̂ and
    /// ∂L/∂x = γ/√(σ² + ε)·(∂L/∂y − (∂L/∂β + x̂·∂L/∂γ)/n); for a single number, whose mean and variance are not its
    /// own, only ∂L/∂x = γ/√(σ² + ε)·∂L/∂y.
    fn backward(&mut self, pass: Backward<T>, scratch: &mut Vec<T>) {
        let (shift_gradient, scale_gradient) = workspace(scratch, 2 * self.n_channels).split_at_mut(self.n_channels);
        shift_gradient.fill(T::zero());
        scale_gradient.fill(T::zero());
        for (x, dy) in pass.input.rows().into_iter().zip(pass.output_gradient.rows()) {
            let x = x.to_slice().expect(ROW_MAJOR).chunks_exact(self.n_positions);
            let dy = dy.to_slice().expect(ROW_MAJOR).chunks_exact(self.n_positions);
            for (channel_idx, (x, dy)) in x.zip(dy).enumerate() {
                let mean = self.mean[channel_idx];
                shift_gradient[channel_idx] += sum_of_pairs(x, dy, |_, dy| dy);
                let product = sum_of_pairs(x, dy, |x, dy| dy * (x - mean));
                scale_gradient[channel_idx] += product * self.inverse_deviation[channel_idx];
            }
        }
        for (parameter, sums) in [(&mut self.scale, &*scale_gradient), (&mut self.shift, &*shift_gradient)] {
            if !pass.accumulate {
                parameter.gradient.fill(T::zero());
            }
            parameter.gradient.iter_mut().zip(sums).for_each(|(gradient, &sum)| *gradient += sum);
        }

        let Some(mut input_gradient) = pass.input_gradient else { return };
        let n = pass.input.nrows() * self.n_positions;
        let share = if n < 2 { T::zero() } else { T::from_f64(1.0 / n as f64) };
        let samples = pass.input.rows().into_iter().zip(pass.output_gradient.rows());
        for ((x, dy), mut dx) in samples.zip(input_gradient.rows_mut()) {
            let x = x.to_slice().expect(ROW_MAJOR).chunks_exact(self.n_positions);
            let dy = dy.to_slice().expect(ROW_MAJOR).chunks_exact(self.n_positions);
            let dx = dx.as_slice_mut().expect(ROW_MAJOR).chunks_exact_mut(self.n_positions);
            for (channel_idx, ((x, dy), dx)) in x.zip(dy).zip(dx).enumerate() {
                let (mean, inverse_deviation) = (self.mean[channel_idx], self.inverse_deviation[channel_idx]);
                let scale = self.scale.value[(0, channel_idx)] * inverse_deviation;
                let by_shift = share * shift_gradient[channel_idx];
                let by_scale = share * scale_gradient[channel_idx] * inverse_deviation;
                for ((&x, &dy), dx) in x.iter().zip(dy).zip(dx) {
                    *dx = scale * (dy - by_shift - (x - mean) * by_scale);
                }
            }
        }
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter<T>)) {
        [&self.scale, &self.shift, &self.running_mean, &self.running_variance].into_iter().for_each(visit);
    }

    fn visit_mut(&mut self, visit: &mut dyn FnMut(&mut Parameter<T>)) {
        [&mut self.scale, &mut self.shift, &mut self.running_mean, &mut self.running_variance]
            .into_iter()
            .for_each(visit);
    }
}
