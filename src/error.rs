//! What is wrong with a value that a person chose, and the one way to find that out.

use std::fmt::Display;
use std::ops::Bound::{self, Excluded, Included, Unbounded};
use std::ops::RangeBounds;

use serde::Serialize;
use thiserror::Error;

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
        let Self { field, message } = self;
        let dot = if field.is_empty() || field.starts_with('[') { "" } else { "." };
        Self { field: format!("{part}{dot}{field}"), message }
    }
}

/// An error in `field` unless `holds`.
pub fn check(holds: bool, field: &str, message: impl FnOnce() -> String) -> Result<(), FieldError> {
    if holds { Ok(()) } else { Err(FieldError::new(field, message())) }
}

/// Between which numbers a field's value may lie, written as it is said: `above(0.0).and_at_most(1.0)`.
#[derive(Clone, Copy, Debug)]
pub struct Limits<'a, T> {
    bounds: (Bound<T>, Bound<T>),
    before: &'a str,
    after: &'a str,
}

fn limits<T>(lower: Bound<T>, upper: Bound<T>) -> Limits<'static, T> {
    Limits { bounds: (lower, upper), before: "", after: "" }
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

pub fn below<T>(limit: T) -> Limits<'static, T> {
    limits(Unbounded, Excluded(limit))
}

impl<'a, T: PartialOrd + Display> Limits<'a, T> {
    pub fn and_at_most(self, most: T) -> Self {
        Self { bounds: (self.bounds.0, Included(most)), ..self }
    }

    pub fn and_below(self, limit: T) -> Self {
        Self { bounds: (self.bounds.0, Excluded(limit)), ..self }
    }

    /// What a message says around the limits: with "an angle of " and " degrees", "expected an angle of 0 to 45
    /// degrees".
    pub fn in_words(self, before: &'a str, after: &'a str) -> Self {
        Self { before, after, ..self }
    }

    /// An error in `field` unless `value` lies within the limits, as NaN never does.
    pub fn check(&self, field: &str, value: T) -> Result<(), FieldError> {
        check(self.bounds.contains(&value), field, || {
            format!("expected {}{}{}, found {value}", self.before, self.words(), self.after)
        })
    }

    fn words(&self) -> String {
        let (lower, upper) = &self.bounds;
        let upper_words = match upper {
            Included(most) => format!("at most {most}"),
            Excluded(limit) => format!("below {limit}"),
            Unbounded => String::new(),
        };
        match (lower, upper) {
            (Included(least), Included(most)) => format!("{least} to {most}"),
            (Included(least), Unbounded) => format!("at least {least}"),
            (Included(least), _) => format!("at least {least} and {upper_words}"),
            (Excluded(limit), Unbounded) => format!("above {limit}"),
            (Excluded(limit), _) => format!("above {limit} and {upper_words}"),
            (Unbounded, _) => upper_words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message<T: PartialOrd + Display>(limits: Limits<T>, value: T) -> Option<String> {
        limits.check("x", value).err().map(|error| error.message)
    }

    #[test]
    fn a_range_says_what_was_expected_and_found() {
        let refused = [
            (message(between(1.0, 5.0), 6.0), "expected 1 to 5, found 6"),
            (message(at_least(1.0), 0.5), "expected at least 1, found 0.5"),
            (message(at_most(3.0), 4.0), "expected at most 3, found 4"),
            (message(above(0.0), 0.0), "expected above 0, found 0"),
            (message(above(0.0).and_at_most(1.0), 2.0), "expected above 0 and at most 1, found 2"),
            (message(above(0.0).and_below(1.0), 1.0), "expected above 0 and below 1, found 1"),
            (message(at_least(0.0).and_below(1.0), f64::NAN), "expected at least 0 and below 1, found NaN"),
            (
                message(between(0.0, 45.0).in_words("an angle of ", " degrees"), 50.0),
                "expected an angle of 0 to 45 degrees, found 50",
            ),
        ];
        for (found, expected) in refused {
            assert_eq!(found.as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_lies_within_passes() {
        assert_eq!([1, 5].map(|n| message(between(1, 5), n)), [None, None]);
        assert_eq!(message(above(0.0).and_at_most(1.0), 1.0), None);
        assert_eq!(message(at_least(0.0).and_below(1.0), 0.0), None);
    }

    #[test]
    fn a_path_grows_from_its_end() {
        let path = |field: &str| FieldError::new(field, "").within("[2]").within("layers").within("recipe").field;
        assert_eq!([path("units"), path("")], ["recipe.layers[2].units", "recipe.layers[2]"]);
    }
}
