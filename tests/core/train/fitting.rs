//! Layers as far as they fit the data, for a person who is still writing them.

use hellonn::nn::LayerSpec;
use hellonn::train::{DataShape, check_network, fit_layers};

/// The outputs of dense layers as far as these fit MNIST, and the field at fault.
fn fitted(units: &[usize]) -> (Vec<usize>, Option<String>) {
    let layers: Vec<_> = units.iter().map(|&units| LayerSpec::Dense { units, bias: true }).collect();
    let (plan, misfit) = fit_layers(&layers, DataShape::MNIST);
    assert_eq!(plan.input.dimensions(), [1, 28, 28]);
    let error = misfit.or_else(|| check_network(&plan, DataShape::MNIST).err());
    (plan.layers.iter().map(|layer| layer.output.len()).collect(), error.map(|error| error.field))
}

fn at(field: &str) -> Option<String> {
    Some(field.into())
}

#[test]
fn layers_that_fit_have_their_shapes_and_nothing_is_at_fault() {
    assert_eq!(fitted(&[5, 10]), (vec![5, 10], None));
}

#[test]
fn the_layers_before_the_one_at_fault_have_their_shapes() {
    assert_eq!(fitted(&[5, 0, 10]), (vec![5], at("layers[1].units")));
    assert_eq!(fitted(&[0, 10]), (vec![], at("layers[0].units")));
}

#[test]
fn so_have_all_when_only_the_whole_is_at_fault() {
    assert_eq!(fitted(&[5, 6]), (vec![5, 6], at("layers[1]")));
    assert_eq!(fitted(&[60_000, 10]), (vec![60_000, 10], at("layers")));
}

#[test]
fn without_a_layer_there_is_the_input() {
    assert_eq!(fitted(&[]), (vec![], at("layers")));
}
