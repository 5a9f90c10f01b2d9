//! Looking inside a network while it trains. Looking changes nothing: what is looked at is a copy.

mod trace;

pub use trace::{Answer, Lesson, Trace};
