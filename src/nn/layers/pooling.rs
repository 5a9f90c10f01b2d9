//! Pooling layers: each channel of an image becomes smaller, window by window.

use std::array::from_fn;
use std::iter::StepBy;
use std::marker::PhantomData;
use std::ops::Range;

use ndarray::{ArrayView2, ArrayViewMut2};

use crate::nn::kernels::{ROW_MAJOR, Scalar, Window};
use crate::nn::{Backward, Layer, Shape};

/// `y[i, j, c]` = the largest `x[i·stride + u, j·stride + v, c]` over the window's rows u and columns v.
/// x (batch, height·width·channels), y (batch, output height·output width·channels).
pub type MaxPool2d = Pool2d<Max>;

/// `y[i, j, c]` = the mean of `x[i·stride + u, j·stride + v, c]` over the window's rows u and columns v.
/// x (batch, height·width·channels), y (batch, output height·output width·channels).
pub type AvgPool2d = Pool2d<Mean>;

/// A layer that makes one number of each window, as P does.
pub struct Pool2d<P> {
    window: Window,
    /// Where the pixels that the window sees lie from its first one, row by row.
    pixels: Vec<usize>,
    pooling: PhantomData<P>,
}

/// How a window is pooled, for N channels at a time: four where there are as many, which fit a vector register. Slices
/// begin at the first of these channels in the window's first pixel; `pixels` says where its pixels lie from there.
pub trait Pooling: Send {
    fn forward<T: Scalar, const N: usize>(pixels: &[usize], x: &[T]) -> [T; N];

    /// Adds to `dx` what ∂L/∂y says of it.
    fn backward<T: Scalar, const N: usize>(pixels: &[usize], x: &[T], y: &[T; N], dy: &[T; N], dx: &mut [T]);
}

/// The largest of a window.
pub struct Max;

/// The mean of a window.
pub struct Mean;

impl Pooling for Max {
    fn forward<T: Scalar, const N: usize>(pixels: &[usize], x: &[T]) -> [T; N] {
        pixels.iter().fold(*some(x, 0), |y, &pixel| {
            let x: &[T; N] = some(x, pixel);
            from_fn(|c| y[c].maximum(x[c]))
        })
    }

    /// ∂L/∂y goes to the window's largest x, the first of equals.
    fn backward<T: Scalar, const N: usize>(pixels: &[usize], x: &[T], y: &[T; N], dy: &[T; N], dx: &mut [T]) {
        // What has not yet been given to a winner; without branches, which would be unpredictable.
        let mut left = *dy;
        for &pixel in pixels {
            let (x, dx): (&[T; N], &mut [T; N]) = (some(x, pixel), some_mut(dx, pixel));
            for c in 0..N {
                let given = if x[c] == y[c] { left[c] } else { T::zero() };
                dx[c] += given;
                left[c] -= given;
            }
        }
    }
}

impl Pooling for Mean {
    fn forward<T: Scalar, const N: usize>(pixels: &[usize], x: &[T]) -> [T; N] {
        let share = T::from_f64(1.0 / pixels.len() as f64);
        pixels.iter().fold([T::zero(); N], |y, &pixel| {
            let x: &[T; N] = some(x, pixel);
            from_fn(|c| y[c] + share * x[c])
        })
    }

    /// ∂L/∂y goes to the window's numbers in equal shares.
    fn backward<T: Scalar, const N: usize>(pixels: &[usize], _x: &[T], _y: &[T; N], dy: &[T; N], dx: &mut [T]) {
        let share = T::from_f64(1.0 / pixels.len() as f64);
        for &pixel in pixels {
            some_mut::<T, N>(dx, pixel).iter_mut().zip(dy).for_each(|(dx, &dy)| *dx += share * dy);
        }
    }
}

impl<P: Pooling> Pool2d<P> {
    pub fn new(window: Window) -> Self {
        let row = |u| (0..window.kernel).map(move |v| (u * window.width + v) * window.channels);
        Self { window, pixels: (0..window.kernel).flat_map(row).collect(), pooling: PhantomData }
    }
}

impl<T: Scalar, P: Pooling> Layer<T> for Pool2d<P> {
    fn output_shape(&self) -> Shape {
        self.window.output(self.window.channels)
    }

    fn forward(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, _scratch: &mut Vec<T>) {
        let (window, pixels) = (&self.window, &self.pixels);
        let (fours, ones) = fours_and_ones(window.channels);
        for (x, mut y) in input.rows().into_iter().zip(output.rows_mut()) {
            let (x, y) = (x.to_slice().expect(ROW_MAJOR), y.as_slice_mut().expect(ROW_MAJOR));
            for_each_output(window, fours.clone(), |x_at, y_at| {
                *some_mut::<T, 4>(y, y_at) = P::forward(pixels, &x[x_at..]);
            });
            for_each_output(window, ones.clone(), |x_at, y_at| {
                *some_mut::<T, 1>(y, y_at) = P::forward(pixels, &x[x_at..]);
            });
        }
    }

    fn backward(&mut self, pass: Backward<T>, _scratch: &mut Vec<T>) {
        let Some(mut input_gradient) = pass.input_gradient else { return };
        let (window, pixels) = (&self.window, &self.pixels);
        let (fours, ones) = fours_and_ones(window.channels);
        let samples = pass.input.rows().into_iter().zip(pass.output.rows()).zip(pass.output_gradient.rows());
        for (((x, y), dy), mut dx) in samples.zip(input_gradient.rows_mut()) {
            let (x, y) = (x.to_slice().expect(ROW_MAJOR), y.to_slice().expect(ROW_MAJOR));
            let (dx, dy) = (dx.as_slice_mut().expect(ROW_MAJOR), dy.to_slice().expect(ROW_MAJOR));
            dx.fill(T::zero());
            for_each_output(window, fours.clone(), |x_at, y_at| {
                P::backward::<T, 4>(pixels, &x[x_at..], some(y, y_at), some(dy, y_at), &mut dx[x_at..]);
            });
            for_each_output(window, ones.clone(), |x_at, y_at| {
                P::backward::<T, 1>(pixels, &x[x_at..], some(y, y_at), some(dy, y_at), &mut dx[x_at..]);
            });
        }
    }
}

/// Calls `pool(x, y)` for each output and each of `channels`: where its window begins in an image, and where it lies in
/// the output.
fn for_each_output(window: &Window, channels: impl Iterator<Item = usize> + Clone, mut pool: impl FnMut(usize, usize)) {
    for channel in channels {
        for i in 0..window.output_height {
            for j in 0..window.output_width {
                let x = (i * window.width + j) * window.stride * window.channels;
                let y = (i * window.output_width + j) * window.channels;
                pool(x + channel, y + channel);
            }
        }
    }
}

/// The first of each four channels, and those that are left over.
fn fours_and_ones(n_channels: usize) -> (StepBy<Range<usize>>, Range<usize>) {
    let n_in_fours = n_channels - n_channels % 4;
    ((0..n_in_fours).step_by(4), n_in_fours..n_channels)
}

/// N numbers from `at` on.
fn some<T, const N: usize>(numbers: &[T], at: usize) -> &[T; N] {
    numbers[at..].first_chunk().expect("a window lies on its image")
}

fn some_mut<T, const N: usize>(numbers: &mut [T], at: usize) -> &mut [T; N] {
    numbers[at..].first_chunk_mut().expect("a window lies on its image")
}
