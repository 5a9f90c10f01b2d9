//! HelloNN: a neural network written from scratch, in the order data flows.
//!
//! File bytes → [`data`] → mini-batches → [`nn`] ⇄ loss → [`train`] → reports, and checkpoints for the [`store`].
//! [`compare`] says whether one group of runs beats another, [`inspect`] looks inside a network. The crate has no
//! clock, no files and no global state; `wasm` is its one door to JavaScript.
//!
//! One step of training, on two images of 2 × 2 pixels:
//!
//! ```
//! use hellonn::data::Dataset;
//! use hellonn::train::{Plan, Recipe, Trainer};
//!
//! // 0 is paper, 255 is ink. Of two classes, 0 has its stroke above and 1 below.
//! let (above, below) = ([255, 255, 0, 0], [0, 0, 255, 255]);
//! let data = Dataset::new([above, below].concat(), vec![0, 1], 2, 2, 2)?;
//!
//! let recipe: Recipe = serde_json::from_str(
//!     r#"{
//!         "layers": [{ "kind": "dense", "units": 2 }],
//!         "start": "heNormal",
//!         "loss": { "kind": "crossEntropy" },
//!         "optimizer": { "kind": "sgd" },
//!         "learningRate": 2,
//!         "batchSize": 2,
//!         "epochs": 1,
//!         "shuffle": false,
//!         "seed": 1
//!     }"#,
//! )?;
//! let mut trainer = Trainer::new(Plan::new(recipe, (&data).into())?, &data);
//!
//! let score_before = trainer.predict(&below).scores[1];
//! trainer.step(&data);
//! assert!(trainer.predict(&below).scores[1] > score_before);
//! assert_eq!(trainer.predict(&below).class, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod by_kind;
pub mod compare;
pub mod data;
mod decimal;
pub mod error;
pub mod inspect;
pub mod nn;
pub mod random;
pub mod store;
pub mod train;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
mod words;

/// The walkthrough for contributors, whose program runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../docs/add-a-layer.md")]
struct AddALayer;
