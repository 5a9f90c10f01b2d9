//! A recipe checked once against the data; nothing behind this point checks it again.

use serde::Deserialize;

use super::{EarlyStopping, Recipe};
use crate::data::Dataset;
use crate::error::{Faults, FieldError, at_most, between, check, positive};
use crate::nn::{LayerSpec, Misfit, NetworkPlan, Shape};
use crate::words::Number;

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
/// A step does about this many multiplications and additions at the most: who waits for its end is soon answered.
const STEP_OPERATIONS: u64 = 200_000_000;
/// What an optimizer does for each parameter, at the most.
const UPDATE_OPERATIONS: u64 = 16;
/// More than anybody waits for.
pub(super) const MAX_EPOCHS: usize = 100_000;
/// A gradient's norm is never cut off there.
const MAX_NORM: f64 = 1e30;

impl Plan {
    /// Checks `recipe` against the training set it is meant for.
    pub fn new(recipe: Recipe, data: DataShape) -> Result<Self, FieldError> {
        if let Some(first) = Self::faults(&recipe, data).into_iter().next() {
            return Err(first);
        }
        let (network, _) = fit_layers(&recipe.layers, data);
        let n_validation = recipe.validation_images;
        let n_training = data.n_images - n_validation;
        let batch_size = recipe.batch_size;
        let seed = recipe.seed.unwrap_or_default();

        let update_operations = UPDATE_OPERATIONS * network.n_parameters() / batch_size as u64;
        let affordable = STEP_OPERATIONS / (network.n_operations() + update_operations).max(1);
        let affordable = (affordable as usize).clamp(1, (MAX_ACTIVATIONS / network.n_activations()).min(1024));
        let chunk_size = if network.needs_whole_batch() { batch_size } else { even_chunk(batch_size, affordable) };
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

    /// All that is wrong with `recipe` and can be told of each of its fields by itself.
    pub fn faults(recipe: &Recipe, data: DataShape) -> Vec<FieldError> {
        let (network, misfit) = fit_layers(&recipe.layers, data);
        let layers = misfit.map_or_else(|| check_network(&network, data), Err);
        let whole_batch = network.needs_whole_batch() && layers.is_ok();
        let n_validation = recipe.validation_images;
        let validation = between(0, data.n_images - 1)
            .followed_by(", so that an image is left to train on")
            .check("validationImages", n_validation);
        // How many images are left is not known where that is wrong.
        let n_training = if validation.is_ok() { data.n_images - n_validation } else { data.n_images };
        let batch_size = between(1, n_training)
            .followed_by(", the number of training images")
            .check("batchSize", recipe.batch_size)
            .and_then(|()| if whole_batch { check_whole_batch(recipe.batch_size, &network) } else { Ok(()) });
        let seed = check(recipe.seed.is_some(), "seed", || {
            format!("expected a whole number from 0 to {}, found none", u32::MAX.in_words())
        });
        let mut faults = Faults::default();
        faults.note(layers);
        note_optimization(recipe, &mut faults);
        faults.note(validation);
        faults.note(batch_size);
        faults.note(between(1, MAX_EPOCHS).check("epochs", recipe.epochs));
        faults.note(seed);
        faults.0
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

/// The layers on the data's images as far as they fit one another, and what is wrong with the first that does not.
pub fn fit_layers(layers: &[LayerSpec], data: DataShape) -> (NetworkPlan, Option<FieldError>) {
    let input = Shape::Image { channels: 1, height: data.rows, width: data.cols };
    match NetworkPlan::new(input, layers) {
        Ok(plan) => (plan, None),
        Err(Misfit { fitting, place, error }) => (fitting, Some(error.within(format_args!("layers[{place}]")))),
    }
}

/// Whether layers that fit one another make a network for the data, of a size that can be trained.
pub fn check_network(plan: &NetworkPlan, data: DataShape) -> Result<(), FieldError> {
    let n_layers = plan.layers.len();
    check(n_layers > 0, "layers", || "expected at least one layer, found none".into())?;
    check(plan.output().len() == data.n_classes, &format!("layers[{}]", n_layers - 1), || {
        format!("expected {} outputs, one for each class of the data, found {}", data.n_classes, plan.output())
    })?;
    at_most(MAX_PARAMETERS).followed_by(" parameters").check("layers", plan.n_parameters())?;
    at_most(MAX_ACTIVATIONS).followed_by(" activations an image").check("layers", plan.n_activations())
}

fn check_whole_batch(batch_size: usize, network: &NetworkPlan) -> Result<(), FieldError> {
    at_most(MAX_ACTIVATIONS / network.n_activations())
        .followed_by(", as batch normalisation needs the whole batch")
        .check("batchSize", batch_size)
}

fn note_optimization(recipe: &Recipe, faults: &mut Faults) {
    faults.note(check_learning_rate(recipe.learning_rate));
    faults.note(between(0.0, 1.0).check("weightDecay", recipe.weight_decay));
    faults.note(between(0.0, 1.0).check("l1", recipe.l1));
    if let Some(clip_norm) = recipe.clip_norm {
        faults.note(positive().and_at_most(MAX_NORM).check("clipNorm", clip_norm));
    }
    if let Some(EarlyStopping { patience }) = recipe.early_stopping {
        faults.note(between(1, MAX_EPOCHS).check("earlyStopping.patience", patience));
        faults.note(check(recipe.validation_images > 0, "earlyStopping", || {
            "expected validation images to watch, found validationImages 0".into()
        }));
    }
    faults.note_within("schedule", recipe.schedule.faults());
    faults.note(recipe.loss.check().map_err(|fault| fault.within_part("loss")));
    faults.note_within("augmentation", recipe.augmentation.faults());
    faults.note_within("optimizer", recipe.optimizer.faults());
}

/// A learning rate is a positive number; far beyond 1 is a slip of the finger.
pub fn check_learning_rate(rate: f64) -> Result<(), FieldError> {
    positive().and_at_most(1000.0).check("learningRate", rate)
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
