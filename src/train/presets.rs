//! The recipes to start from: the networks of the exercise that HelloNN brings to life, and better ones.

use serde::Serialize;

use super::{DataShape, OptimizerSpec, Recipe, Schedule};
use crate::data::{Augmentation, Elastic};
use crate::error::FieldError;
use crate::nn::{LayerSpec, Loss, Start};
use crate::words::shortened;

/// A recipe to start from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Preset {
    pub name: &'static str,
    /// What it is, in a sentence or two.
    pub note: &'static str,
    /// Without a seed: every run gets one of its own.
    pub recipe: Recipe,
}

/// The presets for a training set, in the order a lesson would take them.
pub fn presets(data: DataShape) -> Vec<Preset> {
    let preset = |name, note, recipe| Preset { name, note, recipe: with_images_left(recipe, data) };
    vec![
        preset("By hand", "The NumPy exercise. Weights from N(0, 1) saturate it: it stays near chance.", by_hand(data)),
        preset(
            "PyTorch twin",
            "The layers of By hand, started and trained PyTorch’s way: now they learn.",
            pytorch_twin(data),
        ),
        preset("Network wars", "Deeper and leaky, with cross-entropy, one image at a time.", network_wars(data)),
        preset("Better answer", "What a practitioner tries first: ReLU, cross-entropy, Adam.", better_answer(data)),
        preset(
            "Best dense",
            "As far as dense layers go: images varied anew, the rate up and down once.",
            best_dense(data),
        ),
        preset("Convolutional", "Looks for the same small patterns all over the image.", convolutional(data)),
    ]
}

/// The recipe of the preset of this name.
pub fn preset(name: &str, data: DataShape) -> Result<Recipe, FieldError> {
    let mut presets = presets(data);
    match presets.iter().position(|preset| preset.name == name) {
        Some(preset_idx) => Ok(presets.swap_remove(preset_idx).recipe),
        None => {
            let names: Vec<_> = presets.iter().map(|preset| preset.name).collect();
            Err(FieldError::new("preset", format!("expected one of {}, found {:?}", names.join(", "), shortened(name))))
        }
    }
}

/// A smaller training set than MNIST's gives fewer images to validation and to a batch.
fn with_images_left(recipe: Recipe, data: DataShape) -> Recipe {
    let validation_images = recipe.validation_images.min(data.n_images / 12);
    let batch_size = recipe.batch_size.min((data.n_images - validation_images).max(1));
    Recipe { validation_images, batch_size, ..recipe }
}

const RELU: LayerSpec = LayerSpec::Relu {};
const LEAKY: LayerSpec = LayerSpec::LeakyRelu { slope: 0.1 };

fn dense(units: usize) -> LayerSpec {
    LayerSpec::Dense { units, bias: true }
}

/// What the presets share; each writes only in what it differs.
fn with_layers(layers: Vec<LayerSpec>) -> Recipe {
    Recipe {
        layers,
        start: Start::HeNormal,
        loss: Loss::cross_entropy(),
        optimizer: OptimizerSpec::SGD,
        learning_rate: 0.01,
        schedule: Schedule::default(),
        weight_decay: 0.0,
        l1: 0.0,
        clip_norm: None,
        batch_size: 64,
        epochs: 20,
        shuffle: true,
        augmentation: Augmentation::default(),
        validation_images: 0,
        early_stopping: None,
        seed: None,
    }
}

fn exercise(data: DataShape) -> Recipe {
    let layers = [dense(128), RELU, dense(64), LayerSpec::Sigmoid {}, dense(data.n_classes), LayerSpec::Tanh {}];
    Recipe { loss: Loss::Mse {}, ..with_layers(layers.into()) }
}

/// The network as first written with NumPy. Its N(0, 1) weights saturate it: it stays near chance.
fn by_hand(data: DataShape) -> Recipe {
    Recipe { start: Start::StandardNormal, batch_size: 1, shuffle: false, ..exercise(data) }
}

/// The same network as PyTorch would start and train it.
fn pytorch_twin(data: DataShape) -> Recipe {
    Recipe { start: Start::Pytorch, optimizer: OptimizerSpec::adam(), ..exercise(data) }
}

/// The exercise says learning rate 0.05 and decay 1e-4; its gradient was divided by the ten classes, which makes the
/// step it really took 0.005 with a decay of 1e-3.
fn network_wars(data: DataShape) -> Recipe {
    let layers = [dense(256), LEAKY, dense(128), LEAKY, dense(64), LEAKY, dense(data.n_classes)];
    Recipe {
        learning_rate: 0.005,
        weight_decay: 1e-3,
        batch_size: 1,
        epochs: 25,
        shuffle: false,
        ..with_layers(layers.into())
    }
}

fn better_answer(data: DataShape) -> Recipe {
    Recipe {
        optimizer: OptimizerSpec::adam(),
        learning_rate: 0.001,
        epochs: 5,
        validation_images: 5_000,
        ..with_layers(vec![dense(128), RELU, dense(64), RELU, dense(data.n_classes)])
    }
}

/// As far as dense layers go: varied images in place of more of them.
fn best_dense(data: DataShape) -> Recipe {
    Recipe {
        optimizer: OptimizerSpec::adam(),
        learning_rate: 0.003,
        schedule: Schedule::one_cycle(),
        epochs: 30,
        augmentation: handwriting(),
        ..with_layers(vec![dense(512), RELU, dense(256), RELU, dense(data.n_classes)])
    }
}

fn convolutional(data: DataShape) -> Recipe {
    // A window that slides finds its pattern wherever it is: further shifts, gentler bends.
    let augmentation = Augmentation {
        shift: 2.0,
        shear: 5.0,
        elastic: Elastic { strength: 0.6, ..handwriting().elastic },
        ..handwriting()
    };
    Recipe {
        optimizer: OptimizerSpec::adam_w(),
        learning_rate: 0.003,
        schedule: Schedule::one_cycle(),
        weight_decay: 0.03,
        epochs: 22,
        augmentation,
        ..with_layers([convolutions(data), vec![dense(128), RELU, dense(data.n_classes)]].concat())
    }
}

/// A smaller image than two convolutions and poolings leave something of gets a border, and one still smaller is not
/// pooled.
fn convolutions(data: DataShape) -> Vec<LayerSpec> {
    let side = data.rows.min(data.cols);
    let padding = if side < 16 { 2 } else { 0 };
    let convolution = |channels| LayerSpec::Conv2d { channels, kernel: 5, stride: 1, padding, bias: true };
    let mut layers = Vec::new();
    for channels in [16, 32] {
        layers.extend([convolution(channels), RELU]);
        if side >= 4 {
            layers.push(LayerSpec::MaxPool2d { kernel: 2, stride: None });
        }
    }
    layers
}

/// How handwriting varies from hand to hand.
fn handwriting() -> Augmentation {
    Augmentation {
        shift: 1.0,
        rotation: 10.0,
        scale: 0.1,
        shear: 10.0,
        elastic: Elastic { strength: 1.0, smoothness: 4.0 },
        ..Augmentation::default()
    }
}
