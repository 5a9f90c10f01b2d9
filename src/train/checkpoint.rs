//! A run's whole state as one value, so that it can be stopped anywhere and resumed to the same bits.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::trainer::Progress;
use super::{Plan, Recipe, Trainer};
use crate::data::Dataset;
use crate::error::FieldError;

/// Parameters, optimizer moments, random streams and position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    recipe: Recipe,
    progress: Progress,
    /// Each parameter's numbers, row-major, in the network's order.
    values: Vec<Vec<f32>>,
    /// Their gradients: a large batch may be under way.
    gradients: Vec<Vec<f32>>,
    moments: Vec<Vec<f32>>,
    n_updates: u64,
}

/// Why a checkpoint cannot be resumed.
#[derive(Debug, Error)]
pub enum CheckpointError {
    #[error("the checkpoint's recipe does not fit the data: {0}")]
    Recipe(#[from] FieldError),
    #[error("the checkpoint's {what} should have {expected} numbers, found {found}")]
    Sizes { what: &'static str, expected: usize, found: usize },
}

fn check_sizes(
    what: &'static str,
    expected: impl Iterator<Item = usize>,
    found: &[Vec<f32>],
) -> Result<(), CheckpointError> {
    let sizes: Vec<usize> = expected.collect();
    if sizes.iter().copied().eq(found.iter().map(Vec::len)) {
        return Ok(());
    }
    Err(CheckpointError::Sizes { what, expected: sizes.iter().sum(), found: found.iter().map(Vec::len).sum() })
}

impl Trainer {
    /// The run as it stands between two steps.
    pub fn checkpoint(&self) -> Checkpoint {
        let mut gradients = Vec::new();
        self.network.visit(&mut |parameter| gradients.push(parameter.gradient.iter().copied().collect()));
        Checkpoint {
            recipe: Recipe { seed: Some(self.plan.seed), ..self.plan.recipe.clone() },
            progress: self.progress.clone(),
            values: self.network.values(),
            gradients,
            moments: self.optimizer.moments().cloned().collect(),
            n_updates: self.optimizer.n_updates(),
        }
    }

    /// Goes on from a checkpoint with the data that it was trained on.
    pub fn resume(checkpoint: Checkpoint, data: &Dataset) -> Result<Self, CheckpointError> {
        let plan = Plan::new(checkpoint.recipe, data.into())?;
        let mut trainer = Trainer::new(plan, data);

        let mut sizes = Vec::new();
        trainer.network.visit(&mut |parameter| sizes.push(parameter.value.len()));
        check_sizes("parameters", sizes.iter().copied(), &checkpoint.values)?;
        check_sizes("gradients", sizes.iter().copied(), &checkpoint.gradients)?;
        if let Some(best) = &checkpoint.progress.best {
            check_sizes("best parameters", sizes.iter().copied(), &best.values)?;
        }
        check_sizes("moments", trainer.optimizer.moments().map(Vec::len), &checkpoint.moments)?;
        let n_training = trainer.plan.n_training;
        if checkpoint.progress.sampler.len() != n_training {
            let found = checkpoint.progress.sampler.len();
            return Err(CheckpointError::Sizes { what: "order of images", expected: n_training, found });
        }

        trainer.network.set_values(&checkpoint.values);
        let mut gradients = checkpoint.gradients.into_iter();
        trainer.network.visit_mut(&mut |parameter| {
            let saved = gradients.next().expect("sizes were checked");
            parameter.gradient.iter_mut().zip(saved).for_each(|(to, from)| *to = from);
        });
        trainer.optimizer.restore(checkpoint.n_updates, checkpoint.moments.into_iter());
        trainer.progress = checkpoint.progress;
        Ok(trainer)
    }
}
