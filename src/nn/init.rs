//! How parameters start.

use ndarray::Array2;
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use super::Scalar;
use crate::random::Random;

/// The distribution that a network's parameters are drawn from before training. Except where it says otherwise,
/// biases start at 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Start {
    /// U(±1/√fan-in) for weights and biases: what PyTorch's `Linear` and `Conv2d` start with.
    Pytorch,
    /// U(±√(6/(fan-in + fan-out))). Glorot and Bengio, "Understanding the difficulty of training deep feedforward
    /// neural networks", 2010.
    XavierUniform,
    /// N(0, 2/(fan-in + fan-out)), by its variance.
    XavierNormal,
    /// U(±√(6/fan-in)). He et al., "Delving deep into rectifiers", 2015.
    HeUniform,
    /// N(0, 2/fan-in).
    #[default]
    HeNormal,
    /// N(0, 1/fan-in). LeCun et al., "Efficient BackProp", 1998.
    LecunNormal,
    /// N(0, 1) for weights and biases: a common first try, which saturates sigmoid and tanh.
    StandardNormal,
    /// 0.01·N(0, 1).
    SmallNormal,
    /// All 0: every unit of a layer then learns the same thing, which is why nobody does it.
    Zeros,
}

/// One of the two families of distributions, with its scale.
enum Spread {
    Uniform { bound: f64 },
    Normal { standard_deviation: f64 },
}

impl Spread {
    fn sample<T: Scalar>(&self, shape: (usize, usize), random: &mut Random) -> Array2<T> {
        Array2::from_shape_simple_fn(shape, || {
            T::from_f64(match *self {
                Spread::Uniform { bound } => (2.0 * random.random::<f64>() - 1.0) * bound,
                Spread::Normal { standard_deviation } => {
                    let z: f64 = StandardNormal.sample(random);
                    z * standard_deviation
                }
            })
        })
    }
}

impl Start {
    fn weight_spread(self, fan_in: f64, fan_out: f64) -> Spread {
        match self {
            Start::Pytorch => Spread::Uniform { bound: 1.0 / fan_in.sqrt() },
            Start::XavierUniform => Spread::Uniform { bound: (6.0 / (fan_in + fan_out)).sqrt() },
            Start::XavierNormal => Spread::Normal { standard_deviation: (2.0 / (fan_in + fan_out)).sqrt() },
            Start::HeUniform => Spread::Uniform { bound: (6.0 / fan_in).sqrt() },
            Start::HeNormal => Spread::Normal { standard_deviation: (2.0 / fan_in).sqrt() },
            Start::LecunNormal => Spread::Normal { standard_deviation: (1.0 / fan_in).sqrt() },
            Start::StandardNormal => Spread::Normal { standard_deviation: 1.0 },
            Start::SmallNormal => Spread::Normal { standard_deviation: 0.01 },
            Start::Zeros => Spread::Uniform { bound: 0.0 },
        }
    }

    /// A weight of the given shape for units that each see `fan_in` numbers and reach `fan_out`.
    pub fn weight<T: Scalar>(
        self,
        fan_in: usize,
        fan_out: usize,
        shape: (usize, usize),
        random: &mut Random,
    ) -> Array2<T> {
        self.weight_spread(fan_in as f64, fan_out as f64).sample(shape, random)
    }

    /// A bias of shape (1, n) for units that each see `fan_in` numbers.
    pub fn bias<T: Scalar>(self, fan_in: usize, n: usize, random: &mut Random) -> Array2<T> {
        match self {
            Start::Pytorch => Spread::Uniform { bound: 1.0 / (fan_in as f64).sqrt() }.sample((1, n), random),
            Start::StandardNormal => Spread::Normal { standard_deviation: 1.0 }.sample((1, n), random),
            Start::XavierUniform
            | Start::XavierNormal
            | Start::HeUniform
            | Start::HeNormal
            | Start::LecunNormal
            | Start::SmallNormal
            | Start::Zeros => Array2::zeros((1, n)),
        }
    }
}
