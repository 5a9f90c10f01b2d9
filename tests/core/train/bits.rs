//! The same bits everywhere: tests/reference/bits.json holds recipes that between them use most of what there is, and
//! the losses they gave; the native build, here, and WebAssembly in the browser, in
//! tests/browser/reproducibility.test.js, are to give just these.

use hellonn::data::Dataset;
use hellonn::train::Recipe;
use serde::Deserialize;

use crate::common::{run, trainer};

#[derive(Deserialize)]
struct Case {
    name: String,
    recipe: Recipe,
    #[serde(rename = "trainingLosses")]
    training_losses: Vec<f64>,
}

/// 400 images of 16 × 12 with 4 classes, two thirds of them 0, as that test makes them too.
fn images() -> Dataset {
    let mut state = 1u64;
    let mut noise = || {
        // Park and Miller's generator.
        state = state * 48271 % 0x7fff_ffff;
        (state % 64) as u8
    };
    let labels: Vec<u8> = (0..400).map(|image_idx| (image_idx % 4) as u8).collect();
    let mut pixels = Vec::new();
    for &label in &labels {
        for row in 0..16 {
            for _ in 0..12 {
                let noise = noise();
                let is_band = row / 4 == label;
                pixels.push(if is_band {
                    190 + noise
                } else if noise < 56 {
                    0
                } else {
                    noise
                });
            }
        }
    }
    Dataset::new(pixels, labels, 16, 12, 4).expect("the images are sound")
}

#[test]
fn the_native_build_gives_the_bits_of_the_reference() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../reference/bits.json")).expect("recipes and losses");
    let data = images();
    for Case { name, recipe, training_losses } in cases {
        let (epochs, _) = run(&mut trainer(recipe, &data), &data);
        let losses: Vec<f64> = epochs.iter().map(|epoch| epoch.training_loss).collect();
        assert_eq!(losses, training_losses, "{name}");
    }
}
