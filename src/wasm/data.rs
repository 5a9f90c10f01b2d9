//! From files to data sets, and images to look at.

use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::evaluation::Test;
use super::read::from_js;
use super::session::Session;
use super::write::{bytes, error, hex, to_js};
use crate::data::{Augmentation, Augmenter, Dataset, Datasets, NamedFile, read_files};
use crate::random::{Stream, stream};

#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(missing_as_null)]
pub struct DataSummary {
    pub rows: usize,
    pub cols: usize,
    pub n_classes: usize,
    pub training: SetSummary,
    pub test: Option<SetSummary>,
    /// Of both sets together: 16 hexadecimal digits that no other data has.
    pub fingerprint: String,
}

/// How many images a set has, in all and of each class.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SetSummary {
    pub n_images: usize,
    pub class_counts: Vec<usize>,
}

impl From<&Datasets> for DataSummary {
    fn from(data: &Datasets) -> Self {
        let of_set = |set: &Dataset| SetSummary { n_images: set.len(), class_counts: set.class_counts() };
        Self {
            rows: data.training.rows(),
            cols: data.training.cols(),
            n_classes: data.training.n_classes(),
            training: of_set(&data.training),
            test: data.test.as_ref().map(of_set),
            fingerprint: hex(data.fingerprint()),
        }
    }
}

#[derive(Default, Serialize, Tsify)]
pub struct Samples {
    /// rows·cols bytes an image, one image after another.
    #[tsify(type = "Uint8Array")]
    #[serde(with = "bytes")]
    pub pixels: Vec<u8>,
    #[tsify(type = "Uint8Array")]
    #[serde(with = "bytes")]
    pub labels: Vec<u8>,
}

impl Samples {
    fn push(&mut self, image: &[u8], label: u8) {
        self.pixels.extend_from_slice(image);
        self.labels.push(label);
    }
}

/// Those of `indices` that `set` has.
fn within(set: &Dataset, indices: Vec<u32>) -> impl Iterator<Item = usize> {
    indices.into_iter().map(|index| index as usize).filter(|&index| index < set.len())
}

#[wasm_bindgen]
impl Session {
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
        let summary = DataSummary::from(&data);
        self.trainer = None;
        self.test = Test::new(data.test.as_ref());
        self.data = Some(data);
        to_js(summary)
    }

    /// The images and labels at `indices` of the set "training" or "test"; indices beyond its end are left out.
    pub fn samples(&self, set: &str, indices: Vec<u32>) -> Result<Ts<Samples>, JsValue> {
        let data = self.data()?;
        let set = match set {
            "training" => Some(&data.training),
            "test" => data.test.as_ref(),
            _ => return Err(error(format!("there is no set \"{set}\": expected training or test"))),
        };
        let mut samples = Samples::default();
        if let Some(set) = set {
            within(set, indices).for_each(|index| samples.push(set.image(index), set.label(index)));
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
        let fault = augmentation.faults().0.into_iter().next();
        fault.map_or(Ok(()), |fault| Err(fault.within("augmentation")))?;
        let training = &self.data()?.training;
        let mut augmenter = Augmenter::new(augmentation, training.rows(), training.cols());
        let mut random = stream(seed, Stream::Augmentation);
        let mut samples = Samples::default();
        let mut image = vec![0; training.n_pixels()];
        for index in within(training, indices) {
            augmenter.augment(training.image(index), &mut image, &mut random);
            samples.push(&image, training.label(index));
        }
        to_js(samples)
    }
}
