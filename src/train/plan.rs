//! A recipe checked once against the data; nothing behind this point checks it again.

use serde::Deserialize;
use thiserror::Error;

use super::optimizer::SettingError;
use super::{EarlyStopping, Recipe};
use crate::data::Dataset;
use crate::nn::{LayerError, NetworkPlan, Shape};

/// What a recipe needs to know of the training set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct DataShape {
    pub n_images: usize,
    pub rows: usize,
    pub cols: usize,
    pub n_classes: usize,
}

impl DataShape {
    /// MNIST's training set.
    pub const MNIST: Self = Self { n_images: 60_000, rows: 28, cols: 28, n_classes: 10 };
}

impl From<&Dataset> for DataShape {
    fn from(data: &Dataset) -> Self {
        Self { n_images: data.len(), rows: data.rows(), cols: data.cols(), n_classes: data.n_classes() }
    }
}

/// What is wrong with a recipe.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field}: {message}")]
pub struct RecipeError {
    /// The path of the field, such as `layers[2].units`.
    pub field: String,
    pub message: String,
}

/// A recipe that fits the data, with all that follows from it.
#[derive(Clone, Debug)]
pub struct Plan {
    pub recipe: Recipe,
    pub seed: u32,
    pub network: NetworkPlan,
    pub n_training: usize,
    pub n_validation: usize,
    /// The largest piece of a batch that is taken on at once.
    pub chunk_size: usize,
    /// Images after which a step ends, when it can.
    pub step_images: usize,
    /// Images that an evaluation takes on at once.
    pub evaluation_size: usize,
}

/// Four bytes each for value, gradient and two moments make this 256 MiB.
const MAX_PARAMETERS: u64 = 16 << 20;
/// Activations and their gradients of one piece of a batch, in numbers.
const MAX_ACTIVATIONS: usize = 16 << 20;
/// A step does about this many multiplications and additions at the most: some 10 ms on a laptop.
const STEP_OPERATIONS: u64 = 200_000_000;
/// What an optimizer does for each parameter, at the most.
const UPDATE_OPERATIONS: u64 = 16;
const MAX_EPOCHS: usize = 100_000;

impl Plan {
    /// Checks `recipe` against the training set it is meant for.
    pub fn new(recipe: Recipe, data: DataShape) -> Result<Self, RecipeError> {
        let input = Shape::Image { channels: 1, height: data.rows, width: data.cols };
        let network = check_network(&recipe, input, data.n_classes)?;
        check_optimization(&recipe)?;

        let n_validation = recipe.validation_images;
        check(n_validation < data.n_images, "validationImages", || {
            let most = data.n_images - 1;
            format!("expected 0 to {most}, so that some of the {} images are left, found {n_validation}", data.n_images)
        })?;
        let n_training = data.n_images - n_validation;
        let batch_size = recipe.batch_size;
        check(batch_size >= 1, "batchSize", || format!("expected at least 1, found {batch_size}"))?;
        check(batch_size <= n_training, "batchSize", || {
            format!("expected at most the {n_training} training images, found {batch_size}")
        })?;
        let epochs = recipe.epochs;
        check((1..=MAX_EPOCHS).contains(&epochs), "epochs", || format!("expected 1 to {MAX_EPOCHS}, found {epochs}"))?;
        let seed = recipe.seed.ok_or_else(|| RecipeError {
            field: "seed".into(),
            message: format!("expected a whole number from 0 to {}, found none", u32::MAX),
        })?;

        let update_operations = UPDATE_OPERATIONS * network.n_parameters() / batch_size as u64;
        let affordable = STEP_OPERATIONS / (network.n_operations() + update_operations).max(1);
        let affordable = (affordable as usize).clamp(1, (MAX_ACTIVATIONS / network.n_activations()).min(1024));
        let chunk_size = if network.needs_whole_batch() {
            let most = MAX_ACTIVATIONS / network.n_activations();
            check(batch_size <= most, "batchSize", || {
                format!("expected at most {most}, as batch normalisation needs the whole batch, found {batch_size}")
            })?;
            batch_size
        } else {
            even_chunk(batch_size, affordable)
        };
        Ok(Self {
            seed,
            chunk_size,
            step_images: affordable.min(64),
            evaluation_size: affordable.min(256),
            network,
            n_training,
            n_validation,
            recipe,
        })
    }

