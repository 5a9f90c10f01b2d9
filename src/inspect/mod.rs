//! Looking inside a network while it trains. Looking changes nothing: what is looked at is a copy.

mod trace;
mod updates;

pub use trace::{Answer, Lesson, Trace};
pub use updates::{Descent, N_UPDATES, Untrained, answers, first_updates};
