//! What is wrong with a value that a person chose, and the one way to find that out.

use std::fmt::Display;
use std::ops::Bound::{self, Excluded, Included, Unbounded};
use std::ops::RangeBounds;

use serde::Serialize;
use thiserror::Error;

use crate::words::Number;

/// What is wrong with one field of a recipe.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[error("{field}: {message}")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct FieldError {
    /// The path of the field from what was checked, such as `layers[2].units`; empty for the whole of it.
    pub field: String,
    /// What was expected and what was found.
    pub message: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }

    /// The same error seen from what has the checked as its `part`: with the part `layers`, the field `[2].units`
    /// becomes `layers[2].units`, and the whole `layers`.
    pub fn within(self, part: impl Display) -> Self {
        self.within_part(&part.to_string())
    }

    /// The same, for a part that is a text: in the module that the page loads, the shorter way.
    #[cold]
    #[inline(never)]
    pub fn within_part(self, part: &str) -> Self {
        let Self { field, message } = self;
        let dot = if field.is_empty() || field.starts_with('[') { "" } else { "." };
        Self { field: [part, dot, &field].concat(), message }
    }
}

/// An error in `field` unless `holds`.
pub fn check(holds: bool, field: &str, message: impl FnOnce() -> String) -> Result<(), FieldError> {
    if holds { Ok(()) } else { Err(FieldError::new(field, message())) }
}

/// What of several checks that know nothing of each other went wrong.
#[derive(Debug, Default)]
pub struct Faults(pub Vec<FieldError>);

impl Faults {
    #[inline(never)]
    pub fn note(&mut self, check: Result<(), FieldError>) {
        self.0.extend(check.err());
    }

    /// Those of a part of what is checked.
    #[inline(never)]
    pub fn note_within(&mut self, part: &str, faults: Self) {
        self.0.extend(faults.0.into_iter().map(|fault| fault.within_part(part)));
    }
}

/// The least that counts as more than 0: however a schedule divides it, 32 bits still tell it from 0.
const LEAST: f64 = 1e-30;

/// Between which numbers a field's value may lie, written as it is said: `above(0.0).and_at_most(1.0)`.
#[derive(Clone, Copy, Debug)]
pub struct Limits<'a, T> {
    bounds: (Bound<T>, Bound<T>),
    after: &'a str,
}

fn limits<T>(lower: Bound<T>, upper: Bound<T>) -> Limits<'static, T> {
    Limits { bounds: (lower, upper), after: "" }
}

pub fn between<T>(least: T, most: T) -> Limits<'static, T> {
    limits(Included(least), Included(most))
}

pub fn at_least<T>(least: T) -> Limits<'static, T> {
    limits(Included(least), Unbounded)
}

pub fn at_most<T>(most: T) -> Limits<'static, T> {
    limits(Unbounded, Included(most))
}

pub fn above<T>(limit: T) -> Limits<'static, T> {
    limits(Excluded(limit), Unbounded)
}

/// What would mean nothing at 0, or so near it that 32 bits do not tell the two apart.
pub fn positive() -> Limits<'static, f64> {
    at_least(LEAST)
}

pub fn below<T>(limit: T) -> Limits<'static, T> {
    limits(Unbounded, Excluded(limit))
}

impl<'a, T: Number> Limits<'a, T> {
    pub fn and_at_most(self, most: T) -> Self {
        Self { bounds: (self.bounds.0, Included(most)), ..self }
    }

    pub fn and_below(self, limit: T) -> Self {
        Self { bounds: (self.bounds.0, Excluded(limit)), ..self }
    }

    /// What a message says after the limits: with " degrees", "expected 0 to 45 degrees".
    pub fn followed_by(self, after: &'a str) -> Self {
        Self { after, ..self }
    }

    /// An error in `field` unless `value` lies within the limits, as NaN never does.
    pub fn check(&self, field: &str, value: T) -> Result<(), FieldError> {
        if self.bounds.contains(&value) {
            return Ok(());
        }
        let (lower, upper) = self.bounds;
        let expected = in_words(lower.map(T::in_words), upper.map(T::in_words), T::NAME);
        Err(refusal(field, &expected, self.after, &value.in_words()))
    }
}

/// The words are the same for numbers of all types: the module that the page loads holds this once.
#[cold]
#[inline(never)]
fn in_words(lower: Bound<String>, upper: Bound<String>, name: &str) -> String {
    let upper_words = match &upper {
        Included(most) => format!("at most {most}"),
        Excluded(limit) => format!("below {limit}"),
        Unbounded => String::new(),
    };
    match (lower, upper) {
        (Included(least), Included(most)) if least == most => least,
        (Included(least), Included(most)) => format!("{name}{least} to {most}"),
        (Included(least), Unbounded) => format!("at least {least}"),
        (Included(least), _) => format!("at least {least} and {upper_words}"),
        (Excluded(limit), Unbounded) => format!("above {limit}"),
        (Excluded(limit), _) => format!("above {limit} and {upper_words}"),
        (Unbounded, _) => upper_words,
    }
}

#[cold]
#[inline(never)]
fn refusal(field: &str, expected: &str, after: &str, found: &str) -> FieldError {
    FieldError::new(field, format!("expected {expected}{after}, found {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message<T: Number>(limits: Limits<T>, value: T) -> Option<String> {
        limits.check("x", value).err().map(|error| error.message)
    }

    #[test]
    fn a_range_says_what_was_expected_and_found() {
        let refused = [
            (message(between(1.0, 5.0), 6.0), "expected 1 to 5, found 6"),
            (message(at_least(1.0), 0.5), "expected at least 1, found 0.5"),
            (message(at_most(3.0), 4.0), "expected at most 3, found 4"),
            (message(above(0.0), 0.0), "expected above 0, found 0"),
            (message(positive().and_at_most(1000.0), 1e-320), "expected 1e-30 to 1,000, found 1e-320"),
            (message(at_most(1e3), 1e308), "expected at most 1,000, found 1e308"),
            (message(between(1, 100_000), 0_u32), "expected a whole number from 1 to 100,000, found 0"),
            (message(between(1, 1), 2_u32), "expected 1, found 2"),
            (message(above(0.0).and_at_most(1.0), 2.0), "expected above 0 and at most 1, found 2"),
            (message(above(0.0).and_below(1.0), 1.0), "expected above 0 and below 1, found 1"),
            (message(at_least(0.0).and_below(1.0), f64::NAN), "expected at least 0 and below 1, found NaN"),
            (message(between(0.0, 45.0).followed_by(" degrees"), 50.0), "expected 0 to 45 degrees, found 50"),
        ];
        for (found, expected) in refused {
            assert_eq!(found.as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_lies_within_passes() {
        assert_eq!([1_u32, 5].map(|n| message(between(1, 5), n)), [None, None]);
        assert_eq!(message(above(0.0).and_at_most(1.0), 1.0), None);
        assert_eq!(message(at_least(0.0).and_below(1.0), 0.0), None);
    }

    #[test]
    fn a_path_grows_from_its_end() {
        let path = |field: &str| FieldError::new(field, "").within("[2]").within("layers").within("recipe").field;
        assert_eq!([path("units"), path("")], ["recipe.layers[2].units", "recipe.layers[2]"]);
    }
}
