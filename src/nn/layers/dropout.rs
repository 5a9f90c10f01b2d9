//! Dropout.

use ndarray::{ArrayView2, ArrayViewMut2, Zip};
use rand::Rng;

use crate::nn::{Backward, Layer, Scalar, Shape};
use crate::random::Random;

/// While training, y = x·m with m = 0 with probability `rate`, else 1/(1 − rate), drawn anew for each number; so the
/// mean of y over many draws is x. When answering, y = x. x and y (batch, numbers a sample).
///
/// Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014; scaled while
/// training, as everyone does now, rather than when answering ("inverted").
pub struct Dropout<T> {
    rate: f64,
    shape: Shape,
    /// m of the batch under way, row-major; it grows to the largest batch.
    mask: Vec<T>,
}

impl<T: Scalar> Dropout<T> {
    /// `rate` is at least 0 and below 1.
    pub fn new(rate: f64, shape: Shape) -> Self {
        Self { rate, shape, mask: Vec::new() }
    }
}

impl<T: Scalar> Layer<T> for Dropout<T> {
    fn output_shape(&self) -> Shape {
        self.shape
    }

    fn forward(&self, input: ArrayView2<T>, mut output: ArrayViewMut2<T>, _scratch: &mut Vec<T>) {
        output.assign(&input);
    }

    fn forward_train(
        &mut self,
        input: ArrayView2<T>,
        output: ArrayViewMut2<T>,
        _scratch: &mut Vec<T>,
        random: &mut Random,
    ) {
        let scale = T::from_f64(1.0 / (1.0 - self.rate));
        let threshold = (self.rate * 2f64.powi(32)) as u32;
        self.mask.clear();
        self.mask.extend((0..input.len()).map(|_| if random.next_u32() < threshold { T::zero() } else { scale }));
        let mask = ArrayView2::from_shape(input.dim(), &self.mask).expect("the mask was drawn for this batch");
        Zip::from(output).and(input).and(mask).for_each(|y, &x, &m| *y = x * m);
    }

    /// ∂L/∂x = ∂L/∂y·m.
    fn backward(&mut self, pass: Backward<T>, _scratch: &mut Vec<T>) {
        let Some(input_gradient) = pass.input_gradient else { return };
        let mask = ArrayView2::from_shape(pass.input.dim(), &self.mask).expect("the mask was drawn for this batch");
        Zip::from(input_gradient).and(pass.output_gradient).and(mask).for_each(|dx, &dy, &m| *dx = dy * m);
    }
}
