//! A run's whole state as one value, so that it can be stopped anywhere and resumed to the same bits.

use super::plan::MAX_EPOCHS;
use super::{Best, Phase, Plan, Progress, Recipe, Trainer};
use crate::data::{Dataset, Shuffled};
use crate::error::{FieldError, at_least, at_most, between, check};

/// A run between two steps: its recipe, its position, its parameters and all that is remembered beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// With its seed.
    pub recipe: Recipe,
    /// Of the training set, as [`Dataset::fingerprint`] gives it.
    pub fingerprint: u64,
    pub progress: Progress,
    /// Updates since the start of the run.
    pub n_updates: u64,
    /// The order of the images in this epoch. None where it can as well be had from the seed.
    pub order: Option<Shuffled>,
    /// Each parameter's numbers, row-major, in the network's order.
    pub parameters: Vec<Vec<f32>>,
    /// What the optimizer remembers of them, in the same order.
    pub moments: Vec<Vec<f32>>,
    /// ∂L/∂parameter so far, where the run stands within a batch; else there are none.
    pub gradients: Vec<Vec<f32>>,
    /// Where early stopping is on, the best epoch so far.
    pub best: Option<Best>,
}

/// So many indices at the most are shuffled again to resume a run: a hundred epochs of MNIST. The order of a run that
/// has shuffled more is kept, which takes four bytes an image.
const MOST_SHUFFLED_AGAIN: u64 = 6_000_000;

impl Trainer {
    /// The run as it stands between two steps.
    pub fn checkpoint(&self) -> Checkpoint {
        self.checkpoint_with_order(self.n_shuffled(&self.progress) > MOST_SHUFFLED_AGAIN)
    }

    /// How many indices were shuffled until then.
    fn n_shuffled(&self, progress: &Progress) -> u64 {
        if self.plan.recipe.shuffle { progress.epoch as u64 * self.plan.n_training as u64 } else { 0 }
    }

    fn checkpoint_with_order(&self, keeps_order: bool) -> Checkpoint {
        Checkpoint {
            recipe: Recipe { seed: Some(self.plan.seed), ..self.plan.recipe.clone() },
            fingerprint: self.fingerprint,
            progress: self.progress.clone(),
            n_updates: self.optimizer.n_updates(),
            order: if keeps_order { self.sampler.shuffled() } else { None },
            parameters: self.network.values(),
            moments: self.optimizer.moments().cloned().collect(),
            gradients: if self.progress.is_within_batch() { self.gradients() } else { Vec::new() },
            best: self.best.clone(),
        }
    }

    /// Goes on from a checkpoint with the data that it was trained on.
    ///
    /// # Errors
    /// The path of what does not fit the data or the recipe, from `checkpoint` on.
    pub fn resume(checkpoint: Checkpoint, data: &Dataset) -> Result<Self, FieldError> {
        Self::resumed(checkpoint, data).map_err(|error| error.within("checkpoint"))
    }

    fn resumed(checkpoint: Checkpoint, data: &Dataset) -> Result<Self, FieldError> {
        check(checkpoint.fingerprint == data.fingerprint(), "data", || {
            let (expected, found) = (checkpoint.fingerprint, data.fingerprint());
            format!("expected the training set with the fingerprint {expected:016x}, found {found:016x}")
        })?;
        let plan = Plan::new(checkpoint.recipe, data.into()).map_err(|error| error.within("recipe"))?;
        checkpoint.progress.check(&plan)?;
        let most_updates = plan.recipe.epochs as u64 * plan.batches_per_epoch() as u64;
        at_most(most_updates).followed_by(" updates").check("updates", checkpoint.n_updates)?;

        // Before anything of the size that the recipe asks for is made.
        let n_numbers = checkpoint.parameters.iter().map(Vec::len).sum::<usize>() as u64;
        at_least(plan.network.n_parameters()).followed_by(" numbers").check("parameters", n_numbers)?;

        let mut trainer = Trainer::new(plan, data);
        trainer.take_order(checkpoint.order, &checkpoint.progress)?;
        let sizes = trainer.parameter_sizes();
        check_sizes("parameters", &sizes, &checkpoint.parameters)?;
        trainer.network.set_values(&checkpoint.parameters);
        let is_within_batch = checkpoint.progress.is_within_batch();
        check_sizes("gradients", if is_within_batch { &sizes } else { &[] }, &checkpoint.gradients)?;
        trainer.take_gradients(checkpoint.gradients);
        let n_moments: Vec<usize> = trainer.optimizer.moments().map(Vec::len).collect();
        check_sizes("moments", &n_moments, &checkpoint.moments)?;
        trainer.optimizer.restore(checkpoint.n_updates, checkpoint.moments.into_iter());
        if let Some(best) = &checkpoint.best {
            check(trainer.plan.recipe.early_stopping.is_some(), "best", || {
                "expected none without early stopping, found one".into()
            })?;
            between(1, checkpoint.progress.epoch).check("best.epoch", best.epoch)?;
            check_sizes("best.parameters", &sizes, &best.parameters)?;
        }
        trainer.best = checkpoint.best;
        trainer.progress = checkpoint.progress;
        Ok(trainer)
    }

