//! Fusing: what is done otherwise than the recipe writes it, because that is faster and gives the same numbers.
//!
//! A network's layers stay where the recipe has them: a layer's position in the recipe is its *place*. What changes is
//! the [`Order`] in which a batch goes through them. So the same network can be run as it is written and as it is fast.

use super::{LayerSpec, Network, NetworkPlan, Scalar, Shape};

/// The ways to be faster. Each gives what the recipe's own order gives, but for rounding and for the sign of a zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fusion {
    /// Each max-pool goes before the ReLU in front of it. max(0, x) never falls as x grows, so it does not matter
    /// whether the largest number of a window is found before or after; and ReLU sees fewer numbers, a quarter for
    /// windows of 2 × 2.
    pub pool_before_relu: bool,
    /// The first layer is given its input by its non-zero numbers, if it takes them. They are found among the images'
    /// bytes, where that is fastest, rather than among numbers that were made of all bytes first.
    pub sparse_input: bool,
    /// The step of gradient descent is taken on the way back, layer by layer. That needs batches of a single sample, an
    /// optimizer that does no more than such a step, and layers that can do it.
    pub descent: bool,
}

impl Fusion {
    /// Nothing is fused: the network as the recipe writes it.
    pub const NONE: Self = Self { pool_before_relu: false, sparse_input: false, descent: false };

    /// All that pays for training on batches of this size, with an optimizer that is plain gradient descent or is not.
    pub fn for_training(batch_size: usize, is_plain_descent: bool) -> Self {
        Self { pool_before_relu: true, sparse_input: true, descent: batch_size == 1 && is_plain_descent }
    }
}

/// A layer on a batch's way through a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which layer it is: its position in the recipe, from 0.
    pub place: usize,
    /// The shape of one sample that it puts out here. A ReLU behind a max-pool puts out the pool's shape, not the
    /// recipe's.
    pub output: Shape,
}

/// The order in which a batch goes through a network's layers, and back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    input: Shape,
    steps: Vec<Step>,
    fusion: Fusion,
}

impl Order {
    /// The recipe's order.
    pub fn plain<T: Scalar>(network: &Network<T>) -> Self {
        let shapes = network.output_shapes().enumerate();
        Self {
            input: network.input(),
            steps: shapes.map(|(place, output)| Step { place, output }).collect(),
            fusion: Fusion::NONE,
        }
    }

    /// The order that is faster by as much of `fusion` as `network`, which was built from `plan`, is able to. (Layers
    /// are asked for what they can do as ones to be changed; they are not.)
    pub fn fused<T: Scalar>(network: &mut Network<T>, plan: &NetworkPlan, fusion: Fusion) -> Self {
        let mut order = Self::plain(network);
        order.fusion = Fusion {
            sparse_input: fusion.sparse_input && network.takes_sparse_input(),
            descent: fusion.descent && network.can_descend(),
            ..fusion
        };
        if fusion.pool_before_relu {
            order.pool_before_relu(plan);
        }
        order
    }

    fn pool_before_relu(&mut self, plan: &NetworkPlan) {
        for idx in 1..self.steps.len() {
            let (relu, pool) = (self.steps[idx - 1], self.steps[idx]);
            let specs = (plan.layers[relu.place].spec, plan.layers[pool.place].spec);
            if let (LayerSpec::Relu {}, LayerSpec::MaxPool2d { .. }) = specs {
                self.steps[idx - 1] = pool;
                self.steps[idx] = Step { output: pool.output, ..relu };
            }
        }
    }

    /// The shape of one sample that goes in.
    pub fn input(&self) -> Shape {
        self.input
    }

    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// When the layer at this place has its turn.
    pub(super) fn step_idx(&self, place: usize) -> usize {
        self.steps.iter().position(|step| step.place == place).expect("every layer has its turn")
    }

    /// What is fused.
    pub fn fusion(&self) -> Fusion {
        self.fusion
    }
}
