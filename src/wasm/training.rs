//! Training step by step.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::session::{Session, no_data, no_network};
use super::write::{hex, to_js};
use crate::train::StepReport;

#[wasm_bindgen]
impl Session {
    #[wasm_bindgen(js_name = setLearningRate)]
    pub fn set_learning_rate(&mut self, rate: f64) -> Result<(), JsValue> {
        let trainer = self.trainer.as_mut().ok_or_else(no_network)?;
        Ok(trainer.set_learning_rate(rate)?)
    }

    /// Trains for a bounded piece of work.
    pub fn step(&mut self) -> Result<Ts<StepReport>, JsValue> {
        let data = self.data.as_ref().ok_or_else(no_data)?;
        let trainer = self.trainer.as_mut().ok_or_else(no_network)?;
        to_js(trainer.step(&data.training))
    }

    /// What tells the network's parameters from others: 16 hexadecimal digits.
    pub fn checksum(&self) -> Result<String, JsValue> {
        Ok(hex(self.trainer()?.checksum()))
    }
}
