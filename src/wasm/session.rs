//! What JavaScript holds: data, and a network that trains on it.

use wasm_bindgen::prelude::*;

use super::evaluation::Test;
use super::write::error;
use crate::data::{Datasets, NamedFile};
use crate::train::{DataShape, Trainer};

/// Data, and a network that trains on it.
#[wasm_bindgen]
#[derive(Default)]
pub struct Session {
    /// Files that are to become the data.
    pub(super) staged: Vec<NamedFile>,
    pub(super) data: Option<Datasets>,
    pub(super) trainer: Option<Trainer>,
    pub(super) test: Test,
}

#[wasm_bindgen]
impl Session {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Session {
    pub(super) fn data(&self) -> Result<&Datasets, JsValue> {
        self.data.as_ref().ok_or_else(no_data)
    }

    pub(super) fn data_shape(&self) -> Result<DataShape, JsValue> {
        Ok((&self.data()?.training).into())
    }

    pub(super) fn trainer(&self) -> Result<&Trainer, JsValue> {
        self.trainer.as_ref().ok_or_else(no_network)
    }
}

pub fn no_data() -> JsValue {
    error("no data is loaded")
}

pub fn no_network() -> JsValue {
    error("there is no network yet: configure one first")
}
