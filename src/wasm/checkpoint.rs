//! A run as bytes, and back. The recipe in it is JSON, which JavaScript writes and reads itself.

use js_sys::JSON;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::network::RunSummary;
use super::recipe::recipe_from_js;
use super::session::Session;
use super::write::{error, to_js};
use crate::error::FieldError;
use crate::store;
use crate::train::{Checkpoint, Recipe, StepReport, Trainer};

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

    /// Takes up a run where `checkpoint` left it, in place of the network before, which stays where this fails. With
    /// `epochs`, the run has as many from now on: it goes on where it was over.
    pub fn resume(&mut self, checkpoint: &[u8], epochs: Option<u32>) -> Result<Ts<Resumed>, JsValue> {
        let training = &self.data()?.training;
        let mut trainer = Trainer::resume(checkpoint_from(checkpoint)?, training).map_err(with_path)?;
        if let Some(epochs) = epochs {
            trainer.extend(epochs as usize).map_err(with_path)?;
        }
        to_js(self.hold(trainer))
    }
}

impl Session {
    /// Takes a network that has been trained before, in place of the one that there was.
    pub(super) fn hold(&mut self, trainer: Trainer) -> Resumed {
        let resumed = Resumed { run: trainer.plan().into(), report: trainer.standing() };
        self.trainer = Some(trainer);
        self.test.begin();
        resumed
    }
}

/// Reads a checkpoint as it stands, whatever data there is.
pub fn checkpoint_from(bytes: &[u8]) -> Result<Checkpoint, JsValue> {
    store::checkpoint::read(bytes, parse).map_err(with_path)
}

/// The message with the path in it: of a checkpoint nobody has fields to look at.
fn with_path(FieldError { field, message }: FieldError) -> JsValue {
    error(format!("{field}: {message}"))
}

/// Reads a recipe as strictly as one that somebody typed.
fn parse(json: &str) -> Result<Recipe, FieldError> {
    let value = JSON::parse(json).map_err(|_| FieldError::new("", "expected JSON, found other text"))?;
    let (recipe, misread) = recipe_from_js(value)?;
    misread.into_iter().next().map_or(Ok(recipe), Err)
}
