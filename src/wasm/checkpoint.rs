//! A run as bytes, and back. The recipe in it is JSON, which JavaScript writes and reads itself.

use js_sys::JSON;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::network::RunSummary;
use super::read::recipe_from_js;
use super::session::Session;
use super::write::{error, to_js};
use crate::error::FieldError;
use crate::store;
use crate::train::{Recipe, StepReport, Trainer};

/// A run that has come back: what it is, and where it stands.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Resumed {
    pub run: RunSummary,
    pub report: StepReport,
}

#[wasm_bindgen]
impl Session {
    /// The run as it stands between two steps, in the format of `store/checkpoint`.
    pub fn checkpoint(&self) -> Result<Vec<u8>, JsValue> {
        let checkpoint = self.trainer()?.checkpoint();
        let recipe: JsValue = to_js(checkpoint.recipe.clone())?.into();
        Ok(store::checkpoint::write(&checkpoint, &String::from(JSON::stringify(&recipe)?)))
    }

    /// Takes up a run where `checkpoint` left it, in place of the network before, which stays where this fails.
    pub fn resume(&mut self, checkpoint: &[u8]) -> Result<Ts<Resumed>, JsValue> {
        let training = &self.data()?.training;
        let trainer = store::checkpoint::read(checkpoint, parse)
            .and_then(|checkpoint| Trainer::resume(checkpoint, training))
            .map_err(|FieldError { field, message }| error(format!("{field}: {message}")))?;
        let resumed = Resumed { run: trainer.plan().into(), report: trainer.standing() };
        self.trainer = Some(trainer);
        self.test.begin();
        to_js(resumed)
    }
}

/// Reads a recipe as strictly as one that somebody typed.
fn parse(json: &str) -> Result<Recipe, FieldError> {
    let value = JSON::parse(json).map_err(|_| FieldError::new("", "expected JSON, found other text"))?;
    recipe_from_js(value)
}
