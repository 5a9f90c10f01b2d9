//! The checksum of a network's parameters.

use hellonn::data::Dataset;
use hellonn::nn::LayerSpec;
use hellonn::train::Recipe;

use crate::common::{bands, recipe, run, trainer};

/// `tests/reference/fingerprint.py` printed the expected number with Python's xxhash.
#[test]
fn the_checksum_is_xxhashs_of_the_parameters_in_the_networks_order() {
    let layers = vec![LayerSpec::Flatten {}, LayerSpec::BatchNorm {}];
    let data = Dataset::new(vec![0; 60 * 3], vec![0; 60], 1, 3, 3).expect("the images are sound");
    let trainer = trainer(Recipe { layers, ..recipe() }, &data);
    assert_eq!(trainer.checksum(), 0x2b8c_b12b_8f0c_25b2);
}

#[test]
fn the_same_run_has_the_same_checksum_and_no_other() {
    let data = bands(60, 1);
    let checksum_after = |recipe: Recipe| {
        let mut trainer = trainer(recipe, &data);
        run(&mut trainer, &data);
        trainer.checksum()
    };
    let checksum = checksum_after(recipe());
    assert_eq!(checksum_after(recipe()), checksum);
    assert_ne!(checksum_after(Recipe { seed: Some(8), ..recipe() }), checksum);
    assert_ne!(checksum_after(Recipe { epochs: 2, ..recipe() }), checksum);
}
