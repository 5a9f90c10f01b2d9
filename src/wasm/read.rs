//! Objects from JavaScript: serde's data format of them.
//!
//! Errors name the path of the field at fault. Of a recipe every field must be known; of objects that the page made
//! itself only those that are asked for are looked at.

use js_sys::{Array, Object, Reflect};
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsValue};

use super::kinds::{self, KIND};
use crate::error::FieldError;
use crate::nn::LayerSpec;
use crate::train::Recipe;

/// Beyond it, a JavaScript number may stand for several whole numbers.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Reads an object that the page made itself.
pub fn from_js<T: Tsify + DeserializeOwned>(value: Ts<T>) -> Result<T, FieldError> {
    T::deserialize(Reader::new(value.into(), false))
}

/// Reads a recipe, which a person may have written; the path is empty where it is none at all.
pub fn recipe_from_js(value: JsValue) -> Result<Recipe, FieldError> {
    Recipe::deserialize(Reader::new(value, true))
}

/// Reads layers up to the first that is none, and says what is wrong with that one.
pub fn layers_from_js(values: Array) -> (Vec<LayerSpec>, Option<FieldError>) {
    let mut layers = Vec::new();
    for value in values {
        match LayerSpec::deserialize(Reader::new(value, true)) {
            Ok(layer) => layers.push(layer),
            Err(error) => {
                let place = format!("layers[{}]", layers.len());
                return (layers, Some(error.within(place)));
            }
        }
    }
    (layers, None)
}

impl Error for FieldError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        FieldError::new("", message.to_string())
    }
}

/// A value, and whether an object's unknown fields are errors.
pub struct Reader {
    pub value: JsValue,
    is_strict: bool,
    /// Whether its kind has been read already, and is none of its settings.
    pub is_of_kind: bool,
}

impl Reader {
    fn new(value: JsValue, is_strict: bool) -> Self {
        Self { value, is_strict, is_of_kind: false }
    }

    pub fn part(&self, value: JsValue) -> Self {
        Self::new(value, self.is_strict)
    }

    fn whole_number(&self) -> Option<i64> {
        let is_whole = |number: &f64| number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER;
        self.value.as_f64().filter(is_whole).map(|number| number as i64)
    }

    fn is_nothing(&self) -> bool {
        self.value.is_null() || self.value.is_undefined()
    }

    #[cold]
    pub fn refuse(&self, expected: &dyn Expected) -> FieldError {
        let text = self.value.as_string();
        let found = match (self.value.as_bool(), self.value.as_f64(), &text) {
            _ if self.is_nothing() => Unexpected::Unit,
            (Some(value), _, _) => Unexpected::Bool(value),
            (_, Some(value), _) => Unexpected::Float(value),
            (_, _, Some(value)) => Unexpected::Str(value),
            _ if Array::is_array(&self.value) => Unexpected::Seq,
            _ => Unexpected::Map,
        };
        FieldError::invalid_type(found, expected)
    }

    pub fn is_plain_object(&self) -> bool {
        self.value.is_object() && !Array::is_array(&self.value)
    }

    /// Those of the `known` fields that an object itself has, not what all objects have.
    #[inline(never)]
    fn fields(self, known: &[&str], expected: &dyn Expected) -> Result<Fields, FieldError> {
        if !self.is_plain_object() {
            return Err(self.refuse(expected));
        }
        let mut names = Vec::new();
        for name in Object::keys(self.value.unchecked_ref::<Object>()).iter().filter_map(|key| key.as_string()) {
            if known.contains(&name.as_str()) {
                names.push(name);
            } else if self.is_strict && !(self.is_of_kind && name == KIND) {
                return Err(unknown_field(name, known));
            }
        }
        Ok(Fields { object: self, names: names.into_iter(), current: String::new() })
    }
}

#[cold]
fn unknown_field(name: String, known: &[&str]) -> FieldError {
    let expected = if known.is_empty() { "none besides kind".into() } else { format!("one of {}", known.join(", ")) };
    let message = format!("unknown field `{name}`, expected {expected}");
    FieldError::new(name, message)
}

impl<'de> Deserializer<'de> for Reader {
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
        match self.value.as_bool() {
            Some(value) => visitor.visit_bool(value),
            None => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        match self.whole_number() {
            Some(value) if value >= 0 => visitor.visit_u64(value as u64),
            _ => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        match self.value.as_f64() {
            Some(value) => visitor.visit_f64(value),
            None => Err(self.refuse(&visitor)),
        }
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
        visitor.visit_seq(Items { array: self, next_idx: 0 })
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

/// An array's items, one after another.
struct Items {
    array: Reader,
    next_idx: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = FieldError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, FieldError> {
        let Some((item, place)) = self.next() else { return Ok(None) };
        seed.deserialize(item).map(Some).map_err(|error| error.within(format_args!("[{place}]")))
    }
}

impl Items {
    #[inline(never)]
    fn next(&mut self) -> Option<(Reader, u32)> {
        let items: &Array = self.array.value.unchecked_ref();
        let place = self.next_idx;
        self.next_idx += 1;
        (place < items.length()).then(|| (self.array.part(items.get(place)), place))
    }
}

/// An object's fields, one after another.
struct Fields {
    object: Reader,
    names: std::vec::IntoIter<String>,
    current: String,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = FieldError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, FieldError> {
        let Some(name) = self.names.next() else { return Ok(None) };
        self.current = name;
        seed.deserialize(self.current.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, FieldError> {
        seed.deserialize(self.current()?).map_err(|error| error.within(&self.current))
    }
}

impl Fields {
    #[inline(never)]
    fn current(&self) -> Result<Reader, FieldError> {
        let value = Reflect::get(&self.object.value, &self.current.as_str().into());
        let unreadable = |_| FieldError::new(self.current.clone(), "cannot be read");
        value.map(|value| self.object.part(value)).map_err(unreadable)
    }
}
