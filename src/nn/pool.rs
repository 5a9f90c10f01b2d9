//! Pooling layers: each channel of an image becomes smaller, window by window.

use ndarray::{ArrayView2, ArrayViewMut2};

use super::layer::{ROW_MAJOR, workspace};
use super::{Backward, Layer, Scalar, Shape, Window};

/// y[c, i, j] = the largest x[c, i·stride + u, j·stride + v] over the window's rows u and columns v.
/// x (batch, channels·height·width), y (batch, channels·output height·output width).
pub struct MaxPool2d {
    pub window: Window,
}

/// y[c, i, j] = the mean of x[c, i·stride + u, j·stride + v] over the window's rows u and columns v.
/// x (batch, channels·height·width), y (batch, channels·output height·output width).
pub struct AvgPool2d {
    pub window: Window,
}

/// Puts `combine(y, x)` into each output y for each x that its window sees, row-major from `start(first x)`.
fn reduce<T: Scalar>(
    window: &Window,
    image: &[T],
    output: &mut [T],
    start: impl Fn(T) -> T,
    combine: impl Fn(T, T) -> T,
) {
    let channels = image.chunks_exact(window.height * window.width);
    for (channel, output) in channels.zip(output.chunks_exact_mut(window.n_positions())) {
        for (i, outputs) in output.chunks_exact_mut(window.output_width).enumerate() {
            let row = &channel[i * window.stride * window.width..];
            outputs.iter_mut().zip(row.iter().step_by(window.stride)).for_each(|(y, &x)| *y = start(x));
            for u in 0..window.kernel {
                let row = &row[u * window.width..][..window.width];
                for v in 0..window.kernel {
                    let seen = row[v..].iter().step_by(window.stride);
                    outputs.iter_mut().zip(seen).for_each(|(y, &x)| *y = combine(*y, x));
                }
            }
        }
    }
}

impl<T: Scalar> Layer<T> for MaxPool2d {
    fn output_shape(&self) -> Shape {
        self.window.output(self.window.channels)
    }

    fn forward(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, _scratch: &mut Vec<T>) {
        for (image, mut output) in input.rows().into_iter().zip(output.rows_mut()) {
            let image = image.to_slice().expect(ROW_MAJOR);
            reduce(&self.window, image, output.as_slice_mut().expect(ROW_MAJOR), |x| x, T::maximum);
        }
    }

    /// ∂L/∂y goes to the window's largest x, the first of equals.
    fn backward(&mut self, pass: Backward<T>, scratch: &mut Vec<T>) {
        let Some(mut input_gradient) = pass.input_gradient else { return };
        input_gradient.fill(T::zero());
        let window = &self.window;
        // What each window of a row has not yet given to its winner; without branches, which would be unpredictable.
        let left = workspace(scratch, window.output_width);
        let samples = pass.input.rows().into_iter().zip(pass.output.rows()).zip(pass.output_gradient.rows());
        for (((image, output), output_gradient), mut input_gradient) in samples.zip(input_gradient.rows_mut()) {
            let image = image.to_slice().expect(ROW_MAJOR).chunks_exact(window.height * window.width);
            let gradient = input_gradient.as_slice_mut().expect(ROW_MAJOR);
            let gradient = gradient.chunks_exact_mut(window.height * window.width);
            let mut outputs = output.to_slice().expect(ROW_MAJOR).chunks_exact(window.output_width);
            let mut dy = output_gradient.to_slice().expect(ROW_MAJOR).chunks_exact(window.output_width);
            for (x, dx) in image.zip(gradient) {
                for (i, (y, dy)) in outputs.by_ref().zip(dy.by_ref()).take(window.output_height).enumerate() {
                    left.copy_from_slice(dy);
                    for u in 0..window.kernel {
                        let row = window.at(i, u) * window.width;
                        for v in 0..window.kernel {
                            let x = x[row + v..].iter().step_by(window.stride);
                            let dx = dx[row + v..].iter_mut().step_by(window.stride);
                            for (((left, &y), &x), dx) in left.iter_mut().zip(y).zip(x).zip(dx) {
                                let given = if x == y { *left } else { T::zero() };
                                *dx += given;
                                *left -= given;
                            }
                        }
                    }
                }
            }
        }
    }
}

impl AvgPool2d {
    fn share<T: Scalar>(&self) -> T {
        T::from_f64(1.0 / (self.window.kernel * self.window.kernel) as f64)
    }
}

impl<T: Scalar> Layer<T> for AvgPool2d {
    fn output_shape(&self) -> Shape {
        self.window.output(self.window.channels)
    }

    fn forward(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, _scratch: &mut Vec<T>) {
        let share = self.share::<T>();
        for (image, mut output) in input.rows().into_iter().zip(output.rows_mut()) {
            let image = image.to_slice().expect(ROW_MAJOR);
            let add = |y, x| y + share * x;
            reduce(&self.window, image, output.as_slice_mut().expect(ROW_MAJOR), |_| T::zero(), add);
        }
    }

    /// ∂L/∂y goes to the window's numbers in equal shares.
    fn backward(&mut self, pass: Backward<T>, _scratch: &mut Vec<T>) {
        let Some(mut input_gradient) = pass.input_gradient else { return };
        input_gradient.fill(T::zero());
        let (window, share) = (&self.window, self.share::<T>());
        for (output_gradient, mut input_gradient) in
            pass.output_gradient.rows().into_iter().zip(input_gradient.rows_mut())
        {
            let output_gradient = output_gradient.to_slice().expect(ROW_MAJOR).chunks_exact(window.n_positions());
            let gradient = input_gradient.as_slice_mut().expect(ROW_MAJOR);
            let gradient = gradient.chunks_exact_mut(window.height * window.width);
            for (dy, gradient) in output_gradient.zip(gradient) {
                for (i, dy) in dy.chunks_exact(window.output_width).enumerate() {
                    for u in 0..window.kernel {
                        let row = &mut gradient[window.at(i, u) * window.width..][..window.width];
                        for v in 0..window.kernel {
                            let seen = row[v..].iter_mut().step_by(window.stride);
                            seen.zip(dy).for_each(|(dx, &dy)| *dx += share * dy);
                        }
                    }
                }
            }
        }
    }
}
