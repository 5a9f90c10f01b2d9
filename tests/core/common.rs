//! A small data set that a network can learn in no time.

use hellonn::data::Dataset;
use hellonn::nn::LayerSpec;
use hellonn::random::{Stream, stream};
use hellonn::train::{DataShape, EpochReport, Plan, Recipe, Status, Trainer, preset};
use rand::RngExt;

pub const SIDE: usize = 6;
pub const N_CLASSES: usize = 3;

/// `n` noisy images of 6 × 6, each with one bright band that says its class; two thirds of the pixels are 0.
pub fn bands(n: usize, seed: u32) -> Dataset {
    let mut random = stream(seed, Stream::Augmentation);
    let mut pixels = Vec::new();
    let mut labels = Vec::new();
    for image_idx in 0..n {
        let class = image_idx % N_CLASSES;
        for position in 0..SIDE * SIDE {
            let is_band = position / SIDE / 2 == class;
            let noise = random.random_range(0..90u8);
            pixels.push(if is_band {
                255 - noise
            } else if noise < 86 {
                0
            } else {
                noise
            });
        }
        labels.push(class as u8);
    }
    Dataset::new(pixels, labels, SIDE, SIDE, N_CLASSES).expect("the images are sound")
}

/// A small recipe for `bands`.
pub fn recipe() -> Recipe {
    let layers =
        vec![LayerSpec::Dense { units: 8, bias: true }, LayerSpec::Relu {}, LayerSpec::Dense { units: 3, bias: true }];
    Recipe {
        layers,
        batch_size: 10,
        epochs: 3,
        validation_images: 0,
        seed: Some(7),
        ..preset("Better answer", DataShape { n_classes: N_CLASSES, ..DataShape::MNIST })
            .expect("there is such a preset")
    }
}

pub fn trainer(recipe: Recipe, data: &Dataset) -> Trainer {
    Trainer::new(Plan::new(recipe, data.into()).expect("the recipe fits"), data)
}

/// Trains to the end; every epoch's figures, and how it ended.
pub fn run(trainer: &mut Trainer, data: &Dataset) -> (Vec<EpochReport>, Status) {
    let mut epochs = Vec::new();
    loop {
        let report = trainer.step(data);
        epochs.extend(report.epoch_end);
        if matches!(report.status, Status::Finished | Status::Diverged) {
            return (epochs, report.status);
        }
    }
}
