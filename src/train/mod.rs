//! Training: a recipe as plain data, checked once into a plan, trained step by step.

mod checkpoint;
mod evaluation;
mod optimizer;
mod plan;
mod presets;
mod recipe;
mod schedule;
mod tally;
mod trainer;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use evaluation::{Evaluation, Evaluator};
pub use optimizer::{Adadelta, Adam, Optimizer, OptimizerSpec, Regularization, Rmsprop, Sgd};
pub use plan::{DataShape, Plan, check_network, fit_layers};
pub use presets::{Preset, preset, presets};
pub use recipe::{EarlyStopping, Recipe};
pub use schedule::Schedule;
pub use tally::Tally;
pub use trainer::{BatchReport, EpochReport, Prediction, Status, StepReport, Trainer};
