//! The trainer: pulled step by step, each a bounded piece of work that ends in a report.

use xxhash_rust::xxh64::Xxh64;

use super::plan::check_learning_rate;
use super::{BatchReport, Best, EpochReport, Evaluator, Optimizer, Phase, Plan, Progress, Recipe, StepReport, Tally};
use crate::data::{Dataset, Loader, Sampler, split};
use crate::error::FieldError;
use crate::nn::{Activations, Fusion, Network, Order, TrainingActivations};
use crate::random::{Random, Stream, stream};

/// A network in training.
pub struct Trainer {
    pub(super) plan: Plan,
    /// Of the data.
    pub(super) fingerprint: u64,
    pub(super) network: Network<f32>,
    pub(super) optimizer: Optimizer<f32>,
    pub(super) progress: Progress,
    pub(super) sampler: Sampler,
    /// Where early stopping is on, the best epoch so far.
    pub(super) best: Option<Best>,
    pub(super) loader: Loader,
    /// The indices of the images set aside to validate on.
    validation: Vec<u32>,
    training: TrainingActivations<f32>,
    pub(super) evaluation_activations: Activations<f32>,
}

impl Trainer {
    /// An untrained network for `plan`, which was made for this `data`.
    pub fn new(plan: Plan, data: &Dataset) -> Self {
        let recipe = &plan.recipe;
        let mut network = plan.network.build(recipe.start, &mut stream(plan.seed, Stream::Start));
        let optimizer = Optimizer::new(recipe.optimizer, recipe.regularization(), &network);
        let fusion = Fusion::for_training(recipe.batch_size, optimizer.is_plain_descent());
        let order = Order::fused(&mut network, &plan.network, fusion);
        let (training, validation) = split(data.len(), plan.n_validation, plan.seed);
        let mut sampler = Sampler::new(training, recipe.shuffle, plan.seed);
        sampler.begin_epoch();
        Self {
            fingerprint: data.fingerprint(),
            progress: Progress {
                learning_rate: recipe.learning_rate,
                epoch: 1,
                phase: Phase::Training,
                batch: Tally::default(),
                epoch_tally: Tally::default(),
                layers_random: stream(plan.seed, Stream::Layers),
                augmentation_random: stream(plan.seed, Stream::Augmentation),
            },
            sampler,
            best: None,
            loader: Loader::new(recipe.augmentation, data.rows(), data.cols()),
            validation,
            training: TrainingActivations::new(&order, plan.chunk_size),
            evaluation_activations: Activations::new(&order, plan.evaluation_size),
            optimizer,
            network,
            plan,
        }
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The network; whole between two steps.
    pub fn network(&self) -> &Network<f32> {
        &self.network
    }

    /// What the layers will draw from in the next step.
    pub fn layers_random(&self) -> &Random {
        &self.progress.layers_random
    }

    /// What tells the parameters of this moment from others: XXH64 with seed 0 of all their numbers, each as the four
    /// bytes of a little-endian 32-bit float, row-major, in the recipe's order of layers and of each layer as its
    /// checkpoint has them (see [`store::checkpoint`](crate::store::checkpoint)).
    pub fn checksum(&self) -> u64 {
        let mut hash = Xxh64::new(0);
        self.network.visit(&mut |parameter| parameter.value.iter().for_each(|value| hash.update(&value.to_le_bytes())));
        hash.digest()
    }

    pub fn learning_rate(&self) -> f64 {
        self.progress.learning_rate
    }

    /// Goes on with another learning rate; the run is then no longer its recipe's alone.
    pub fn set_learning_rate(&mut self, rate: f64) -> Result<(), FieldError> {
        check_learning_rate(rate)?;
        self.progress.learning_rate = rate;
        Ok(())
    }

    /// Does the next piece of work. Once the run is over, it does nothing.
    pub fn step(&mut self, data: &Dataset) -> StepReport {
        match &mut self.progress.phase {
            Phase::Training => self.train(data),
            Phase::Validating(evaluator) => {
                let evaluation = evaluator.step(
                    &self.network,
                    self.plan.recipe.loss,
                    data,
                    &self.validation,
                    &mut self.evaluation_activations,
                    &mut self.loader,
                );
                let tally = evaluator.tally;
                if evaluation.done { self.end_epoch(None, Some(tally)) } else { self.standing() }
            }
            Phase::Finished | Phase::Diverged => self.standing(),
        }
    }

    /// Learns from a few mini-batches, or from a piece of a large one.
    fn train(&mut self, data: &Dataset) -> StepReport {
        let mut completed = Tally::default();
        let mut n_batches = 0;
        let mut n_images = 0;
        while n_images < self.plan.step_images {
            n_images += self.learn_chunk(data);
            if !self.progress.batch.loss_sum.is_finite() {
                self.network.settle();
                self.progress.phase = Phase::Diverged;
                return self.standing();
            }
            if self.progress.batch.n_images == self.current_batch_size() {
                if !self.descends() {
                    let rate = self.current_learning_rate();
                    self.optimizer.update(&mut self.network, rate);
                }
                completed.merge(self.progress.batch);
                n_batches += 1;
                let batch = std::mem::take(&mut self.progress.batch);
                self.progress.epoch_tally.merge(batch);
            }
            if self.progress.epoch_tally.n_images == self.plan.n_training {
                break;
            }
        }
        self.network.settle();
        let batch =
            (n_batches > 0).then(|| BatchReport { loss: completed.loss(), accuracy: completed.accuracy(), n_batches });
        if self.progress.epoch_tally.n_images < self.plan.n_training {
            return self.report(batch, None);
        }
        if self.validation.is_empty() {
            self.end_epoch(batch, None)
        } else {
            self.progress.phase = Phase::Validating(Evaluator::default());
            self.report(batch, None)
        }
    }

    /// Whether updates are made while going backward.
    fn descends(&self) -> bool {
        self.training.activations.order().fusion().descent
    }

    /// The learning rate of the next update, as the schedule has it.
    fn current_learning_rate(&self) -> f64 {
        let Recipe { schedule, epochs, .. } = self.plan.recipe;
        let n_updates = self.optimizer.n_updates();
        self.progress.learning_rate * schedule.factor(n_updates, self.plan.batches_per_epoch(), epochs)
    }

    /// Images in the mini-batch that is under way; an epoch's last one may be smaller.
    fn current_batch_size(&self) -> usize {
        self.plan.recipe.batch_size.min(self.plan.n_training - self.progress.epoch_tally.n_images)
    }

    /// Adds the gradient of the batch's next images; returns how many they were.
    fn learn_chunk(&mut self, data: &Dataset) -> usize {
        let batch_size = self.current_batch_size();
        let progress = &mut self.progress;
        let activations = &mut self.training.activations;
        let accumulate = progress.batch.n_images > 0;

        let indices = self.sampler.take(self.plan.chunk_size.min(batch_size - progress.batch.n_images));
        self.loader.load_augmented(data, indices, activations, &mut progress.augmentation_random);
        let labels = self.loader.labels();
        self.network.forward_train(&mut self.training, &mut progress.layers_random);
        let (output, gradient) = self.training.output_and_gradient();
        let scale = 1.0 / batch_size as f32;
        let loss_sum = self.plan.recipe.loss.sum(output, labels, Some((gradient, scale)));
        progress.batch.add(output, labels, loss_sum);
        if self.descends() {
            let descent = self.optimizer.descent(self.current_learning_rate());
            self.network.descend(&mut self.training, descent);
        } else {
            self.network.backward(&mut self.training, accumulate);
        }
        self.loader.labels().len()
    }

    fn end_epoch(&mut self, batch: Option<BatchReport>, validation: Option<Tally>) -> StepReport {
        let tally = self.progress.epoch_tally;
        let epoch_end = EpochReport {
            epoch: self.progress.epoch,
            training_loss: tally.loss(),
            training_accuracy: tally.accuracy(),
            validation_loss: validation.map(|tally| tally.loss()),
            validation_accuracy: validation.map(|tally| tally.accuracy()),
        };
        if self.network.is_finite() {
            self.keep_best(epoch_end.validation_loss);
            if self.is_over() {
                self.finish();
            } else {
                self.progress.phase = Phase::Training;
            }
        } else {
            self.progress.phase = Phase::Diverged;
        }
        let report = self.report(batch, Some(epoch_end));
        if self.progress.phase == Phase::Training {
            self.begin_next_epoch();
        }
        report
    }

    pub(super) fn begin_next_epoch(&mut self) {
        self.progress.phase = Phase::Training;
        self.progress.epoch += 1;
        self.progress.epoch_tally = Tally::default();
        self.sampler.begin_epoch();
    }

    /// Where early stopping is on, keeps the parameters of the epoch with the lowest validation loss so far.
    fn keep_best(&mut self, validation_loss: Option<f64>) {
        let (Some(_), Some(validation_loss)) = (self.plan.recipe.early_stopping, validation_loss) else { return };
        if self.best.as_ref().is_none_or(|best| validation_loss < best.validation_loss) {
            self.best = Some(Best { epoch: self.progress.epoch, validation_loss, parameters: self.network.values() });
        }
    }

    /// Whether the run ends with this epoch: its last, or early.
    fn is_over(&self) -> bool {
        let Recipe { epochs, early_stopping, .. } = self.plan.recipe;
        let epoch = self.progress.epoch;
        epoch == epochs || early_stopping.zip(self.best.as_ref()).is_some_and(|(rule, best)| rule.stops(epoch, best))
    }

    /// Ends the run, where early stopping is on with the parameters of its best epoch.
    fn finish(&mut self) {
        if let Some(best) = &self.best {
            self.network.set_values(&best.parameters);
        }
        self.progress.phase = Phase::Finished;
    }

    /// Where the run stands: the report of a step that does nothing.
    pub fn standing(&self) -> StepReport {
        self.report(None, None)
    }

    fn report(&self, batch: Option<BatchReport>, epoch_end: Option<EpochReport>) -> StepReport {
        StepReport {
            epoch: self.progress.epoch,
            images_done: self.progress.images_done(),
            updates: self.optimizer.n_updates(),
            learning_rate: self.current_learning_rate(),
            batch,
            epoch_end,
            best_epoch: self.best.as_ref().map(|best| best.epoch),
            status: self.progress.phase.status(),
        }
    }
}
