//! Measuring the network on the test set, piece by piece.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::session::{Session, no_data, no_network};
use super::write::{error, to_js};
use crate::data::Dataset;
use crate::train::{Evaluation, Evaluator};

/// The test set, and how far the network has gone through it.
#[derive(Default)]
pub struct Test {
    evaluator: Evaluator,
    /// Of all test images.
    indices: Vec<u32>,
    /// The class that each image so far was answered with.
    answers: Vec<u8>,
}

impl Test {
    pub fn new(data: Option<&Dataset>) -> Self {
        let n_images = data.map_or(0, Dataset::len);
        Self { indices: (0..n_images as u32).collect(), ..Self::default() }
    }

    /// Back to the first image.
    pub fn begin(&mut self) {
        self.evaluator = Evaluator::default();
        self.answers.clear();
    }
}

#[wasm_bindgen]
impl Session {
    /// Starts measuring the network on the test set.
    #[wasm_bindgen(js_name = beginEvaluation)]
    pub fn begin_evaluation(&mut self) -> Result<(), JsValue> {
        if self.data()?.test.is_none() {
            return Err(error("the data has no test images: load a test set with its labels too"));
        }
        self.test.begin();
        Ok(())
    }

    /// Measures on the next test images, with the parameters of this moment.
    #[wasm_bindgen(js_name = evaluateStep)]
    pub fn evaluate_step(&mut self) -> Result<Ts<Evaluation>, JsValue> {
        let data = self.data.as_ref().ok_or_else(no_data)?;
        let images = data.test.as_ref().ok_or_else(|| error("the data has no test images"))?;
        let trainer = self.trainer.as_mut().ok_or_else(no_network)?;
        let evaluation = trainer.evaluate_step(&mut self.test.evaluator, images, &self.test.indices);
        self.test.answers.extend(trainer.evaluated_answers());
        to_js(evaluation)
    }

    /// The class that each test image so far was answered with, in the order of the file.
    #[wasm_bindgen(js_name = testAnswers)]
    pub fn test_answers(&self) -> Vec<u8> {
        self.test.answers.clone()
    }

    /// What the test images are labelled with, in the order of the file; empty without a test set.
    #[wasm_bindgen(js_name = testLabels)]
    pub fn test_labels(&self) -> Vec<u8> {
        let test = self.data.as_ref().and_then(|data| data.test.as_ref());
        test.map_or_else(Vec::new, |test| test.labels().to_vec())
    }
}