    /// An untrained run for `plan`, which was made for this `data`, whose network has these parameters, one after
    /// another in its order, instead of those that it would start with: the optimizer knows nothing of how they came
    /// about.
    ///
    /// # Errors
    /// `parameters`, where they are not as many numbers as the network has.
    pub fn with_parameters(plan: Plan, data: &Dataset, parameters: &[f32]) -> Result<Self, FieldError> {
        let mut trainer = Trainer::new(plan, data);
        let n_numbers = trainer.parameter_sizes().into_iter().sum::<usize>();
        check(n_numbers == parameters.len(), "parameters", || {
            format!("expected {n_numbers} numbers, found {}", parameters.len())
        })?;
        let mut parameters = parameters.iter();
        trainer.network.visit_mut(&mut |parameter| {
            parameter.value.iter_mut().zip(&mut parameters).for_each(|(to, &from)| *to = from);
        });
        Ok(trainer)
    }

    /// Gives a run more epochs: one that is over goes on with the next, to the same bits as a run that had as many from
    /// the start.
    ///
    /// # Errors
    /// Where it would not come to the same: the schedule depends on the number of epochs, early stopping has gone back
    /// to other weights, the training diverged, or the run is beyond that many epochs already.
    pub fn extend(&mut self, epochs: usize) -> Result<(), FieldError> {
        let Recipe { schedule, early_stopping, .. } = self.plan.recipe;
        check(!schedule.depends_on_epochs(), "schedule", || {
            "expected one that is the same for any number of epochs, found one that ends with the run".into()
        })?;
        let is_over = self.progress.phase == Phase::Finished;
        check(!is_over || early_stopping.is_none(), "earlyStopping", || {
            "expected a run that ended with its last weights, found one that went back to its best epoch".into()
        })?;
        check(self.progress.phase != Phase::Diverged, "checkpoint", || {
            "expected numbers to go on from, found a run that diverged".into()
        })?;
        let next = self.progress.epoch + usize::from(is_over);
        between(next, MAX_EPOCHS).check("epochs", epochs)?;
        self.plan.recipe.epochs = epochs;
        if is_over {
            self.begin_next_epoch();
        }
        Ok(())
    }

    /// Puts the sampler where the run was, in the order that was kept or in the one that the seed gives.
    fn take_order(&mut self, order: Option<Shuffled>, progress: &Progress) -> Result<(), FieldError> {
        match order {
            Some(order) => {
                let is_taken = self.plan.recipe.shuffle && self.sampler.take_shuffled(order);
                check(is_taken, "order", || {
                    let n = self.plan.n_training;
                    format!("expected the {n} training images in a shuffled order, found other ones")
                })?;
            }
            None => {
                at_most(MOST_SHUFFLED_AGAIN)
                    .followed_by(" indices to be shuffled where no order is kept")
                    .check("order", self.n_shuffled(progress))?;
                // The first epoch's order is there from the start.
                (1..progress.epoch).for_each(|_| self.sampler.begin_epoch());
            }
        }
        self.sampler.take(progress.images_done());
        Ok(())
    }

    fn gradients(&self) -> Vec<Vec<f32>> {
        let mut gradients = Vec::new();
        self.network.visit(&mut |parameter| gradients.push(parameter.gradient.iter().copied().collect()));
        gradients
    }

    /// Puts back what `gradients` gave, or nothing.
    fn take_gradients(&mut self, gradients: Vec<Vec<f32>>) {
        let mut gradients = gradients.into_iter();
        self.network.visit_mut(&mut |parameter| {
            let saved = gradients.next().unwrap_or_default();
            parameter.gradient.iter_mut().zip(saved).for_each(|(to, from)| *to = from);
        });
    }

    fn parameter_sizes(&self) -> Vec<usize> {
        let mut sizes = Vec::new();
        self.network.visit(&mut |parameter| sizes.push(parameter.value.len()));
        sizes
    }
}

/// Compares how many arrays `found` has, and how many numbers each of them.
fn check_sizes(field: &str, expected: &[usize], found: &[Vec<f32>]) -> Result<(), FieldError> {
    check(expected.len() == found.len(), field, || {
        format!("expected {} arrays, found {}", expected.len(), found.len())
    })?;
    for (array_idx, (expected, found)) in expected.iter().zip(found).enumerate() {
        check(*expected == found.len(), &format!("{field}[{array_idx}]"), || {
            format!("expected {expected} numbers, found {}", found.len())
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::{DataShape, Status, preset};

    #[test]
    fn a_run_goes_on_alike_from_an_order_that_was_kept_and_from_one_shuffled_again() {
        let pixels = (0..30 * 9).map(|i| (i * 37 % 256) as u8).collect();
        let labels = (0..30).map(|i| i % 2).collect();
        let data = Dataset::new(pixels, labels, 3, 3, 2).expect("the images are sound");
        let recipe = preset("Better answer", DataShape { n_images: 30, rows: 3, cols: 3, n_classes: 2 });
        let recipe = Recipe { batch_size: 4, epochs: 6, seed: Some(3), ..recipe.expect("there is such a preset") };
        let plan = Plan::new(recipe, (&data).into()).expect("the recipe fits");
        let mut trainer = Trainer::new(plan, &data);
        let mut n_steps = 0;
        while trainer.step(&data).status != Status::Finished {
            n_steps += 1;
            let mut ends = [false, true].map(|keeps_order| {
                let checkpoint = trainer.checkpoint_with_order(keeps_order);
                assert_eq!(checkpoint.order.is_some(), keeps_order);
                let mut resumed = Trainer::resume(checkpoint, &data).expect("it fits");
                while resumed.step(&data).status != Status::Finished {}
                resumed.checkpoint()
            });
            ends[1].order = None;
            assert_eq!(ends[0], ends[1]);
        }
        assert!(n_steps > 6);
    }
}
