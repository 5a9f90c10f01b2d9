//! The recipes to start from: the networks of the exercise that HelloNN brings to life, and better ones.

use super::{DataShape, OptimizerSpec, Recipe, Schedule};
use crate::data::{Augmentation, Elastic};
use crate::nn::{LayerSpec, Loss, Start};

/// The presets, in the order a lesson would take them.
pub const PRESET_NAMES: [&str; 6] =
    ["By hand", "PyTorch twin", "Network wars", "Better answer", "Best dense", "Convolutional"];

fn dense(units: usize) -> LayerSpec {
    LayerSpec::Dense { units, bias: true }
}

/// A smaller image than two convolutions and poolings leave something of gets a border, and one still smaller is not
/// pooled.
fn convolutions(data: DataShape) -> Vec<LayerSpec> {
    let side = data.rows.min(data.cols);
    let padding = if side < 16 { 2 } else { 0 };
    let convolution = |channels| LayerSpec::Conv2d { channels, kernel: 5, stride: 1, padding, bias: true };
    let mut layers = Vec::new();
    for channels in [16, 32] {
        layers.extend([convolution(channels), LayerSpec::Relu {}]);
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

/// The preset of this name for a training set, or none if there is none. A smaller set than MNIST gives fewer images
/// to validation and to a batch.
pub fn preset(name: &str, data: DataShape) -> Option<Recipe> {
    let mut recipe = for_many_images(name, data)?;
    recipe.validation_images = recipe.validation_images.min(data.n_images / 12);
    recipe.batch_size = recipe.batch_size.min((data.n_images - recipe.validation_images).max(1));
    Some(recipe)
}

/// The preset as it is for a training set of MNIST's size.
#[expect(clippy::too_many_lines, reason = "a table, which is to become one of differences")]
fn for_many_images(name: &str, data: DataShape) -> Option<Recipe> {
    let n_classes = data.n_classes;
    let exercise =
        || vec![dense(128), LayerSpec::Relu {}, dense(64), LayerSpec::Sigmoid {}, dense(n_classes), LayerSpec::Tanh {}];
    // What the presets share; each sets the rest.
    let plain = Recipe {
        layers: Vec::new(),
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
    };
    let leaky = LayerSpec::LeakyRelu { slope: 0.1 };
    Some(match name {
        // The network as first written with NumPy. Its N(0, 1) weights saturate it: it stays near chance.
        "By hand" => Recipe {
            layers: exercise(),
            start: Start::StandardNormal,
            loss: Loss::Mse {},
            optimizer: OptimizerSpec::SGD,
            learning_rate: 0.01,
            batch_size: 1,
            epochs: 20,
            shuffle: false,
            ..plain
        },
        // The same network as PyTorch would start and train it.
        "PyTorch twin" => Recipe {
            layers: exercise(),
            start: Start::Pytorch,
            loss: Loss::Mse {},
            optimizer: OptimizerSpec::adam(),
            learning_rate: 0.01,
            batch_size: 64,
            epochs: 20,
            shuffle: true,
            ..plain
        },
        // The exercise says learning rate 0.05 and decay 1e-4; its gradient was divided by the ten classes, which
        // makes the step it really took 0.005 with a decay of 1e-3.
        "Network wars" => Recipe {
            layers: vec![dense(256), leaky, dense(128), leaky, dense(64), leaky, dense(n_classes)],
            start: Start::HeNormal,
            loss: Loss::cross_entropy(),
            optimizer: OptimizerSpec::SGD,
            learning_rate: 0.005,
            weight_decay: 1e-3,
            batch_size: 1,
            epochs: 25,
            shuffle: false,
            ..plain
        },
        "Better answer" => Recipe {
            layers: vec![dense(128), LayerSpec::Relu {}, dense(64), LayerSpec::Relu {}, dense(n_classes)],
            start: Start::HeNormal,
            loss: Loss::cross_entropy(),
            optimizer: OptimizerSpec::adam(),
            learning_rate: 0.001,
            batch_size: 64,
            epochs: 5,
            shuffle: true,
            validation_images: 5_000,
            ..plain
        },
        // As far as dense layers go: varied images in place of more of them.
        "Best dense" => Recipe {
            layers: vec![dense(512), LayerSpec::Relu {}, dense(256), LayerSpec::Relu {}, dense(n_classes)],
            optimizer: OptimizerSpec::adam(),
            learning_rate: 0.003,
            schedule: Schedule::OneCycle { rise: 0.3 },
            epochs: 30,
            augmentation: handwriting(),
            ..plain
        },
        // A window that slides finds its pattern wherever it is: further shifts, gentler bends.
        "Convolutional" => Recipe {
            layers: [convolutions(data), vec![dense(128), LayerSpec::Relu {}, dense(n_classes)]].concat(),
            optimizer: OptimizerSpec::adam_w(),
            weight_decay: 0.03,
            learning_rate: 0.003,
            schedule: Schedule::OneCycle { rise: 0.3 },
            epochs: 22,
            augmentation: Augmentation {
                shift: 2.0,
                shear: 5.0,
                elastic: Elastic { strength: 0.6, smoothness: 4.0 },
                ..handwriting()
            },
            ..plain
        },
        _ => return None,
    })
}
