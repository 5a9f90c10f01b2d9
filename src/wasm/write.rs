//! Values and errors on their way to JavaScript.

use js_sys::{Error, Reflect};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;

use crate::error::FieldError;

pub fn to_js<T: Tsify + Serialize>(value: T) -> Result<Ts<T>, JsValue> {
    value.into_ts().map_err(error)
}

/// The 64 bits of a hash, which JavaScript's numbers have no room for: 16 hexadecimal digits.
pub fn hex(hash: u64) -> String {
    format!("{hash:016x}")
}

pub fn error(message: impl ToString) -> JsValue {
    Error::new(&message.to_string()).into()
}

impl From<FieldError> for JsValue {
    fn from(FieldError { field, message }: FieldError) -> Self {
        let error = Error::new(&message);
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&error, &"field".into(), &field.into());
        error.into()
    }
}

/// Sends bytes to JavaScript as a `Uint8Array` rather than as an array of numbers.
pub mod bytes {
    pub fn serialize<S: serde::Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }
}
