//! What serde finds wrong with a value, in words for whoever wrote it.

use serde::de::{Error, Expected, Unexpected};

use crate::error::FieldError;
use crate::words::{Number, shortened};

impl Error for FieldError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        FieldError::new("", message.to_string())
    }

    #[cold]
    #[inline(never)]
    fn invalid_type(unexpected: Unexpected, expected: &dyn Expected) -> Self {
        FieldError::new("", format!("expected {}, found {}", expectation(expected), found(unexpected)))
    }

    fn invalid_value(unexpected: Unexpected, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    #[cold]
    #[inline(never)]
    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let found = shortened(variant);
        FieldError::new("", format!("expected one of {}, found \"{found}\"", expected.join(", ")))
    }

    #[cold]
    #[inline(never)]
    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        unknown_field(field, expected)
    }

    #[cold]
    #[inline(never)]
    fn missing_field(field: &'static str) -> Self {
        FieldError::new(field, "expected a value, found nothing")
    }
}

pub fn unknown_field(name: &str, known: &[&str]) -> FieldError {
    let name = shortened(name);
    let expected = if known.is_empty() { "none besides kind".into() } else { format!("one of {}", known.join(", ")) };
    FieldError::new(name.as_str(), format!("unknown field `{name}`, expected {expected}"))
}

/// What there is, as a person says it.
pub fn found(unexpected: Unexpected) -> String {
    match unexpected {
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Float(value) if value.is_nan() => "no number".into(),
        Unexpected::Float(value) => value.in_words(),
        Unexpected::Str(text) => format!("the text \"{}\"", shortened(text)),
        Unexpected::Unit => "nothing".into(),
        Unexpected::Seq => "a list".into(),
        _ => "an object".into(),
    }
}

/// What serde's code asks for, as a person says it.
fn expectation(expected: &dyn Expected) -> String {
    let words = expected.to_string();
    match words.as_str() {
        "a sequence" => "a list in brackets".into(),
        "variant identifier" => "the name of a kind".into(),
        _ if words.starts_with("enum ") => "a name in quotes".into(),
        _ if words.starts_with("struct ") => "an object in braces".into(),
        _ => words,
    }
}
