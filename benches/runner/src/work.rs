//! The arithmetic that a recipe really needs: a multiplication and an addition count one each.
//!
//! - A first layer needs its lit pixels only: a dense one 2 operations for each of their weights, a convolution 2 for
//!   each pair of a lit pixel and a window that covers it. Both are counted from the data.
//! - Going backward, a layer makes the gradient of its weights and, unless it is the first, of its inputs.
//! - A max-pool hands a gradient to one position of each window: the convolution before it needs that share alone.
//! - Adam needs [`ADAM`] operations a parameter and update. Plain descent by one sample is what the weights' gradient
//!   costs, for both are one multiplication and one addition a weight; its decay can be one factor for all.
//! - Activations, pooling and losses count nothing: they are comparisons and functions, and few.

use serde::Deserialize;

use crate::pixels::{Pixels, SIDE};

/// Two moments (3 and 4), a root, a quotient, ε, η and the difference.
const ADAM: f64 = 12.0;

/// A recipe, as far as its arithmetic depends on it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shape {
    pub layers: Vec<Layer>,
    pub optimizer: Optimizer,
    pub batch_size: usize,
    #[serde(default)]
    weight_decay: f64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Layer {
    Dense { units: usize },
    Conv2d { channels: usize, kernel: usize },
    MaxPool2d { kernel: usize },
    Relu {},
    LeakyRelu {},
    Sigmoid {},
    Tanh {},
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Optimizer {
    Sgd { momentum: f64 },
    Adam {},
}

/// In operations.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Work {
    /// Of an image's way forward.
    pub forward: f64,
    /// Of its way back.
    pub backward: f64,
    /// Of one update of all parameters.
    pub update: f64,
    batch_size: usize,
}

impl Work {
    pub fn of(shape: &Shape, pixels: &Pixels) -> Work {
        let mut work = Work { batch_size: shape.batch_size, ..Work::default() };
        let mut n_parameters = 0.0;
        let (mut channels, mut side) = (1, SIDE);
        let mut is_first = true;
        for (i, &layer) in shape.layers.iter().enumerate() {
            // Of a dense product over all inputs, and over those that can be other than 0.
            let (all, needed, n_outputs, n_biases) = match layer {
                Layer::Dense { units } => {
                    let n_inputs = channels * side * side;
                    let n_needed = if is_first { pixels.n_lit() } else { n_inputs as f64 };
                    (channels, side) = (units, 1);
                    (2 * n_inputs * units, 2.0 * n_needed * units as f64, units, units)
                }
                Layer::Conv2d { channels: n_kernels, kernel } => {
                    let n_positions = (side - kernel + 1).pow(2);
                    let n_products = channels * kernel * kernel * n_positions;
                    let n_needed = if is_first { pixels.n_covered(kernel) } else { n_products as f64 };
                    n_parameters += (n_kernels * (channels * kernel * kernel + 1)) as f64;
                    (channels, side) = (n_kernels, side - kernel + 1);
                    (2 * n_products * n_kernels, 2.0 * n_needed * n_kernels as f64, n_kernels * n_positions, n_kernels)
                }
                Layer::MaxPool2d { kernel } => {
                    side /= kernel;
                    continue;
                }
                Layer::Relu {} | Layer::LeakyRelu {} | Layer::Sigmoid {} | Layer::Tanh {} => continue,
            };
            if let Layer::Dense { .. } = layer {
                n_parameters += all as f64 / 2.0 + n_biases as f64;
            }
            let share = gradient_share(&shape.layers[i + 1..]);
            work.forward += needed + n_outputs as f64;
            work.backward += share * (needed + n_outputs as f64 + if is_first { 0.0 } else { all as f64 });
            is_first = false;
        }
        work.update = n_parameters * operations_a_parameter(shape);
        work
    }

