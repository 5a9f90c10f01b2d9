//! Training: a recipe as plain data, checked once into a plan, trained step by step.

mod answering;
mod checkpoint;
mod early_stopping;
mod evaluation;
mod optimizer;
mod plan;
mod presets;
mod progress;
mod recipe;
mod report;
mod schedule;
mod tally;
mod trainer;

pub use checkpoint::Checkpoint;
pub use early_stopping::{Best, EarlyStopping};
pub use evaluation::{Evaluation, Evaluator};
pub use optimizer::{Adadelta, Adam, Optimizer, OptimizerSpec, Regularization, Rmsprop, Sgd};
pub use plan::{DataShape, Plan, check_network, fit_layers};
pub use presets::{Preset, preset, presets};
pub use progress::{Phase, Progress};
pub use recipe::Recipe;
pub use report::{BatchReport, EpochReport, Prediction, Status, StepReport};
pub use schedule::Schedule;
pub use tally::Tally;
pub use trainer::Trainer;

/// Raised by every change after which a recipe gives other bits: a run that an older engine began would not go on as it
/// would have there.
pub const ENGINE_VERSION: u32 = 1;
