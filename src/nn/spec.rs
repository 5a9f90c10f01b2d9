//! Layers as plain data, and what each becomes for a given input.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Activation, ActivationLayer, Dense, Layer, Scalar, Shape, Start};
use crate::random::Random;

/// One layer of a recipe.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum LayerSpec {
    /// y = x·W + b with `units` outputs.
    Dense {
        units: usize,
        #[serde(default = "yes")]
        bias: bool,
    },
    Relu {},
    LeakyRelu {
        slope: f64,
    },
    Sigmoid {},
    Tanh {},
}

fn yes() -> bool {
    true
}

/// What is wrong with one layer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct LayerError {
    /// The field at fault, or none for the layer as a whole.
    pub field: Option<&'static str>,
    pub message: String,
}

impl LayerError {
    fn new(field: &'static str, message: impl Into<String>) -> Self {
        Self { field: Some(field), message: message.into() }
    }
}

/// More units in a row than this is a slip of the finger.
const MAX_UNITS: usize = 1 << 16;

impl LayerSpec {
    /// What the layer is called, with its settings: "Dense 128", "LeakyReLU 0.1".
    pub fn name(self) -> String {
        match self {
            LayerSpec::Dense { units, bias: true } => format!("Dense {units}"),
            LayerSpec::Dense { units, bias: false } => format!("Dense {units}, no bias"),
            LayerSpec::Relu {} => "ReLU".into(),
            LayerSpec::LeakyRelu { slope } => format!("LeakyReLU {slope}"),
            LayerSpec::Sigmoid {} => "Sigmoid".into(),
            LayerSpec::Tanh {} => "tanh".into(),
        }
    }

    /// The shape the layer makes of `input`, or why it cannot.
    pub fn output_shape(self, input: Shape) -> Result<Shape, LayerError> {
        match self {
            LayerSpec::Dense { units, .. } => {
                if !(1..=MAX_UNITS).contains(&units) {
                    return Err(LayerError::new("units", format!("expected 1 to {MAX_UNITS} units, found {units}")));
                }
                Ok(Shape::Flat(units))
            }
            LayerSpec::LeakyRelu { slope } if !(0.0..1.0).contains(&slope) => {
                Err(LayerError::new("slope", format!("expected a slope of at least 0 and below 1, found {slope}")))
            }
            LayerSpec::LeakyRelu { .. } | LayerSpec::Relu {} | LayerSpec::Sigmoid {} | LayerSpec::Tanh {} => Ok(input),
        }
    }

    /// How many numbers the layer learns.
    pub fn n_parameters(self, input: Shape) -> u64 {
        match self {
            LayerSpec::Dense { units, bias } => Dense::<f32>::n_parameters(input.len(), units, bias),
            _ => 0,
        }
    }

    /// Multiplications and additions, as one each, that one sample's forward and backward pass need.
    pub fn n_operations(self, input: Shape) -> u64 {
        match self {
            LayerSpec::Dense { units, .. } => 6 * input.len() as u64 * units as u64,
            _ => 4 * input.len() as u64,
        }
    }

    /// The layer itself, with parameters drawn from `start`. Call it only where `output_shape` found no fault.
    pub fn build<T: Scalar>(self, input: Shape, start: Start, random: &mut Random) -> Box<dyn Layer<T>> {
        let activation = |activation| Box::new(ActivationLayer { activation, shape: input });
        match self {
            LayerSpec::Dense { units, bias } => Box::new(Dense::new(input.len(), units, bias, start, random)),
            LayerSpec::Relu {} => activation(Activation::Relu),
            LayerSpec::LeakyRelu { slope } => activation(Activation::LeakyRelu { slope }),
            LayerSpec::Sigmoid {} => activation(Activation::Sigmoid),
            LayerSpec::Tanh {} => activation(Activation::Tanh),
        }
    }
}
