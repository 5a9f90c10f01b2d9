//! The presets against what their recipes were when they were chosen.

use hellonn::train::{DataShape, Plan, Recipe, preset, presets};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    data: DataShape,
    presets: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    name: String,
    recipe: Recipe,
}

#[test]
fn the_presets_are_those_of_the_reference() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../reference/presets.json")).expect("presets");
    for Case { data, presets: expected } in cases {
        let found = presets(data);
        let names: Vec<_> = found.iter().map(|preset| preset.name).collect();
        assert_eq!(names, expected.iter().map(|preset| &preset.name).collect::<Vec<_>>());
        for (found, expected) in found.into_iter().zip(expected) {
            assert_eq!(found.recipe, expected.recipe, "{} for {data:?}", found.name);
        }
    }
}

#[test]
fn every_preset_fits_mnist() {
    for preset in presets(DataShape::MNIST) {
        let plan = Plan::new(Recipe { seed: Some(1), ..preset.recipe }, DataShape::MNIST);
        plan.unwrap_or_else(|error| panic!("{}: {error}", preset.name));
    }
}

#[test]
fn a_preset_is_found_by_its_name() {
    for found in presets(DataShape::MNIST) {
        assert_eq!(preset(found.name, DataShape::MNIST), Ok(found.recipe));
    }
    assert_eq!(
        preset("By foot", DataShape::MNIST).expect_err("there is no such preset").to_string(),
        "preset: expected one of By hand, PyTorch twin, Network wars, Better answer, Best dense, Convolutional, \
         found \"By foot\""
    );
}

#[test]
fn a_preset_fits_a_small_set_too() {
    for (n_images, rows, cols) in [(2, 28, 28), (12, 16, 12), (30, 8, 100), (100, 4, 4), (3_000, 2, 3), (70, 1, 1)] {
        let shape = DataShape { n_images, rows, cols, n_classes: 2 };
        for preset in presets(shape) {
            Plan::new(Recipe { seed: Some(1), ..preset.recipe }, shape)
                .unwrap_or_else(|error| panic!("{}: {error}", preset.name));
        }
    }
}
