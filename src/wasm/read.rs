//! Objects from JavaScript, read strictly.

use js_sys::{Array, Object, Reflect};
use serde::de::DeserializeOwned;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsValue};

use crate::error::FieldError;
use crate::nn::LayerSpec;
use crate::train::{EarlyStopping, Recipe};

/// Reads an object that the page made itself: what is wrong with it needs no path.
pub fn from_js<T: Tsify + DeserializeOwned>(value: Ts<T>) -> Result<T, JsValue> {
    Ok(serde_wasm_bindgen::from_value(value.into())?)
}

/// Reads what a person may have written; where it does not fit, the error names the path of the field.
fn with_path<T: DeserializeOwned>(value: JsValue) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(serde_wasm_bindgen::Deserializer::from(value)).map_err(|error| {
        let message = error.inner().to_string();
        let path = error.path().to_string();
        let field = if path == "." { String::new() } else { path };
        FieldError::new(field, message.strip_prefix("Error: ").unwrap_or(&message))
    })
}

/// Reads layers up to the first that is none, and says what is wrong with that one.
pub fn layers_from_js(values: Array) -> (Vec<LayerSpec>, Option<FieldError>) {
    let mut layers = Vec::new();
    for value in values {
        match with_path(value) {
            Ok(layer) => layers.push(layer),
            Err(error) => {
                let place = format!("layers[{}]", layers.len());
                return (layers, Some(error.within(place)));
            }
        }
    }
    (layers, None)
}

/// Reads a recipe, in which a field that no recipe has is an error. Of plain structures serde-wasm-bindgen asks for
/// the fields it knows and does not look at others, so that a misspelt one would count for nothing without a word.
pub fn recipe_from_js(value: Ts<Recipe>) -> Result<Recipe, JsValue> {
    let object = JsValue::from(value.clone());
    let recipe: Recipe = with_path(value.into()).map_err(|error| match error.field.is_empty() {
        true => error.within("recipe"),
        false => error,
    })?;
    let every_field = Recipe { early_stopping: Some(EarlyStopping { patience: 1 }), ..recipe.clone() };
    let known = every_field.into_ts().map_err(|error| JsValue::from_str(&error.to_string()))?;
    refuse_strangers(&object, &known.into(), "")?;
    Ok(recipe)
}

/// Compares the names in `found` with those in `known`, which has all there can be, and so on within plain objects.
/// What has a kind was read as one of several, for which serde looks at every field itself.
fn refuse_strangers(found: &JsValue, known: &JsValue, path: &str) -> Result<(), JsValue> {
    if !found.is_object() || Array::is_array(found) || Reflect::has(known, &"kind".into()).unwrap_or(false) {
        return Ok(());
    }
    let known: &Object = known.unchecked_ref();
    for key in Object::keys(found.unchecked_ref::<Object>()) {
        let name = key.as_string().unwrap_or_default();
        let field = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        if !Object::has_own(known, &key) {
            let names: Vec<String> = Object::keys(known).iter().filter_map(|key| key.as_string()).collect();
            let message = format!("unknown field `{name}`, expected one of {}", names.join(", "));
            return Err(FieldError::new(field, message).into());
        }
        refuse_strangers(&Reflect::get(found, &key)?, &Reflect::get(known, &key)?, &field)?;
    }
    Ok(())
}
