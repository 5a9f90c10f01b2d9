//! What a run's export is made of, and a network whose weights come from elsewhere. The files themselves are written
//! and read in `www/runs/export/`, which is loaded when somebody exports: a page that trains need not carry it.

use js_sys::Float32Array;
use ndarray::ArrayView2;
use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::checkpoint::{Resumed, checkpoint_from};
use super::session::Session;
use super::write::to_js;
use crate::data::pixels::normalise_image;
use crate::inspect::Trace;
use crate::train::{Plan, Recipe, Trainer};

#[wasm_bindgen]
impl Session {
    /// A checkpoint's parameters, each row-major, in the order that `store/checkpoint` says; whatever data there is.
    #[wasm_bindgen(js_name = parametersOf)]
    pub fn parameters_of(&self, checkpoint: &[u8]) -> Result<Vec<Float32Array>, JsValue> {
        let parameters = checkpoint_from(checkpoint)?.parameters;
        Ok(parameters.iter().map(|numbers| Float32Array::from(&numbers[..])).collect())
    }

    /// What a checkpoint's network puts out for images of the data's size, rows·cols bytes each: the outputs as they
    /// are, an image a row.
    #[wasm_bindgen(js_name = outputsOf)]
    pub fn outputs_of(&self, checkpoint: &[u8], pixels: &[u8]) -> Result<Vec<f32>, JsValue> {
        let checkpoint = checkpoint_from(checkpoint)?;
        let data = &self.data()?.training;
        let plan = Plan::new(checkpoint.recipe, data.into())?;
        let trainer = Trainer::with_parameters(plan, data, &checkpoint.parameters)?;
        let n_images = pixels.len() / data.n_pixels();
        let mut rows = vec![0.0; n_images * data.n_pixels()];
        normalise_image(pixels, &mut rows);
        let batch = ArrayView2::from_shape((n_images, data.n_pixels()), &rows).expect("as many numbers as pixels");
        let last = trainer.plan().network.layers.len() - 1;
        Ok(Trace::of(&trainer).answer(batch).output(last).iter().copied().collect())
    }

    /// An untrained run of the recipe, in place of the network before, but with these parameters, in the order that
    /// `parametersOf` gives them. Where this fails all stays as it was.
    #[wasm_bindgen(js_name = openWeights)]
    pub fn open_weights(&mut self, recipe: Ts<Recipe>, parameters: Vec<Float32Array>) -> Result<Ts<Resumed>, JsValue> {
        let plan = self.plan(recipe)?;
        let parameters: Vec<_> = parameters.iter().map(Float32Array::to_vec).collect();
        let trainer = Trainer::with_parameters(plan, &self.data()?.training, &parameters)?;
        to_js(self.hold(trainer))
    }
}
