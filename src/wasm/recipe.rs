//! Recipes from JavaScript, and what is wrong with them.

use std::cell::RefCell;

use js_sys::Array;
use serde::Deserialize;
use wasm_bindgen::JsValue;

use super::read::Reader;
use crate::error::FieldError;
use crate::nn::LayerSpec;
use crate::train::Recipe;

/// Reads a recipe, which a person may have written; the path is empty where it is none at all. Fields that hold
/// something else than a number, or a number that cannot be theirs, are read as one that is out of their range, and
/// listed: see [`as_found`].
pub fn recipe_from_js(value: JsValue) -> Result<(Recipe, Vec<FieldError>), FieldError> {
    let misread = RefCell::default();
    let recipe = Recipe::deserialize(Reader::strict(value, &misread))?;
    Ok((recipe, misread.into_inner()))
}

pub struct ReadLayers {
    /// Up to the first that is none.
    pub layers: Vec<LayerSpec>,
    /// As of [`recipe_from_js`].
    pub misread: Vec<FieldError>,
    /// What is wrong with the first that is none.
    pub unread: Option<FieldError>,
}

pub fn layers_from_js(values: Array) -> ReadLayers {
    let mut read = ReadLayers { layers: Vec::new(), misread: Vec::new(), unread: None };
    for value in values {
        let place = format!("layers[{}]", read.layers.len());
        let misread = RefCell::default();
        match LayerSpec::deserialize(Reader::strict(value, &misread)) {
            Ok(layer) => read.layers.push(layer),
            Err(error) => {
                read.unread = Some(error.within(place));
                break;
            }
        }
        read.misread.extend(misread.into_inner().into_iter().map(|error| error.within(&place)));
    }
    read
}

/// What is wrong with a recipe, with what its fields really hold where that was `misread`.
pub fn as_found(mut faults: Vec<FieldError>, misread: Vec<FieldError>) -> Vec<FieldError> {
    // By bytes: what searches texts is not in the module otherwise, and larger than all of this.
    let last = |message: &str| message.as_bytes().windows(8).rposition(|end| end == b", found ");
    for error in misread {
        match faults.iter_mut().find(|fault| fault.field == error.field) {
            Some(fault) => {
                if let (Some(end), Some(start)) = (last(&fault.message), last(&error.message)) {
                    fault.message.replace_range(end.., &error.message[start..]);
                }
            }
            None => faults.push(error),
        }
    }
    faults
}
