//! Where a run stands.

use super::plan::check_learning_rate;
use super::{Evaluator, Plan, Status, Tally};
use crate::error::{FieldError, at_most, below, between};
use crate::random::Random;

/// How far a run has come, and the random numbers that are yet to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// η, which may have been changed since the start.
    pub learning_rate: f64,
    /// The epoch being trained, from 1.
    pub epoch: usize,
    pub phase: Phase,
    /// Of the batch that is under way.
    pub batch: Tally,
    /// Of the batches of this epoch that are done.
    pub epoch_tally: Tally,
    pub layers_random: Random,
    pub augmentation_random: Random,
}

/// What a run is at.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    Training,
    Validating(Evaluator),
    Finished,
    Diverged,
}

impl Progress {
    /// Finds a position that no run of this plan comes to.
    pub(super) fn check(&self, plan: &Plan) -> Result<(), FieldError> {
        check_learning_rate(self.learning_rate)?;
        between(1, plan.recipe.epochs).check("epoch", self.epoch)?;
        at_most(plan.n_training).followed_by(" images").check("epochImages", self.epoch_tally.n_images)?;
        let batch_size = plan.recipe.batch_size.min(plan.n_training - self.epoch_tally.n_images);
        at_most(batch_size).followed_by(" images").check("batchImages", self.batch.n_images)?;
        match &self.phase {
            Phase::Training => below(batch_size).followed_by(" images").check("batchImages", self.batch.n_images),
            Phase::Validating(evaluator) => {
                let n_validated = evaluator.tally.n_images;
                below(plan.n_validation).followed_by(" images").check("validatedImages", n_validated)
            }
            Phase::Finished | Phase::Diverged => Ok(()),
        }
    }

    /// Training images of this epoch that have been learnt from.
    pub fn images_done(&self) -> usize {
        self.epoch_tally.n_images + self.batch.n_images
    }

    /// Whether training has to go on in the midst of a batch, with the gradients so far.
    pub fn is_within_batch(&self) -> bool {
        self.phase == Phase::Training && self.batch.n_images > 0
    }
}

impl Phase {
    pub fn status(&self) -> Status {
        match self {
            Phase::Training => Status::Training,
            Phase::Validating(_) => Status::Validating,
            Phase::Finished => Status::Finished,
            Phase::Diverged => Status::Diverged,
        }
    }
}
