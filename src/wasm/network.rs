//! What a recipe's network would be, and making it.

use js_sys::Array;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::read::from_js;
use super::recipe::{ReadLayers, as_found, layers_from_js, recipe_from_js};
use super::session::Session;
use super::write::{error, refusal, to_js};
use crate::error::FieldError;
use crate::nn::{LayerSummary, NetworkPlan};
use crate::train::{self, DataShape, ENGINE_VERSION, Plan, Preset, Recipe, Trainer};

#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NetworkSummary {
    pub input_shape: Vec<usize>,
    pub layers: Vec<LayerSummary>,
    pub n_parameters: u64,
    /// Of one answer.
    pub n_multiply_adds: u64,
}

impl From<&NetworkPlan> for NetworkSummary {
    fn from(plan: &NetworkPlan) -> Self {
        Self {
            input_shape: plan.input.dimensions(),
            layers: plan.summaries(),
            n_parameters: plan.n_parameters(),
            n_multiply_adds: plan.n_multiply_adds(),
        }
    }
}

/// Layers as far as they fit.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(missing_as_null)]
pub struct LayersSummary {
    pub input_shape: Vec<usize>,
    /// Those before the one at fault.
    pub layers: Vec<LayerSummary>,
    /// Of a network with nothing wrong.
    pub n_parameters: Option<u64>,
    pub error: Option<FieldError>,
}

#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(missing_as_null)]
pub struct RunSummary {
    /// The recipe with its seed filled in.
    pub recipe: Recipe,
    pub network: NetworkSummary,
    pub n_training: usize,
    pub n_validation: usize,
    pub batches_per_epoch: usize,
    /// A run of another version would not give the same bits.
    pub engine_version: u32,
}

impl From<&Plan> for RunSummary {
    fn from(plan: &Plan) -> Self {
        Self {
            recipe: plan.recipe.clone(),
            network: (&plan.network).into(),
            n_training: plan.n_training,
            n_validation: plan.n_validation,
            batches_per_epoch: plan.batches_per_epoch(),
            engine_version: ENGINE_VERSION,
        }
    }
}

/// The recipes to start from, for a training set.
#[wasm_bindgen]
pub fn presets(data: Ts<DataShape>) -> Result<Vec<Ts<Preset>>, JsValue> {
    train::presets(from_js(data)?).into_iter().map(to_js).collect()
}

#[wasm_bindgen]
impl Session {
    /// What a run of the recipe would be; makes nothing. Without a seed the recipe gets a fresh one.
    pub fn describe(&self, recipe: Ts<Recipe>) -> Result<Ts<RunSummary>, JsValue> {
        to_js(RunSummary::from(&self.plan(recipe)?))
    }

    /// What the layers make of the data's images, as far as they fit, and what is wrong with the first that does not.
    #[wasm_bindgen(js_name = describeLayers)]
    pub fn describe_layers(
        &self,
        #[wasm_bindgen(unchecked_param_type = "LayerSpec[]")] layers: Array,
    ) -> Result<Ts<LayersSummary>, JsValue> {
        let data = self.data_shape()?;
        let ReadLayers { layers, misread, unread } = layers_from_js(layers);
        let (plan, misfit) = train::fit_layers(&layers, data);
        let error = misfit.or(unread).or_else(|| train::check_network(&plan, data).err());
        let error = as_found(error.into_iter().collect(), misread).into_iter().next();
        let NetworkSummary { input_shape, layers, n_parameters, .. } = (&plan).into();
        to_js(LayersSummary { input_shape, layers, n_parameters: error.is_none().then_some(n_parameters), error })
    }

    /// An untrained network for the recipe, in place of the one before. Without a seed the recipe gets a fresh one.
    pub fn configure(&mut self, recipe: Ts<Recipe>) -> Result<Ts<RunSummary>, JsValue> {
        let plan = self.plan(recipe)?;
        let summary = RunSummary::from(&plan);
        // The old network's memory is free before the new one's is taken.
        self.trainer = None;
        self.trainer = Some(Trainer::new(plan, &self.data()?.training));
        self.test.begin();
        to_js(summary)
    }
}

impl Session {
    /// The recipe checked against the data, with a fresh seed where it has none.
    pub(super) fn plan(&self, recipe: Ts<Recipe>) -> Result<Plan, JsValue> {
        let data = self.data_shape()?;
        let (mut recipe, misread) = recipe_from_js(recipe.into()).map_err(|error| match error.field.is_empty() {
            true => error.within("recipe"),
            false => error,
        })?;
        if recipe.seed.is_none() {
            recipe.seed = Some(getrandom::u32().map_err(error)?);
        }
        let faults = as_found(Plan::faults(&recipe, data), misread);
        if faults.is_empty() { Ok(Plan::new(recipe, data)?) } else { Err(refusal(faults)) }
    }
}
