//! Statistics of runs: is one recipe better than another, or was it luck? Numbers in, plain data out.

mod beta;
mod check;
mod evidence;
mod holm;
mod interval;
mod mcnemar;
mod order;
mod permutation;
mod power;
mod question;
mod student;
mod summary;
mod verdict;

pub use beta::incomplete_beta;
pub use holm::holm;
pub use interval::{Interval, mean_interval, welch_interval, wilson_interval};
pub use mcnemar::{AnswersCompared, mcnemar, mcnemar_p};
pub use permutation::{Histogram, Luck, relabel, sign_flip};
pub use power::{Pairing, seeds_needed};
pub use question::{ImageCounts, RunGroup, VerdictQuestion};
pub use student::{t_quantile, t_two_sided};
pub use summary::GroupSummary;
pub use verdict::{Outcome, SeedPair, Verdict, VerdictTest, verdict};

/// The chance of being fooled that a verdict accepts: 5 %, by convention.
pub const LEVEL: f64 = 0.05;
