//! Values and errors on their way to JavaScript.

use js_sys::{Array, Error, Reflect};
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

/// An error that names the first of a recipe's faults, and has the others in `others`.
pub fn refusal(faults: Vec<FieldError>) -> JsValue {
    let mut faults = faults.into_iter();
    let first = faults.next().map_or_else(|| error("nothing is wrong"), JsValue::from);
    let others: Array = faults.filter_map(|fault| to_js(fault).ok()).map(JsValue::from).collect();
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&first, &"others".into(), &others);
    first
}

/// Sends bytes to JavaScript as a `Uint8Array` rather than as an array of numbers.
pub mod bytes {
    pub fn serialize<S: serde::Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }
}
