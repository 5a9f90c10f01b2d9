//! Pooling layers: each channel of an image becomes smaller, window by window.

use std::array::from_fn;
use std::iter::StepBy;
use std::ops::Range;

use ndarray::{ArrayView2, ArrayViewMut2};

use crate::nn::kernels::{ROW_MAJOR, Scalar, Window};
use crate::nn::{Backward, Layer, Shape};

/// y[i, j, c] = the largest x[i·stride + u, j·stride + v, c] over the window's rows u and columns v.
/// x (batch, height·width·channels), y (batch, output height·output width·channels).
pub struct MaxPool2d {
    window: Window,
    /// Where the pixels that the window sees lie from its first one.
    pixels: Vec<usize>,
}

/// y[i, j, c] = the mean of x[i·stride + u, j·stride + v, c] over the window's rows u and columns v.
/// x (batch, height·width·channels), y (batch, output height·output width·channels).
pub struct AvgPool2d {
    window: Window,
    /// Where the pixels that the window sees lie from its first one.
    pixels: Vec<usize>,
}

/// How a window is pooled, for N channels at a time: four where there are as many, which fit a vector register. Slices
/// begin at the first of these channels in the window's first pixel.
trait Pooling {
    fn window(&self) -> &Window;

    fn forward<T: Scalar, const N: usize>(&self, x: &[T]) -> [T; N];

    /// Adds to `dx` what ∂L/∂y says of it.
    fn backward<T: Scalar, const N: usize>(&self, x: &[T], y: &[T; N], dy: &[T; N], dx: &mut [T]);
}

/// Where the pixels that a window sees lie from its first one, row by row.
fn pixels(window: &Window) -> Vec<usize> {
    let row = |u| (0..window.kernel).map(move |v| (u * window.width + v) * window.channels);
    (0..window.kernel).flat_map(row).collect()
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

fn forward<T: Scalar>(pooling: &impl Pooling, input: ArrayView2<T>, mut output: ArrayViewMut2<T>) {
    let window = pooling.window();
    let (fours, ones) = fours_and_ones(window.channels);
    for (x, mut y) in input.rows().into_iter().zip(output.rows_mut()) {
        let (x, y) = (x.to_slice().expect(ROW_MAJOR), y.as_slice_mut().expect(ROW_MAJOR));
        for_each_output(window, fours.clone(), |x_at, y_at| *some_mut::<T, 4>(y, y_at) = pooling.forward(&x[x_at..]));
        for_each_output(window, ones.clone(), |x_at, y_at| *some_mut::<T, 1>(y, y_at) = pooling.forward(&x[x_at..]));
    }
}

fn backward<T: Scalar>(pooling: &impl Pooling, pass: Backward<T>) {
    let Some(mut input_gradient) = pass.input_gradient else { return };
    let window = pooling.window();
    let (fours, ones) = fours_and_ones(window.channels);
    let samples = pass.input.rows().into_iter().zip(pass.output.rows()).zip(pass.output_gradient.rows());
    for (((x, y), dy), mut dx) in samples.zip(input_gradient.rows_mut()) {
        let (x, y) = (x.to_slice().expect(ROW_MAJOR), y.to_slice().expect(ROW_MAJOR));
        let (dx, dy) = (dx.as_slice_mut().expect(ROW_MAJOR), dy.to_slice().expect(ROW_MAJOR));
        dx.fill(T::zero());
        for_each_output(window, fours.clone(), |x_at, y_at| {
            pooling.backward::<T, 4>(&x[x_at..], some(y, y_at), some(dy, y_at), &mut dx[x_at..]);
        });
        for_each_output(window, ones.clone(), |x_at, y_at| {
            pooling.backward::<T, 1>(&x[x_at..], some(y, y_at), some(dy, y_at), &mut dx[x_at..]);
        });
    }
}

/// N numbers from `at` on.
fn some<T, const N: usize>(numbers: &[T], at: usize) -> &[T; N] {
    numbers[at..].first_chunk().expect("a window lies on its image")
}

fn some_mut<T, const N: usize>(numbers: &mut [T], at: usize) -> &mut [T; N] {
    numbers[at..].first_chunk_mut().expect("a window lies on its image")
}

impl MaxPool2d {
    pub fn new(window: Window) -> Self {
        Self { pixels: pixels(&window), window }
    }
}

impl Pooling for MaxPool2d {
    fn window(&self) -> &Window {
        &self.window
    }

    fn forward<T: Scalar, const N: usize>(&self, x: &[T]) -> [T; N] {
        self.pixels.iter().fold(*some(x, 0), |y, &pixel| {
            let x: &[T; N] = some(x, pixel);
            from_fn(|c| y[c].maximum(x[c]))
        })
    }

    /// ∂L/∂y goes to the window's largest x, the first of equals.
    fn backward<T: Scalar, const N: usize>(&self, x: &[T], y: &[T; N], dy: &[T; N], dx: &mut [T]) {
        // What has not yet been given to a winner; without branches, which would be unpredictable.
        let mut left = *dy;
        for &pixel in &self.pixels {
            let (x, dx): (&[T; N], &mut [T; N]) = (some(x, pixel), some_mut(dx, pixel));
            for c in 0..N {
                let given = if x[c] == y[c] { left[c] } else { T::zero() };
                dx[c] += given;
                left[c] -= given;
            }
        }
    }
}

impl AvgPool2d {
    pub fn new(window: Window) -> Self {
        Self { pixels: pixels(&window), window }
    }

    fn share<T: Scalar>(&self) -> T {
        T::from_f64(1.0 / (self.window.kernel * self.window.kernel) as f64)
    }
}

impl Pooling for AvgPool2d {
    fn window(&self) -> &Window {
        &self.window
    }

    fn forward<T: Scalar, const N: usize>(&self, x: &[T]) -> [T; N] {
        let share = self.share::<T>();
        self.pixels.iter().fold([T::zero(); N], |y, &pixel| {
            let x: &[T; N] = some(x, pixel);
            from_fn(|c| y[c] + share * x[c])
        })
    }

    /// ∂L/∂y goes to the window's numbers in equal shares.
    fn backward<T: Scalar, const N: usize>(&self, _x: &[T], _y: &[T; N], dy: &[T; N], dx: &mut [T]) {
        let share = self.share::<T>();
        for &pixel in &self.pixels {
            some_mut::<T, N>(dx, pixel).iter_mut().zip(dy).for_each(|(dx, &dy)| *dx += share * dy);
        }
    }
}

impl<T: Scalar> Layer<T> for MaxPool2d {
    fn output_shape(&self) -> Shape {
        self.window.output(self.window.channels)
    }

    fn forward(&self, input: ArrayView2<T>, output: ArrayViewMut2<T>, _scratch: &mut Vec<T>) {
        forward(self, input, output);
    }

    fn backward(&mut self, pass: Backward<T>, _scratch: &mut Vec<T>) {
        backward(self, pass);
    }
}

impl<T: Scalar> Layer<T> for AvgPool2d {
    fn output_shape(&self) -> Shape {
        self.window.output(self.window.channels)
    }

    fn forward(&self, input: ArrayView2<T>, output: ArrayViewMut2<T>, _scratch: &mut Vec<T>) {
        forward(self, input, output);
    }

    fn backward(&mut self, pass: Backward<T>, _scratch: &mut Vec<T>) {
        backward(self, pass);
    }
}
