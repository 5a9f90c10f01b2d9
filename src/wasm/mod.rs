//! The door to JavaScript: the only file that says `#[wasm_bindgen]`.
//!
//! It translates and forwards, nothing more. Plain data crosses as objects whose TypeScript types come from the Rust
//! ones; every error becomes a JavaScript `Error` with a message for people and, where a recipe is at fault, the
//! path of the field in `field`.

mod read;

use js_sys::{Error, Reflect};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use self::read::{from_js, recipe_from_js};
use crate::data::{Augmentation, Augmenter, Dataset, Datasets, Drawing, NamedFile, rasterise, read_files};
use crate::error::FieldError;
use crate::nn::LayerSummary;
use crate::random::{Stream, stream};
use crate::train::{self, DataShape, Evaluation, Evaluator, Plan, Recipe, StepReport, Trainer};

#[cfg(not(target_feature = "simd128"))]
compile_error!("build with `cargo xtask build`, which turns on simd128: without it training is several times slower");
#[cfg(target_feature = "relaxed-simd")]
compile_error!("relaxed SIMD gives different bits on different machines: build with `cargo xtask build`");

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(message: &str);
}

/// Sends the text of a panic to the console before the module stops for good.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| console_error(&panic.to_string())));
}

/// How many images a set has, in all and of each class.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SetSummary {
    pub n_images: usize,
    pub class_counts: Vec<usize>,
}

#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(missing_as_null)]
pub struct DataSummary {
    pub rows: usize,
    pub cols: usize,
    pub n_classes: usize,
    pub training: SetSummary,
    pub test: Option<SetSummary>,
}

#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NetworkSummary {
    pub input_shape: Vec<usize>,
    pub layers: Vec<LayerSummary>,
    pub n_parameters: u64,
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
}

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

#[derive(Serialize, Tsify)]
pub struct Samples {
    /// rows·cols bytes an image, one image after another.
    #[tsify(type = "Uint8Array")]
    #[serde(with = "bytes")]
    pub pixels: Vec<u8>,
    #[tsify(type = "Uint8Array")]
    #[serde(with = "bytes")]
    pub labels: Vec<u8>,
}

/// Sends bytes to JavaScript as a `Uint8Array` rather than as an array of numbers.
mod bytes {
    pub fn serialize<S: serde::Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }
}

fn error(message: impl ToString) -> JsValue {
    Error::new(&message.to_string()).into()
}

impl From<FieldError> for JsValue {
    fn from(FieldError { field, message }: FieldError) -> Self {
        let error = Error::new(&message);
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&error, &"field".into(), &field.into());
        error.into()
    }
}

fn to_js<T: Tsify + Serialize>(value: T) -> Result<Ts<T>, JsValue> {
    value.into_ts().map_err(error)
}

#[wasm_bindgen(js_name = presetNames)]
pub fn preset_names() -> Vec<String> {
    train::presets(DataShape::MNIST).into_iter().map(|preset| preset.name.into()).collect()
}

/// The preset's recipe for a training set.
#[wasm_bindgen]
pub fn preset(name: &str, data: Ts<DataShape>) -> Result<Ts<Recipe>, JsValue> {
    to_js(train::preset(name, from_js(data)?)?)
}

/// Bytes of the module's memory, which only grows.
#[wasm_bindgen(js_name = memoryBytes)]
pub fn memory_bytes() -> f64 {
    (core::arch::wasm32::memory_size(0) * 65_536) as f64
}

/// Data, and a network that trains on it.
#[wasm_bindgen]
#[derive(Default)]
pub struct Session {
    staged: Vec<NamedFile>,
    data: Option<Datasets>,
    trainer: Option<Trainer>,
    evaluator: Evaluator,
    /// The indices of all test images.
    test_indices: Vec<u32>,
}

#[wasm_bindgen]
impl Session {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one file's bytes, no longer gzipped, aside until `loadStaged`.
    #[wasm_bindgen(js_name = stageFile)]
    pub fn stage_file(&mut self, name: String, bytes: Vec<u8>) {
        self.staged.push(NamedFile { name, bytes });
    }

    #[wasm_bindgen(js_name = discardStaged)]
    pub fn discard_staged(&mut self) {
        self.staged = Vec::new();
    }

    /// Makes the staged files the data set. Whatever happens nothing is staged afterwards; if the files are bad, data
    /// and network stay as they were.
    #[wasm_bindgen(js_name = loadStaged)]
    pub fn load_staged(&mut self) -> Result<Ts<DataSummary>, JsValue> {
        let data = read_files(std::mem::take(&mut self.staged)).map_err(error)?;
        self.trainer = None;
        self.evaluator = Evaluator::default();
        self.test_indices = (0..data.test.as_ref().map_or(0, Dataset::len) as u32).collect();
        let of_set = |set: &Dataset| SetSummary { n_images: set.len(), class_counts: set.class_counts() };
        let training = &data.training;
        let summary = DataSummary {
            rows: training.rows(),
            cols: training.cols(),
            n_classes: training.n_classes(),
            training: of_set(training),
            test: data.test.as_ref().map(of_set),
        };
        self.data = Some(data);
        to_js(summary)
    }

