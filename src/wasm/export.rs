//! What a run's export is made of, and a network whose weights come from elsewhere. The files themselves are written
//! and read in `www/runs/export/`, which is loaded when somebody exports: a page that trains need not carry it.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::checkpoint::{Resumed, checkpoint_from};
use super::session::Session;
use super::write::to_js;
use crate::data::pixels::normalise_image;
use crate::inspect::{Descent, Untrained, answers, first_updates};
use crate::train::{Plan, Recipe, Trainer};

#[wasm_bindgen]
impl Session {
    /// A checkpoint's parameters, one after another in the order that `store/checkpoint` says; whatever data there is.
    #[wasm_bindgen(js_name = parametersOf)]
    pub fn parameters_of(&self, checkpoint: &[u8]) -> Result<Vec<f32>, JsValue> {
        Ok(checkpoint_from(checkpoint)?.parameters.concat())
    }

    /// What a checkpoint's network puts out for images of the data's size, rows·cols bytes each: the outputs as they
    /// are, an image a row.
    #[wasm_bindgen(js_name = outputsOf)]
    pub fn outputs_of(&self, checkpoint: &[u8], pixels: &[u8]) -> Result<Vec<f32>, JsValue> {
        let checkpoint = checkpoint_from(checkpoint)?;
        let data = &self.data()?.training;
        let plan = Plan::new(checkpoint.recipe, data.into())?;
        let trainer = Trainer::with_parameters(plan, data, &checkpoint.parameters.concat())?;
        Ok(answers(&trainer, &normalised(pixels)))
    }

    /// An untrained run of the recipe, in place of the network before, but with these parameters, in the order that
    /// `parametersOf` gives them. Where this fails all stays as it was.
    #[wasm_bindgen(js_name = openWeights)]
    pub fn open_weights(&mut self, recipe: Ts<Recipe>, parameters: &[f32]) -> Result<Ts<Resumed>, JsValue> {
        let plan = self.plan(recipe)?;
        let trainer = Trainer::with_parameters(plan, &self.data()?.training, parameters)?;
        to_js(self.hold(trainer))
    }

    /// The first updates of the recipe's network on these images, as [`first_updates`] has them, by plain gradient
    /// descent with this learning rate and the recipe's weight decay. What else the recipe says of training does not
    /// matter here.
    #[wasm_bindgen(js_name = firstUpdates)]
    pub fn first_updates(
        &self,
        recipe: Ts<Recipe>,
        learning_rate: f32,
        batch_size: usize,
        pixels: &[u8],
        labels: &[u8],
    ) -> Result<Vec<f32>, JsValue> {
        let plan = self.plan(recipe)?;
        let network =
            Untrained { plan: &plan.network, start: plan.recipe.start, loss: plan.recipe.loss, seed: plan.seed };
        let weight_decay = plan.recipe.weight_decay as f32;
        let descent = Descent { learning_rate, weight_decay, batch_size: batch_size.clamp(1, labels.len().max(1)) };
        Ok(first_updates(network, &normalised(pixels), labels, descent))
    }
}

/// The pixels as a network sees them.
fn normalised(pixels: &[u8]) -> Vec<f32> {
    let mut numbers = vec![0.0; pixels.len()];
    normalise_image(pixels, &mut numbers);
    numbers
}
