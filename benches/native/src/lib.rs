//! What the runner and the steps measured with criterion share.

use std::error::Error;
use std::fs;
use std::path::Path;

use hellonn::data::{Datasets, NamedFile, read_files};
use hellonn::train::{EpochReport, Plan, Recipe, Status, Trainer};
use serde_json::Value;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// MNIST with the first `n_images` of its training images.
pub fn read_mnist(folder: &Path, n_images: usize) -> Result<Datasets> {
    let read = |name: &str| fs::read(folder.join(name)).map_err(|error| format!("{name}: {error}"));
    // The number of images is the header's second word.
    let first = |mut bytes: Vec<u8>, header: usize, item: usize| {
        bytes.truncate(header + n_images * item);
        bytes[4..8].copy_from_slice(&(n_images as u32).to_be_bytes());
        bytes
    };
    let files = [
        ("train-images", first(read("train-images-idx3-ubyte")?, 16, 784)),
        ("train-labels", first(read("train-labels-idx1-ubyte")?, 8, 1)),
        ("t10k-images", read("t10k-images-idx3-ubyte")?),
        ("t10k-labels", read("t10k-labels-idx1-ubyte")?),
    ];
    Ok(read_files(files.map(|(name, bytes)| NamedFile { name: name.into(), bytes }).into())?)
}

/// An untrained network, always the same.
pub fn trainer(recipe: &Value, data: &Datasets) -> Result<Trainer> {
    let mut recipe: Recipe = serde_json::from_value(recipe.clone())?;
    recipe.seed = Some(1);
    Ok(Trainer::new(Plan::new(recipe, (&data.training).into())?, &data.training))
}

/// Steps to the end of the epoch.
pub fn epoch(trainer: &mut Trainer, data: &Datasets) -> Result<EpochReport> {
    loop {
        let report = trainer.step(&data.training);
        match report.epoch_end {
            Some(epoch) => return Ok(epoch),
            None if report.status == Status::Diverged => return Err("the training diverged".into()),
            None => {}
        }
    }
}