    /// The images and labels at `indices` of the set "training" or "test"; indices beyond its end are left out.
    pub fn samples(&self, set: &str, indices: Vec<u32>) -> Result<Ts<Samples>, JsValue> {
        let data = self.data()?;
        let set = match set {
            "training" => Some(&data.training),
            "test" => data.test.as_ref(),
            _ => return Err(error(format!("there is no set {set:?}: expected training or test"))),
        };
        let mut samples = Samples { pixels: Vec::new(), labels: Vec::new() };
        for index in indices.into_iter().map(|index| index as usize) {
            if let Some(set) = set.filter(|set| index < set.len()) {
                samples.pixels.extend_from_slice(set.image(index));
                samples.labels.push(set.label(index));
            }
        }
        to_js(samples)
    }

    /// Training images as the augmentation changes them: one draw for each index, decided by the seed.
    #[wasm_bindgen(js_name = augmentedSamples)]
    pub fn augmented_samples(
        &self,
        augmentation: Ts<Augmentation>,
        indices: Vec<u32>,
        seed: u32,
    ) -> Result<Ts<Samples>, JsValue> {
        let augmentation: Augmentation = from_js(augmentation)?;
        augmentation.check().map_err(|error| error.within("augmentation"))?;
        let training = &self.data()?.training;
        let mut augmenter = Augmenter::new(augmentation, training.rows(), training.cols());
        let mut random = stream(seed, Stream::Augmentation);
        let mut samples = Samples { pixels: Vec::new(), labels: Vec::new() };
        let mut image = vec![0; training.n_pixels()];
        for index in indices.into_iter().map(|index| index as usize).filter(|&index| index < training.len()) {
            augmenter.augment(training.image(index), &mut image, &mut random);
            samples.pixels.extend_from_slice(&image);
            samples.labels.push(training.label(index));
        }
        to_js(samples)
    }

    /// What the recipe's network would be; makes nothing.
    pub fn describe(&self, recipe: Ts<Recipe>) -> Result<Ts<NetworkSummary>, JsValue> {
        to_js(summarise(&self.plan(recipe)?))
    }

    /// An untrained network for the recipe, in place of the one before. Without a seed the recipe gets a fresh one.
    pub fn configure(&mut self, recipe: Ts<Recipe>) -> Result<Ts<RunSummary>, JsValue> {
        let plan = self.plan(recipe)?;
        let summary = RunSummary {
            recipe: plan.recipe.clone(),
            network: summarise(&plan),
            n_training: plan.n_training,
            n_validation: plan.n_validation,
            batches_per_epoch: plan.batches_per_epoch(),
        };
        // The old network's memory is free before the new one's is taken.
        self.trainer = None;
        self.trainer = Some(Trainer::new(plan, &self.data()?.training));
        self.evaluator = Evaluator::default();
        to_js(summary)
    }

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

    /// Starts measuring the network on the test set.
    #[wasm_bindgen(js_name = beginEvaluation)]
    pub fn begin_evaluation(&mut self) -> Result<(), JsValue> {
        if self.data()?.test.is_none() {
            return Err(error("the data has no test images: load a test set with its labels too"));
        }
        self.evaluator = Evaluator::default();
        Ok(())
    }

    /// Measures on the next test images, with the parameters of this moment.
    #[wasm_bindgen(js_name = evaluateStep)]
    pub fn evaluate_step(&mut self) -> Result<Ts<Evaluation>, JsValue> {
        let data = self.data.as_ref().ok_or_else(no_data)?;
        let test = data.test.as_ref().ok_or_else(|| error("the data has no test images"))?;
        let trainer = self.trainer.as_mut().ok_or_else(no_network)?;
        to_js(trainer.evaluate_step(&mut self.evaluator, test, &self.test_indices))
    }

    /// The network's answer to a drawing, or nothing where nothing is drawn. Changes nothing.
    pub fn predict(&self, drawing: Ts<Drawing>) -> Result<Option<Ts<Prediction>>, JsValue> {
        let training = &self.data()?.training;
        let trainer = self.trainer.as_ref().ok_or_else(no_network)?;
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

impl Session {
    fn data(&self) -> Result<&Datasets, JsValue> {
        self.data.as_ref().ok_or_else(no_data)
    }

    /// The recipe checked against the data, with a fresh seed where it has none.
    fn plan(&self, recipe: Ts<Recipe>) -> Result<Plan, JsValue> {
        let mut recipe = recipe_from_js(recipe)?;
        if recipe.seed.is_none() {
            recipe.seed = Some(getrandom::u32().map_err(error)?);
        }
        Ok(Plan::new(recipe, (&self.data()?.training).into())?)
    }
}

fn summarise(plan: &Plan) -> NetworkSummary {
    NetworkSummary {
        input_shape: plan.network.input.dimensions(),
        layers: plan.network.summaries(),
        n_parameters: plan.network.n_parameters(),
    }
}

fn no_data() -> JsValue {
    error("no data is loaded")
}

fn no_network() -> JsValue {
    error("there is no network yet: configure one first")
}
