//! The same bits everywhere: tests/reference/bits.json holds a recipe that has a bit of everything and the losses it
//! gave; the native build, here, and WebAssembly in the browser, in tests/browser/reproducibility.test.js, are to give
//! just these.

use hellonn::data::Dataset;
use hellonn::train::Recipe;
use serde::Deserialize;

use crate::common::{run, trainer};

#[derive(Deserialize)]
struct Reference {
    recipe: Recipe,
    #[serde(rename = "trainingLosses")]
    training_losses: Vec<f64>,
}

/// What `bands` in tests/browser/support/idx.js makes for 400 training images of 16 × 12 with 4 classes.
fn bands() -> Dataset {
    let mut state = 1u64;
    let mut noise = || {
        state = state * 48271 % 0x7fff_ffff;
        (state % 64) as u8
    };
    let labels: Vec<u8> = (0..400).map(|image_idx| (image_idx % 4) as u8).collect();
    let band = |label: u8, row: usize| if row / 4 == usize::from(label) { 190 } else { 0 };
    let rows = labels.iter().flat_map(|&label| (0..16).map(move |row| band(label, row)));
    let pixels = rows.flat_map(|brightness| [brightness; 12]).map(|brightness| brightness + noise()).collect();
    Dataset::new(pixels, labels, 16, 12, 4).expect("the images are sound")
}

#[test]
fn the_native_build_gives_the_bits_of_the_reference() {
    let reference: Reference =
        serde_json::from_str(include_str!("../reference/bits.json")).expect("a recipe and its losses");
    let data = bands();
    let (epochs, _) = run(&mut trainer(reference.recipe, &data), &data);
    let losses: Vec<f64> = epochs.iter().map(|epoch| epoch.training_loss).collect();
    assert_eq!(losses, reference.training_losses);
}