    /// Of an epoch of `n_images`.
    pub fn epoch(&self, n_images: usize) -> f64 {
        let n_updates = n_images.div_ceil(self.batch_size);
        n_images as f64 * (self.forward + self.backward) + n_updates as f64 * self.update
    }

    /// Of evaluating `n_images`.
    pub fn evaluation(&self, n_images: usize) -> f64 {
        n_images as f64 * self.forward
    }
}

fn operations_a_parameter(shape: &Shape) -> f64 {
    let is_decaying = shape.weight_decay != 0.0;
    match shape.optimizer {
        Optimizer::Sgd { momentum: 0.0 } if shape.batch_size == 1 => 0.0,
        Optimizer::Sgd { momentum } => {
            2.0 + if momentum == 0.0 { 0.0 } else { 2.0 } + if is_decaying { 2.0 } else { 0.0 }
        }
        Optimizer::Adam {} => ADAM + if is_decaying { 2.0 } else { 0.0 },
    }
}

/// The share of a layer's outputs that a gradient comes back to, through the layers behind it.
fn gradient_share(behind: &[Layer]) -> f64 {
    behind
        .iter()
        .find_map(|layer| match layer {
            Layer::MaxPool2d { kernel } => Some(1.0 / (kernel * kernel) as f64),
            Layer::Dense { .. } | Layer::Conv2d { .. } => Some(1.0),
            _ => None,
        })
        .unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workloads::Suite;

    const N: usize = 60_000;

    fn shape(recipe: &str) -> Shape {
        let suite: Suite = serde_json::from_str(include_str!("../../workloads.json")).unwrap();
        serde_json::from_value(suite.recipes[recipe].clone()).unwrap()
    }

    fn giga(work: f64) -> f64 {
        (work / 1e8).round() / 10.0
    }

    #[test]
    fn the_twin_over_lit_pixels_needs_nine_billion_operations_an_epoch() {
        let work = Work::of(&shape("twin"), &Pixels::evenly(0.19));
        // By hand: 149 × 128 × 2 × 2, then 128 × 64 and 64 × 10 at 2 × 3 each.
        let products = 148.96 * 512.0 + (8192 + 640) as f64 * 6.0;
        assert!((work.forward + work.backward - products - 2.0 * 202.0).abs() < 1e-6);
        assert_eq!(work.update, 12.0 * 109_386.0);
        assert_eq!(giga(work.epoch(N)), 9.0);
    }

    #[test]
    fn behind_a_max_pool_a_quarter_of_the_way_back_is_needed() {
        let work = Work::of(&shape("convolutional"), &Pixels::evenly(1.0));
        // Products and sums by hand: 24 × 24 windows of 25, 8 × 8 of 200, 256 inputs.
        let [first, second, dense] = [2.0 * 25.0 * 8.0 * 576.0, 2.0 * 200.0 * 16.0 * 64.0, 2.0 * 2560.0];
        let [first_out, second_out, dense_out] = [8.0 * 576.0, 16.0 * 64.0, 10.0];
        assert_eq!(work.forward, first + second + dense + first_out + second_out + dense_out);
        let back = (first + first_out + 2.0 * second + second_out) / 4.0 + 2.0 * dense + dense_out;
        assert_eq!(work.backward, back);
        // Done at every position it would be the 102 billion of doing all of it.
        assert_eq!(((2.0 * first + 3.0 * (second + dense)) * N as f64 / 1e9).round(), 102.0);
    }

    #[test]
    fn the_convolution_where_it_matters_needs_about_40_billion() {
        let work = Work::of(&shape("convolutional"), &Pixels::evenly(0.2)).epoch(N);
        assert!((38e9..44e9).contains(&work), "{work}");
    }

    #[test]
    fn one_sample_at_a_time_an_update_is_its_gradient() {
        let work = Work::of(&shape("by-hand"), &Pixels::evenly(0.19));
        assert_eq!(work.update, 0.0);
        assert_eq!(work.evaluation(2), 2.0 * work.forward);
    }
}
