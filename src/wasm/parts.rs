//! What lies in an array or an object from JavaScript, one part after another.

use js_sys::{Array, Reflect};
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess};
use wasm_bindgen::JsCast;

use super::read::Reader;
use crate::error::FieldError;

/// An array's items, one after another.
pub struct Items<'a> {
    pub array: Reader<'a>,
    pub next_idx: u32,
    pub n_before: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = FieldError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, FieldError> {
        let Some((item, place)) = self.next() else { return Ok(None) };
        match seed.deserialize(item) {
            Ok(value) => {
                self.leave(place);
                Ok(Some(value))
            }
            Err(error) => Err(blame(error, place)),
        }
    }
}

impl<'a> Items<'a> {
    #[inline(never)]
    fn next(&mut self) -> Option<(Reader<'a>, u32)> {
        let items: &Array = self.array.value.unchecked_ref();
        let place = self.next_idx;
        self.next_idx += 1;
        self.n_before = self.array.n_misread();
        (place < items.length()).then(|| (self.array.part(items.get(place)), place))
    }

    #[inline(never)]
    fn leave(&self, place: u32) {
        self.array.locate(self.n_before, &format_args!("[{place}]"));
    }
}

#[cold]
#[inline(never)]
fn blame(error: FieldError, place: u32) -> FieldError {
    error.within(format_args!("[{place}]"))
}

/// An object's fields, one after another.
pub struct Fields<'a> {
    pub object: Reader<'a>,
    pub names: std::vec::IntoIter<String>,
    pub current: String,
    pub n_before: usize,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = FieldError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, FieldError> {
        let Some(name) = self.names.next() else { return Ok(None) };
        self.current = name;
        seed.deserialize(self.current.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, FieldError> {
        match seed.deserialize(self.current()?) {
            Ok(value) => {
                self.object.locate(self.n_before, &self.current);
                Ok(value)
            }
            Err(error) => Err(error.within_part(&self.current)),
        }
    }
}

impl<'a> Fields<'a> {
    #[inline(never)]
    fn current(&mut self) -> Result<Reader<'a>, FieldError> {
        self.n_before = self.object.n_misread();
        let unreadable = |_| FieldError::new(self.current.as_str(), "cannot be read");
        let value = Reflect::get(&self.object.value, &self.current.as_str().into()).map_err(unreadable)?;
        Ok(self.object.part(value))
    }
}
