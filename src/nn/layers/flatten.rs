//! The layer that forgets an image's shape.

use ndarray::{ArrayView2, ArrayViewMut2};

use crate::nn::{Backward, Layer, Scalar, Shape};

/// y = x: an image becomes as many numbers in a row, in the order they are stored in: pixel by pixel, each with all its
/// channels.
pub struct Flatten {
    pub n: usize,
}

impl<T: Scalar> Layer<T> for Flatten {
    fn output_shape(&self) -> Shape {
        Shape::Flat(self.n)
    }

    fn forward(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, _scratch: &mut Vec<T>) {
        output.assign(&input);
    }

    fn backward(&mut self, pass: Backward<T>, _scratch: &mut Vec<T>) {
        if let Some(mut input_gradient) = pass.input_gradient {
            input_gradient.assign(&pass.output_gradient);
        }
    }
}
