//! What `by_kind` writes as an object, read: its kind first, wherever it stands, then the settings of that kind.

use js_sys::Reflect;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, VariantAccess, Visitor};

use super::read::Reader;
use crate::error::FieldError;

/// The field with the kind, and what serde calls the enums that have one.
pub const KIND: &str = "kind";

/// An object whose kind is to be read.
pub struct Tagged<'a>(pub Reader<'a>);

impl Reader<'_> {
    #[inline(never)]
    fn kind(&self) -> Result<Self, FieldError> {
        if !self.is_plain_object() {
            return Err(self.refuse(&"an object in braces"));
        }
        let value = Reflect::get(&self.value, &KIND.into()).map_err(|_| FieldError::new(KIND, "cannot be read"))?;
        if value.is_undefined() {
            return Err(FieldError::missing_field(KIND));
        }
        Ok(self.part(value))
    }
}

impl<'de, 'a> EnumAccess<'de> for Tagged<'a> {
    type Error = FieldError;
    type Variant = Settings<'a>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Settings<'a>), FieldError> {
        let kind = seed.deserialize(self.0.kind()?).map_err(|error| error.within(KIND))?;
        let mut object = self.0;
        object.is_of_kind = true;
        Ok((kind, Settings(object)))
    }
}

/// An object whose kind has been read.
pub struct Settings<'a>(Reader<'a>);

impl<'de> VariantAccess<'de> for Settings<'_> {
    type Error = FieldError;

    fn unit_variant(self) -> Result<(), FieldError> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, FieldError> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, FieldError> {
        Err(self.0.refuse(&visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FieldError> {
        self.0.deserialize_struct("", known, visitor)
    }
}
