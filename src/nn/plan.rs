//! From layers as plain data to layers that fit one another: checked once, nothing allocated yet.

use serde::Serialize;

use super::layers::{Activation, ActivationLayer, AvgPool2d, BatchNorm, Conv2d, Dense, Dropout, Flatten, MaxPool2d};
use super::{Layer, LayerSpec, Network, Scalar, Shape, Start, Window};
use crate::error::{FieldError, at_least, at_most, between, positive};
use crate::random::Random;

/// More units in a row than this is a slip of the finger.
const MAX_UNITS: usize = 1 << 16;
/// The same for channels.
const MAX_CHANNELS: usize = 1 << 12;
/// The same for layers.
const MAX_LAYERS: usize = 256;

/// A layer checked against the shape that reaches it.
#[derive(Clone, Copy, Debug)]
pub struct LayerPlan {
    pub spec: LayerSpec,
    pub input: Shape,
    pub output: Shape,
    form: Form,
}

/// What the layer will be, with everything that its input decides.
#[derive(Clone, Copy, Debug)]
enum Form {
    Dense { units: usize, bias: bool },
    Conv2d { window: Window, channels: usize, bias: bool },
    MaxPool2d(Window),
    AvgPool2d(Window),
    Flatten,
    Dropout { rate: f64 },
    BatchNorm,
    Activation(Activation),
}

impl Form {
    /// Checks a layer's settings against the shape that reaches it.
    fn new(spec: LayerSpec, input: Shape) -> Result<Self, FieldError> {
        let share = || at_least(0.0).and_below(1.0);
        Ok(match spec {
            LayerSpec::Dense { units, bias } => {
                between(1, MAX_UNITS).check("units", units)?;
                Form::Dense { units, bias }
            }
            LayerSpec::Conv2d { channels, kernel, stride, padding, bias } => {
                between(1, MAX_CHANNELS).check("channels", channels)?;
                let window = Window::new("Conv2d", input, kernel, stride, padding)?;
                window.check_size(channels)?;
                Form::Conv2d { window, channels, bias }
            }
            LayerSpec::MaxPool2d { kernel, stride } => {
                Form::MaxPool2d(Window::new("MaxPool2d", input, kernel, stride.unwrap_or(kernel), 0)?)
            }
            LayerSpec::AvgPool2d { kernel, stride } => {
                Form::AvgPool2d(Window::new("AvgPool2d", input, kernel, stride.unwrap_or(kernel), 0)?)
            }
            LayerSpec::Flatten {} => Form::Flatten,
            LayerSpec::Dropout { rate } => {
                share().check("rate", rate)?;
                Form::Dropout { rate }
            }
            LayerSpec::BatchNorm {} => Form::BatchNorm,
            LayerSpec::Relu {} => Form::Activation(Activation::Relu),
            LayerSpec::LeakyRelu { slope } => {
                share().check("slope", slope)?;
                Form::Activation(Activation::LeakyRelu { slope })
            }
            LayerSpec::Sigmoid {} => Form::Activation(Activation::Sigmoid),
            LayerSpec::Tanh {} => Form::Activation(Activation::Tanh),
            LayerSpec::Gelu {} => Form::Activation(Activation::Gelu),
            LayerSpec::Silu {} => Form::Activation(Activation::Silu),
            LayerSpec::Elu { alpha } => {
                positive().and_at_most(100.0).check("alpha", alpha)?;
                Form::Activation(Activation::Elu { alpha })
            }
        })
    }

    /// The shape that the layer makes of its input's.
    fn output(self, input: Shape) -> Shape {
        match self {
            Form::Dense { units, .. } => Shape::Flat(units),
            Form::Conv2d { window, channels, .. } => window.output(channels),
            Form::MaxPool2d(window) | Form::AvgPool2d(window) => window.output(window.channels),
            Form::Flatten => Shape::Flat(input.len()),
            Form::Dropout { .. } | Form::BatchNorm | Form::Activation(_) => input,
        }
    }
}

impl LayerPlan {
    /// Checks a layer against the shape that reaches it.
    pub fn new(spec: LayerSpec, input: Shape) -> Result<Self, FieldError> {
        let form = Form::new(spec, input)?;
        Ok(Self { spec, input, output: form.output(input), form })
    }

    /// How many numbers the layer learns.
    pub fn n_parameters(&self) -> u64 {
        match self.form {
            Form::Dense { units, bias } => Dense::<f32>::n_parameters(self.input.len(), units, bias),
            Form::Conv2d { window, channels, bias } => Conv2d::<f32>::n_parameters(&window, channels, bias),
            Form::BatchNorm => BatchNorm::<f32>::n_parameters(self.input),
            Form::MaxPool2d(_) | Form::AvgPool2d(_) | Form::Flatten | Form::Dropout { .. } | Form::Activation(_) => 0,
        }
    }

    /// Multiplications, each with its addition, that the layer's weights take part in for one sample's answer.
    pub fn n_multiply_adds(&self) -> u64 {
        match self.form {
            Form::Dense { units, .. } => self.input.len() as u64 * units as u64,
            Form::Conv2d { window, .. } => window.n_seen() as u64 * self.output.len() as u64,
            Form::BatchNorm => self.input.len() as u64,
            Form::MaxPool2d(_) | Form::AvgPool2d(_) | Form::Flatten | Form::Dropout { .. } | Form::Activation(_) => 0,
        }
    }

