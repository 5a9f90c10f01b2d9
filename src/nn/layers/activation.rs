//! Activation functions, each with its derivative beside it.

use ndarray::{ArrayView2, ArrayViewMut2, Zip};

use crate::nn::{Backward, Layer, Scalar, Shape};

/// A function applied to each number alone; x is its input, y its output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// y = max(0, x); y' = 1 where x > 0, else 0.
    Relu,
    /// y = x where x > 0, else slope·x; y' likewise 1 or slope.
    LeakyRelu { slope: f64 },
    /// y = 1/(1 + e^−x); y' = y·(1 − y).
    Sigmoid,
    /// y = tanh x; y' = 1 − y².
    Tanh,
    /// y = x·Φ(x) with Φ the normal distribution's cumulative function; y' = Φ(x) + x·φ(x).
    /// Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016; the exact form, not the tanh approximation.
    Gelu,
    /// y = x·σ(x); y' = σ(x)·(1 + x·(1 − σ(x))). Also called swish.
    Silu,
    /// y = x where x > 0, else α·(e^x − 1); y' likewise 1 or y + α.
    Elu { alpha: f64 },
}

/// Φ(x) = (1 + erf(x/√2))/2.
fn normal_cumulative<T: Scalar>(x: T) -> T {
    let half = T::from_f64(0.5);
    half * (T::one() + (x * T::from_f64(std::f64::consts::FRAC_1_SQRT_2)).erf())
}

/// φ(x) = e^(−x²/2)/√(2π).
fn normal_density<T: Scalar>(x: T) -> T {
    let one_over_sqrt_2pi = 0.398_942_280_401_432_7;
    (-x * x * T::from_f64(0.5)).exp() * T::from_f64(one_over_sqrt_2pi)
}

impl Activation {
    /// Writes y for each x.
    pub fn forward<T: Scalar>(self, input: ArrayView2<T>, output: ArrayViewMut2<T>) {
        fn map<T: Scalar>(input: ArrayView2<T>, output: ArrayViewMut2<T>, f: impl Fn(T) -> T) {
            Zip::from(output).and(input).for_each(|y, &x| *y = f(x));
        }
        match self {
            Activation::Relu => map(input, output, |x| T::zero().maximum(x)),
            Activation::LeakyRelu { slope } => {
                let slope = T::from_f64(slope);
                map(input, output, |x| if x > T::zero() { x } else { slope * x });
            }
            Activation::Sigmoid => map(input, output, T::sigmoid),
            Activation::Tanh => map(input, output, T::tanh),
            Activation::Gelu => map(input, output, |x| x * normal_cumulative(x)),
            Activation::Silu => map(input, output, |x| x * x.sigmoid()),
            Activation::Elu { alpha } => {
                let alpha = T::from_f64(alpha);
                map(input, output, |x| if x > T::zero() { x } else { alpha * x.exp_m1() });
            }
        }
    }

    /// Writes ∂L/∂x = ∂L/∂y·y'.
    pub fn backward<T: Scalar>(self, pass: Backward<T>) {
        match self {
            Activation::Relu => chain(pass, |_, y| if y > T::zero() { T::one() } else { T::zero() }),
            Activation::LeakyRelu { slope } => {
                let slope = T::from_f64(slope);
                chain(pass, |x, _| if x > T::zero() { T::one() } else { slope });
            }
            Activation::Sigmoid => chain(pass, |_, y| y * (T::one() - y)),
            Activation::Tanh => chain(pass, |_, y| T::one() - y * y),
            Activation::Gelu => chain(pass, |x, _| normal_cumulative(x) + x * normal_density(x)),
            Activation::Silu => chain(pass, |x, _| {
                let s = x.sigmoid();
                s * (T::one() + x * (T::one() - s))
            }),
            Activation::Elu { alpha } => {
                let alpha = T::from_f64(alpha);
                chain(pass, |x, y| if x > T::zero() { T::one() } else { y + alpha });
            }
        }
    }
}

/// The chain rule, number by number, with `derivative(x, y)` the activation's y'. A saturated sigmoid's is some 1e-30:
/// flushed, it leaves no denormal numbers to compute with.
fn chain<T: Scalar>(pass: Backward<T>, derivative: impl Fn(T, T) -> T) {
    let Some(input_gradient) = pass.input_gradient else { return };
    Zip::from(input_gradient)
        .and(pass.output_gradient)
        .and(pass.input)
        .and(pass.output)
        .for_each(|dx, &dy, &x, &y| *dx = (dy * derivative(x, y)).flush());
}

/// An activation function as a layer.
pub struct ActivationLayer {
    pub activation: Activation,
    pub shape: Shape,
}

impl<T: Scalar> Layer<T> for ActivationLayer {
    fn output_shape(&self) -> Shape {
        self.shape
    }

    fn forward(&self, input: ArrayView2<T>, output: ArrayViewMut2<T>, _scratch: &mut Vec<T>) {
        self.activation.forward(input, output);
    }

    fn backward(&mut self, pass: Backward<T>, _scratch: &mut Vec<T>) {
        self.activation.backward(pass);
    }
}
