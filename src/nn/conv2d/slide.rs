//! The convolution's way forward: the window slides over an image's strips.

use std::array::from_fn;
use std::ops::Range;

use super::Strips;
use crate::nn::Scalar;

/// Positions computed together, so that each number of the weight that is read serves all of them.
const POSITIONS: usize = 4;

/// Channels are computed together in panels of eight (two vector registers for each position), the rest in smaller ones.
/// For each: its first channel, and how many it has.
fn panels(n_channels: usize) -> impl Iterator<Item = (usize, usize)> {
    let width = move |first| [8, 4, 2, 1].into_iter().find(|width| first + width <= n_channels);
    let panel = move |first| width(first).map(|width| (first, width));
    std::iter::successors(panel(0), move |&(first, width)| panel(first + width))
}

/// Puts the weight (channels, fan-in) and the bias in the order in which `slide` reads them: panel by panel, first the
/// biases of its channels, then their weights by the first number that the window sees, by the second, and so on.
pub fn pack<T: Scalar>(weight: &[T], bias: Option<&[T]>, fan_in: usize, packed: &mut [T]) {
    let mut packed = packed.iter_mut();
    for (first, width) in panels(weight.len() / fan_in) {
        let channels = first..first + width;
        for channel in channels.clone() {
            *packed.next().expect(ROOM) = bias.map_or(T::zero(), |bias| bias[channel]);
        }
        for number in 0..fan_in {
            for channel in channels.clone() {
                *packed.next().expect(ROOM) = weight[channel * fan_in + number];
            }
        }
    }
}

const ROOM: &str = "there is room for each channel's bias and weights";

/// Writes into `output` (positions, channels) b + W·(what the window sees) for each position on the strips, with W and b
/// as `pack` left them.
pub fn slide<T: Scalar>(strips: &Strips, unfolded: &[T], packed: &[T], n_channels: usize, output: &mut [T]) {
    for (j, strip) in unfolded.chunks_exact(strips.len()).enumerate() {
        let lit = strips.lit(strip);
        let mut packed = packed;
        for (first, width) in panels(n_channels) {
            let panel;
            (panel, packed) = packed.split_at((1 + strips.fan_in()) * width);
            let slide = match width {
                8 => slide_down::<T, 8>,
                4 => slide_down::<T, 4>,
                2 => slide_down::<T, 2>,
                _ => slide_down::<T, 1>,
            };
            slide(strips, strip, lit.clone(), panel, &mut output[j * n_channels + first..], n_channels);
        }
    }
}

/// Does one strip for one panel; `output` begins at the strip's first position and the panel's first channel.
fn slide_down<T: Scalar, const C: usize>(
    strips: &Strips,
    strip: &[T],
    lit: Range<usize>,
    panel: &[T],
    output: &mut [T],
    n_channels: usize,
) {
    let (panel, _) = panel.as_chunks::<C>();
    let output_row = strips.n_strips() * n_channels;
    let mut write = |i: usize, y: [T; C]| {
        *output[i * output_row..].first_chunk_mut().expect("each position has all channels") = y;
    };
    // Where the window sees only zeros, the bias is all there is.
    (0..lit.start).chain(lit.end..strips.n_positions()).for_each(|i| write(i, panel[0]));
    if lit.len() < POSITIONS {
        lit.for_each(|i| write(i, look::<T, 1, C>(strip, i, strips.step(), panel)[0]));
        return;
    }
    for i in lit.clone().step_by(POSITIONS) {
        // The last ones are computed with some before them once more.
        let i = i.min(lit.end - POSITIONS);
        let y = look::<T, POSITIONS, C>(strip, i, strips.step(), panel);
        y.into_iter().enumerate().for_each(|(p, y)| write(i + p, y));
    }
}

/// b + W·(what the window sees) for P positions from `first` on.
#[inline(always)]
fn look<T: Scalar, const P: usize, const C: usize>(
    strip: &[T],
    first: usize,
    step: usize,
    panel: &[[T; C]],
) -> [[T; C]; P] {
    let (bias, weight) = panel.split_first().expect("a panel begins with its biases");
    let seen: [&[T]; P] = from_fn(|p| &strip[(first + p) * step..][..weight.len()]);
    let mut sums = [*bias; P];
    for (number, weight) in weight.iter().enumerate() {
        for (sums, seen) in sums.iter_mut().zip(seen) {
            let x = seen[number];
            for (sum, &w) in sums.iter_mut().zip(weight) {
                *sum += x * w;
            }
        }
    }
    sums
}
