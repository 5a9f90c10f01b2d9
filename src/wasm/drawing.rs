//! The network's answer to a drawing.

use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::read::from_js;
use super::session::Session;
use super::write::{bytes, to_js};
use crate::data::{Drawing, rasterise};

#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Prediction {
    pub digit: usize,
    /// One number from 0 to 1 for each class.
    pub scores: Vec<f64>,
    /// Whether the scores are probabilities that sum to 1.
    pub are_probabilities: bool,
    /// The image that the network saw: rows·cols bytes, 255 for ink.
    #[tsify(type = "Uint8Array")]
    #[serde(with = "bytes")]
    pub image: Vec<u8>,
}

#[wasm_bindgen]
impl Session {
    /// The network's answer to a drawing, or nothing where nothing is drawn. Changes nothing.
    pub fn predict(&self, drawing: Ts<Drawing>) -> Result<Option<Ts<Prediction>>, JsValue> {
        let training = &self.data()?.training;
        let trainer = self.trainer()?;
        let drawing: Drawing = from_js(drawing)?;
        let Some(image) = rasterise(&drawing, training.rows(), training.cols()) else { return Ok(None) };
        let prediction = trainer.predict(&image);
        to_js(Prediction {
            digit: prediction.class,
            scores: prediction.scores,
            are_probabilities: trainer.plan().recipe.loss.scores_are_probabilities(),
            image,
        })
        .map(Some)
    }
}