    /// Mini-batches an epoch; the last may be smaller.
    pub fn batches_per_epoch(&self) -> usize {
        self.n_training.div_ceil(self.recipe.batch_size)
    }
}

/// The size of the fewest pieces, none larger than `most`, that a batch parts into evenly.
fn even_chunk(batch_size: usize, most: usize) -> usize {
    let n_chunks = batch_size.div_ceil(most.max(1));
    batch_size.div_ceil(n_chunks)
}

fn check(holds: bool, field: &str, message: impl FnOnce() -> String) -> Result<(), RecipeError> {
    if holds { Ok(()) } else { Err(RecipeError { field: field.into(), message: message() }) }
}

fn check_network(recipe: &Recipe, input: Shape, n_classes: usize) -> Result<NetworkPlan, RecipeError> {
    check(!recipe.layers.is_empty(), "layers", || "expected at least one layer, found none".into())?;
    let plan =
        NetworkPlan::new(input, &recipe.layers).map_err(|(layer_idx, LayerError { field, message })| RecipeError {
            field: match field {
                Some(field) => format!("layers[{layer_idx}].{field}"),
                None => format!("layers[{layer_idx}]"),
            },
            message,
        })?;
    let last = format!("layers[{}]", recipe.layers.len() - 1);
    check(plan.output().len() == n_classes, &last, || {
        format!("expected {n_classes} outputs, one for each class of the data, found {}", plan.output())
    })?;
    let n_parameters = plan.n_parameters();
    check(n_parameters <= MAX_PARAMETERS, "layers", || {
        format!("expected at most {MAX_PARAMETERS} parameters, found {n_parameters}")
    })?;
    let n_activations = plan.n_activations();
    check(n_activations <= MAX_ACTIVATIONS, "layers", || {
        format!("expected at most {MAX_ACTIVATIONS} activations an image, found {n_activations}")
    })?;
    Ok(plan)
}

fn check_optimization(recipe: &Recipe) -> Result<(), RecipeError> {
    check_learning_rate(recipe.learning_rate)?;
    let weight_decay = recipe.weight_decay;
    check((0.0..=1.0).contains(&weight_decay), "weightDecay", || format!("expected 0 to 1, found {weight_decay}"))?;
    check((0.0..=1.0).contains(&recipe.l1), "l1", || format!("expected 0 to 1, found {}", recipe.l1))?;
    if let Some(clip_norm) = recipe.clip_norm {
        check(clip_norm > 0.0 && clip_norm.is_finite(), "clipNorm", || format!("expected above 0, found {clip_norm}"))?;
    }
    if let Some(EarlyStopping { patience }) = recipe.early_stopping {
        check(patience >= 1, "earlyStopping.patience", || "expected at least 1 epoch, found 0".into())?;
        check(recipe.validation_images > 0, "earlyStopping", || {
            "expected validation images to watch, found validationImages 0".into()
        })?;
    }
    let within = |part: &'static str| {
        move |(field, message): SettingError| RecipeError { field: format!("{part}.{field}"), message }
    };
    recipe.schedule.check().map_err(within("schedule"))?;
    recipe.loss.check().map_err(within("loss"))?;
    recipe.augmentation.check().map_err(within("augmentation"))?;
    recipe.optimizer.check().map_err(within("optimizer"))
}

/// A learning rate is a positive number; far beyond 1 is a slip of the finger.
pub fn check_learning_rate(rate: f64) -> Result<(), RecipeError> {
    check(rate > 0.0 && rate <= 1000.0, "learningRate", || format!("expected above 0 and at most 1000, found {rate}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_parts_into_even_pieces() {
        assert_eq!(even_chunk(64, 300), 64);
        assert_eq!(even_chunk(1000, 300), 250);
        assert_eq!(even_chunk(60_000, 300), 300);
        assert_eq!(even_chunk(7, 0), 1);
    }
}
