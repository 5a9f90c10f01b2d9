//! The gradients by a convolution's weight and bias.

use std::array::from_fn;
use std::ops::Range;

use super::Scalar;
use super::strips::Strips;

/// Channels and numbers of the window that are summed at the same time: eight vector registers.
const CHANNELS: usize = 4;
const NUMBERS: usize = 8;

/// gradient (channels, fan-in) += Σ ∂L/∂y[i, j, c]·(what the window sees at (i, j)) over the positions at which it sees
/// anything; `dy` (positions, channels).
pub fn add_products<T: Scalar>(strips: &Strips, unfolded: &[T], lit: &[Range<usize>], dy: &[T], gradient: &mut [T]) {
    let fan_in = strips.fan_in();
    let n_channels = gradient.len() / fan_in;
    let sum = Sum { strips, unfolded, lit, dy, n_channels };
    let (channels_left, numbers_left) = (n_channels % CHANNELS, fan_in % NUMBERS);
    let (first_left, first_number_left) = (n_channels - channels_left, fan_in - numbers_left);
    for channel in (0..first_left).step_by(CHANNELS) {
        (0..first_number_left)
            .step_by(NUMBERS)
            .for_each(|number| sum.add::<CHANNELS, NUMBERS>(channel, number, gradient));
        (first_number_left..fan_in).for_each(|number| sum.add::<CHANNELS, 1>(channel, number, gradient));
    }
    for channel in first_left..n_channels {
        (0..first_number_left).step_by(NUMBERS).for_each(|number| sum.add::<1, NUMBERS>(channel, number, gradient));
        (first_number_left..fan_in).for_each(|number| sum.add::<1, 1>(channel, number, gradient));
    }
}

/// sums (channels) += Σ dy[position, channel] over the positions.
pub fn sum_positions<T: Scalar>(dy: &[T], sums: &mut [T]) {
    let n_channels = sums.len();
    let (eights, ones) = sums.as_chunks_mut::<8>();
    let n_in_eights = n_channels - ones.len();
    for (idx, sums) in eights.iter_mut().enumerate() {
        sum_parts(dy, 8 * idx, n_channels, sums);
    }
    for (idx, sum) in ones.as_chunks_mut::<1>().0.iter_mut().enumerate() {
        sum_parts(dy, n_in_eights + idx, n_channels, sum);
    }
}

/// The same for N channels from `first` on, summed in registers.
fn sum_parts<T: Scalar, const N: usize>(dy: &[T], first: usize, n_channels: usize, sums: &mut [T; N]) {
    for pixel in dy.chunks_exact(n_channels) {
        let pixel: &[T; N] = first_of(&pixel[first..]);
        *sums = from_fn(|c| sums[c] + pixel[c]);
    }
}

struct Sum<'a, T> {
    strips: &'a Strips,
    unfolded: &'a [T],
    lit: &'a [Range<usize>],
    dy: &'a [T],
    n_channels: usize,
}

impl<T: Scalar> Sum<'_, T> {
    /// The sum for C channels and N numbers of the window, from these on.
    #[inline(never)]
    fn add<const C: usize, const N: usize>(&self, channel: usize, number: usize, gradient: &mut [T]) {
        let mut sums = [[T::zero(); N]; C];
        let (step, dy_step) = (self.strips.step(), self.strips.n_strips() * self.n_channels);
        for (j, lit) in self.lit.iter().enumerate() {
            let strip = &self.unfolded[j * self.strips.strip_len() + number..];
            let dy = &self.dy[j * self.n_channels + channel..];
            for i in lit.clone() {
                let seen: &[T; N] = first_of(&strip[i * step..]);
                let dy: &[T; C] = first_of(&dy[i * dy_step..]);
                sums = from_fn(|c| from_fn(|n| sums[c][n] + dy[c] * seen[n]));
            }
        }
        for (c, sums) in sums.iter().enumerate() {
            let gradient = &mut gradient[(channel + c) * self.strips.fan_in() + number..];
            gradient.iter_mut().zip(sums).for_each(|(gradient, &sum)| *gradient += sum);
        }
    }
}

fn first_of<T, const N: usize>(numbers: &[T]) -> &[T; N] {
    numbers.first_chunk().expect("the positions lie on the strips")
}
