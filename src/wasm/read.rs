//! Objects from JavaScript: serde's data format of them.
//!
//! Errors name the path of the field at fault. Of a recipe every field must be known; of objects that the page made
//! itself only those that are asked for are looked at.

use std::cell::RefCell;
use std::fmt::Display;

use js_sys::{Array, Object};
use serde::de::{DeserializeOwned, Deserializer, Error, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsValue};

use super::kinds::{self, KIND};
use super::parts::{Fields, Items};
use super::said::{found, unknown_field};
use crate::error::FieldError;

/// Beyond it, a JavaScript number may stand for several whole numbers.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// What is said of a whole number where its field has no narrower range.
const WHOLE: &str = "a whole number from 0 to 4,294,967,295";

/// What stands in a recipe for a number that could not be read: no field that has a range has these within it, so
/// that the check of the range says what was expected.
const NO_COUNT: u32 = u32::MAX;
const NO_NUMBER: f64 = f64::NAN;

/// Reads an object that the page made itself.
pub fn from_js<T: Tsify + DeserializeOwned>(value: Ts<T>) -> Result<T, FieldError> {
    T::deserialize(Reader::new(value.into(), None))
}

/// A value, and where to list what was misread in it; nowhere: then it is an error, and unknown fields are none.
pub struct Reader<'a> {
    pub value: JsValue,
    misread: Option<&'a RefCell<Vec<FieldError>>>,
    /// Whether its kind has been read already, and is none of its settings.
    pub is_of_kind: bool,
}

impl<'a> Reader<'a> {
    /// Of what a person may have written. What is no number that its field could have is read as one that no field's
    /// range has within it, and listed in `misread`, with its path.
    pub fn strict(value: JsValue, misread: &'a RefCell<Vec<FieldError>>) -> Self {
        Self::new(value, Some(misread))
    }

    fn new(value: JsValue, misread: Option<&'a RefCell<Vec<FieldError>>>) -> Self {
        Self { value, misread, is_of_kind: false }
    }

    pub fn part(&self, value: JsValue) -> Self {
        Self::new(value, self.misread)
    }

    #[inline(never)]
    fn whole_number(&self) -> Option<i64> {
        let is_whole = |number: &f64| number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER;
        self.value.as_f64().filter(is_whole).map(|number| number as i64)
    }

    fn is_nothing(&self) -> bool {
        self.value.is_null() || self.value.is_undefined()
    }

    fn unexpected<T>(&self, use_it: impl FnOnce(Unexpected) -> T) -> T {
        let text = self.value.as_string();
        use_it(match (self.value.as_bool(), self.value.as_f64(), &text) {
            _ if self.is_nothing() => Unexpected::Unit,
            (Some(value), _, _) => Unexpected::Bool(value),
            (_, Some(value), _) => Unexpected::Float(value),
            (_, _, Some(value)) => Unexpected::Str(value),
            _ if Array::is_array(&self.value) => Unexpected::Seq,
            _ => Unexpected::Map,
        })
    }

    #[cold]
    pub fn refuse(&self, expected: &dyn Expected) -> FieldError {
        self.unexpected(|unexpected| FieldError::invalid_type(unexpected, expected))
    }

    /// What stands for a value that is not what was `expected`.
    #[cold]
    fn misread<T>(&self, expected: &str, instead: T) -> Result<T, FieldError> {
        let error = FieldError::new("", format!("expected {expected}, found {}", self.unexpected(found)));
        match self.misread {
            None => Err(error),
            Some(misread) => {
                misread.borrow_mut().push(error);
                Ok(instead)
            }
        }
    }

    #[inline(never)]
    fn count(&self) -> Result<u64, FieldError> {
        match self.whole_number().map(u32::try_from) {
            Some(Ok(value)) => Ok(value.into()),
            _ => self.misread(WHOLE, NO_COUNT.into()),
        }
    }

    #[inline(never)]
    fn number(&self) -> Result<f64, FieldError> {
        let value = self.value.as_f64().filter(|value| !value.is_nan());
        value.map_or_else(|| self.misread("a number", NO_NUMBER), Ok)
    }

    #[inline(never)]
    fn flag(&self) -> Result<bool, FieldError> {
        self.value.as_bool().map_or_else(|| self.misread("true or false", false), Ok)
    }

    /// Names the part in which lies what was misread since there were `n_before`.
    #[inline(never)]
    pub fn locate(&self, n_before: usize, part: &dyn Display) {
        let Some(misread) = self.misread else { return };
        let here = misread.borrow_mut().split_off(n_before);
        misread.borrow_mut().extend(here.into_iter().map(|error| error.within(part)));
    }

    pub fn n_misread(&self) -> usize {
        self.misread.map_or(0, |misread| misread.borrow().len())
    }

    pub fn is_plain_object(&self) -> bool {
        self.value.is_object() && !Array::is_array(&self.value)
    }

    /// Those of the `known` fields that an object itself has, not what all objects have.
    #[inline(never)]
    fn fields(self, known: &[&str], expected: &dyn Expected) -> Result<Fields<'a>, FieldError> {
        if !self.is_plain_object() {
            return Err(self.refuse(expected));
        }
        let mut names = Vec::new();
        for name in Object::keys(self.value.unchecked_ref::<Object>()).iter().filter_map(|key| key.as_string()) {
            if known.contains(&name.as_str()) {
                names.push(name);
            } else if self.misread.is_some() && !(self.is_of_kind && name == KIND) {
                return Err(unknown_field(&name, known));
            }
        }
        Ok(Fields { object: self, names: names.into_iter(), current: String::new(), n_before: 0 })
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = FieldError;

    /// Nothing that is read is without a type.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        Err(self.refuse(&visitor))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        self.deserialize_identifier(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        self.deserialize_identifier(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        match self.value.as_string() {
            Some(name) => visitor.visit_str(&name),
            None => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        visitor.visit_bool(self.flag()?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        visitor.visit_u64(self.count()?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        if !Array::is_array(&self.value) {
            return Err(self.refuse(&visitor));
        }
        visitor.visit_seq(Items { array: self, next_idx: 0, n_before: 0 })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FieldError> {
        let fields = self.fields(known, &visitor)?;
        visitor.visit_map(fields)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FieldError> {
        if name == KIND {
            return visitor.visit_enum(kinds::Tagged(self));
        }
        match self.value.as_string() {
            Some(name) => visitor.visit_enum(name.into_deserializer()),
            None => Err(self.refuse(&visitor)),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u128 char bytes byte_buf unit unit_struct newtype_struct tuple
        tuple_struct map ignored_any
    }
}