    /// Multiplications and additions, as one each, that one sample's forward and backward pass need; other steps
    /// count as the multiplications that take as long.
    pub fn n_operations(&self) -> u64 {
        let (n_inputs, n_outputs) = (self.input.len() as u64, self.output.len() as u64);
        match self.form {
            // A product forward, two backward.
            Form::Dense { .. } => 6 * n_inputs * n_outputs,
            Form::Conv2d { window, .. } => 6 * window.n_seen() as u64 * n_outputs,
            Form::MaxPool2d(window) | Form::AvgPool2d(window) => {
                4 * (window.kernel * window.kernel) as u64 * n_outputs + 2 * n_inputs
            }
            Form::Flatten => 2 * n_inputs,
            // Mostly the generator.
            Form::Dropout { .. } => 20 * n_inputs,
            Form::BatchNorm => 20 * n_inputs,
            Form::Activation(Activation::Relu | Activation::LeakyRelu { .. }) => 4 * n_inputs,
            // Exponentials.
            Form::Activation(
                Activation::Sigmoid | Activation::Tanh | Activation::Gelu | Activation::Silu | Activation::Elu { .. },
            ) => 100 * n_inputs,
        }
    }

    /// Whether training depends on the batch as a whole, so that it cannot be taken in pieces.
    pub fn needs_whole_batch(&self) -> bool {
        match self.form {
            Form::BatchNorm => true,
            Form::Dense { .. }
            | Form::Conv2d { .. }
            | Form::MaxPool2d(_)
            | Form::AvgPool2d(_)
            | Form::Flatten
            | Form::Dropout { .. }
            | Form::Activation(_) => false,
        }
    }

    /// The layer itself, with parameters drawn from `start`.
    pub fn build<T: Scalar>(&self, start: Start, random: &mut Random) -> Box<dyn Layer<T>> {
        match self.form {
            Form::Dense { units, bias } => Box::new(Dense::new(self.input.len(), units, bias, start, random)),
            Form::Conv2d { window, channels, bias } => Box::new(Conv2d::new(window, channels, bias, start, random)),
            Form::MaxPool2d(window) => Box::new(MaxPool2d::new(window)),
            Form::AvgPool2d(window) => Box::new(AvgPool2d::new(window)),
            Form::Flatten => Box::new(Flatten { n: self.input.len() }),
            Form::Dropout { rate } => Box::new(Dropout::new(rate, self.input)),
            Form::BatchNorm => Box::new(BatchNorm::new(self.input)),
            Form::Activation(activation) => Box::new(ActivationLayer { activation, shape: self.input }),
        }
    }
}

/// A list of layers, each checked against what the one before it makes.
#[derive(Clone, Debug)]
pub struct NetworkPlan {
    pub input: Shape,
    pub layers: Vec<LayerPlan>,
}

/// Layers that do not fit one another, as far as the first that is at fault.
#[derive(Clone, Debug)]
pub struct Misfit {
    /// The plan of the layers before it.
    pub fitting: NetworkPlan,
    /// Its place in the list of layers, from 0.
    pub place: usize,
    pub error: FieldError,
}

/// What a person wants to know of a layer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LayerSummary {
    pub name: String,
    pub output_shape: Vec<usize>,
    pub n_parameters: u64,
}

impl NetworkPlan {
    /// Checks each layer against what reaches it.
    pub fn new(input: Shape, specs: &[LayerSpec]) -> Result<Self, Misfit> {
        let limit = at_most(MAX_LAYERS).followed_by(" layers");
        let mut plan = Self { input, layers: Vec::with_capacity(specs.len().min(MAX_LAYERS)) };
        for (place, &spec) in specs.iter().enumerate() {
            let within_limit = if place < MAX_LAYERS { Ok(()) } else { limit.check("", specs.len()) };
            match within_limit.and_then(|()| LayerPlan::new(spec, plan.output())) {
                Ok(layer) => plan.layers.push(layer),
                Err(error) => return Err(Misfit { fitting: plan, place, error }),
            }
        }
        Ok(plan)
    }

    pub fn output(&self) -> Shape {
        self.layers.last().map_or(self.input, |layer| layer.output)
    }

    pub fn n_parameters(&self) -> u64 {
        self.layers.iter().map(LayerPlan::n_parameters).sum()
    }

    /// Multiplications, each with its addition, that the weights take part in for one sample's answer.
    pub fn n_multiply_adds(&self) -> u64 {
        self.layers.iter().map(LayerPlan::n_multiply_adds).sum()
    }

    /// Multiplications and additions that training needs for one sample.
    pub fn n_operations(&self) -> u64 {
        self.layers.iter().map(LayerPlan::n_operations).sum()
    }

    /// Numbers that one sample's activations take.
    pub fn n_activations(&self) -> usize {
        self.layers.iter().fold(self.input.len(), |sum, layer| sum.saturating_add(layer.output.len()))
    }

    /// Whether training depends on each batch as a whole, so that none can be taken in pieces.
    pub fn needs_whole_batch(&self) -> bool {
        self.layers.iter().any(LayerPlan::needs_whole_batch)
    }

    pub fn summaries(&self) -> Vec<LayerSummary> {
        let summary = |layer: &LayerPlan| LayerSummary {
            name: layer.spec.name(),
            output_shape: layer.output.dimensions(),
            n_parameters: layer.n_parameters(),
        };
        self.layers.iter().map(summary).collect()
    }

    /// The network, each layer at its place, with its parameters drawn from `start`.
    pub fn build<T: Scalar>(&self, start: Start, random: &mut Random) -> Network<T> {
        Network::new(self.input, self.layers.iter().map(|layer| layer.build(start, random)).collect())
    }
}
