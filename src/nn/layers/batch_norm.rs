//! Batch normalisation.

use ndarray::{Array2, ArrayView2, ArrayViewMut2};

use crate::nn::kernels::{ROW_MAJOR, Scalar, workspace};
use crate::nn::{Backward, Layer, Parameter, ParameterKind, Shape};
use crate::random::Random;

/// Keeps the variance away from 0.
const EPSILON: f64 = 1e-5;
/// How much of the running mean and variance each batch replaces.
const MOMENTUM: f64 = 0.1;

/// y = γ·x̂ + β with x̂ = (x − μ)/√(σ² + ε), channel by channel: over the batch for each of a vector's numbers (1-d),
/// over the batch and all positions for each channel of an image (2-d). x and y (batch, positions·channels); γ, β and
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

impl<T: Scalar> BatchNorm<T> {
    pub fn new(shape: Shape) -> Self {
        let n_channels = Self::n_channels(shape);
        let row = |kind, value| Parameter::new(kind, Array2::from_elem((1, n_channels), value));
        Self {
            shape,
            n_channels,
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

    /// Puts the μ and 1/√(σ² + ε) to normalise with where `forward_train` finds them: the batch's, which also move the
    /// running ones, or for a single number the running ones.
    fn measure(&mut self, input: ArrayView2<T>, scratch: &mut Vec<T>) {
        let n = input.len() / self.n_channels;
        if n < 2 {
            self.mean.iter_mut().zip(&self.running_mean.value).for_each(|(to, &from)| *to = from);
            let inverse = self.inverse_deviation.iter_mut().zip(&self.running_variance.value);
            inverse.for_each(|(to, &variance)| *to = inverse_deviation(variance));
            return;
        }
        let (sums, sample_sums) = workspace(scratch, 2 * self.n_channels).split_at_mut(self.n_channels);
        let share = T::from_f64(1.0 / n as f64);
        sum(input, input, &self.mean, sums, sample_sums, |x, _, _| x);
        self.mean.iter_mut().zip(&*sums).for_each(|(mean, &sum)| *mean = share * sum);
        // Written over the sums, which are done with.
        let squares = sums;
        sum(input, input, &self.mean, squares, sample_sums, |x, _, mean| (x - mean) * (x - mean));

        let momentum = T::from_f64(MOMENTUM);
        let unbiased = T::from_f64(1.0 / (n - 1) as f64);
        let running = self.running_mean.value.iter_mut().zip(&mut self.running_variance.value);
        for (channel_idx, (mean, variance)) in running.enumerate() {
            self.inverse_deviation[channel_idx] = inverse_deviation(share * squares[channel_idx]);
            *mean += momentum * (self.mean[channel_idx] - *mean);
            *variance += momentum * (unbiased * squares[channel_idx] - *variance);
        }
    }

    /// Writes y = (x − mean)·scale + β with scale = γ/√(σ² + ε), channel by channel.
    fn normalise(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, mean: &[T], scale: &[T]) {
        let shift = self.shift.value.as_slice().expect(ROW_MAJOR);
        for (x, mut y) in input.rows().into_iter().zip(output.rows_mut()) {
            let x = x.to_slice().expect(ROW_MAJOR).chunks_exact(self.n_channels);
            let y = y.as_slice_mut().expect(ROW_MAJOR).chunks_exact_mut(self.n_channels);
            for (x, y) in x.zip(y) {
                for ((((y, &x), &mean), &scale), &shift) in y.iter_mut().zip(x).zip(mean).zip(scale).zip(shift) {
                    *y = (x - mean) * scale + shift;
                }
            }
        }
    }
}

/// Sums f(a, b, mean) for each channel, within each sample first and then over the batch, which rounds less where a
/// sample has many positions.
fn sum<T: Scalar>(
    a: ArrayView2<T>,
    b: ArrayView2<T>,
    mean: &[T],
    sums: &mut [T],
    sample_sums: &mut [T],
    f: impl Fn(T, T, T) -> T,
) {
    sums.fill(T::zero());
    for (a, b) in a.rows().into_iter().zip(b.rows()) {
        sample_sums.fill(T::zero());
        let a = a.to_slice().expect(ROW_MAJOR).chunks_exact(mean.len());
        let b = b.to_slice().expect(ROW_MAJOR).chunks_exact(mean.len());
        for (a, b) in a.zip(b) {
            for (((sum, &a), &b), &mean) in sample_sums.iter_mut().zip(a).zip(b).zip(mean) {
                *sum += f(a, b, mean);
            }
        }
        sums.iter_mut().zip(&*sample_sums).for_each(|(sum, &of_sample)| *sum += of_sample);
    }
}

impl<T: Scalar> Layer<T> for BatchNorm<T> {
    fn output_shape(&self) -> Shape {
        self.shape
    }

    fn forward(&self, input: ArrayView2<T>, output: ArrayViewMut2<T>, scratch: &mut Vec<T>) {
        let scale = workspace(scratch, self.n_channels);
        for ((to, &scale), &variance) in scale.iter_mut().zip(&self.scale.value).zip(&self.running_variance.value) {
            *to = scale * inverse_deviation(variance);
        }
        self.normalise(input, output, self.running_mean.value.as_slice().expect(ROW_MAJOR), scale);
    }

    fn forward_train(
        &mut self,
        input: ArrayView2<T>,
        output: ArrayViewMut2<T>,
        scratch: &mut Vec<T>,
        _random: &mut Random,
    ) {
        self.measure(input, scratch);
        let scale = workspace(scratch, self.n_channels);
        for ((to, &scale), &inverse_deviation) in scale.iter_mut().zip(&self.scale.value).zip(&self.inverse_deviation) {
            *to = scale * inverse_deviation;
        }
        self.normalise(input, output, &self.mean, scale);
    }

    /// With n numbers for each channel: ∂L/∂β = Σ ∂L/∂y, ∂L/∂γ = Σ ∂L/∂y·x̂ and
    /// ∂L/∂x = γ/√(σ² + ε)·(∂L/∂y − (∂L/∂β + x̂·∂L/∂γ)/n); for a single number, whose mean and variance are not its
    /// own, only ∂L/∂x = γ/√(σ² + ε)·∂L/∂y.
    fn backward(&mut self, pass: Backward<T>, scratch: &mut Vec<T>) {
        let n_channels = self.n_channels;
        let (by_shift, rest) = workspace(scratch, 4 * n_channels).split_at_mut(n_channels);
        let (by_scale, rest) = rest.split_at_mut(n_channels);
        let (scale, sample_sums) = rest.split_at_mut(n_channels);
        sum(pass.input, pass.output_gradient, &self.mean, by_shift, sample_sums, |_, dy, _| dy);
        sum(pass.input, pass.output_gradient, &self.mean, by_scale, sample_sums, |x, dy, mean| dy * (x - mean));
        by_scale.iter_mut().zip(&self.inverse_deviation).for_each(|(sum, &inverse)| *sum *= inverse);
        for (parameter, sums) in [(&mut self.scale, &*by_scale), (&mut self.shift, &*by_shift)] {
            if !pass.accumulate {
                parameter.gradient.fill(T::zero());
            }
            parameter.gradient.iter_mut().zip(sums).for_each(|(gradient, &sum)| *gradient += sum);
        }

        let Some(mut input_gradient) = pass.input_gradient else { return };
        let n = pass.input.len() / n_channels;
        let share = if n < 2 { T::zero() } else { T::from_f64(1.0 / n as f64) };
        // Written over the sums, which are done with: what ∂L/∂x takes of ∂L/∂β, and of ∂L/∂γ for each x − μ.
        let (shift_share, scale_share) = (by_shift, by_scale);
        for (channel, &inverse_deviation) in self.inverse_deviation.iter().enumerate() {
            scale[channel] = self.scale.value[(0, channel)] * inverse_deviation;
            shift_share[channel] *= share;
            scale_share[channel] *= share * inverse_deviation;
        }
        let samples = pass.input.rows().into_iter().zip(pass.output_gradient.rows());
        for ((x, dy), mut dx) in samples.zip(input_gradient.rows_mut()) {
            let x = x.to_slice().expect(ROW_MAJOR).chunks_exact(n_channels);
            let dy = dy.to_slice().expect(ROW_MAJOR).chunks_exact(n_channels);
            let dx = dx.as_slice_mut().expect(ROW_MAJOR).chunks_exact_mut(n_channels);
            for ((x, dy), dx) in x.zip(dy).zip(dx) {
                let of_channel = self.mean.iter().zip(&*scale).zip(&*shift_share).zip(&*scale_share);
                for (((&x, &dy), dx), (((&mean, &scale), &shift_share), &scale_share)) in
                    x.iter().zip(dy).zip(dx).zip(of_channel)
                {
                    *dx = scale * (dy - shift_share - (x - mean) * scale_share);
                }
            }
        }
    }

    fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Parameter<T>)) {
        [&self.scale, &self.shift, &self.running_mean, &self.running_variance].into_iter().for_each(visit);
    }

    fn visit_mut(&mut self, visit: &mut dyn FnMut(&mut Parameter<T>)) {
        [&mut self.scale, &mut self.shift, &mut self.running_mean, &mut self.running_variance]
            .into_iter()
            .for_each(visit);
    }
}
