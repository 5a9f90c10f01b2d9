//! Optimizers against PyTorch.

use hellonn::nn::layers::Dense;
use hellonn::nn::{Network, Scalar, Shape};
use hellonn::train::{Adadelta, Adam, Optimizer, OptimizerSpec, Regularization, Rmsprop};
use ndarray::Array2;
use serde_json::Value;

use crate::nn::common::{assert_close, numbers};

fn agrees_with_pytorch<T: Scalar>(tolerance: f64) {
    let file: Value = serde_json::from_str(include_str!("../../reference/optimizers.json")).expect("it is JSON");
    let matrix = |rows, value: &Value| Array2::from_shape_vec((rows, 2), numbers::<T>(value)).expect("two columns");
    for case in file["cases"].as_array().expect("a list") {
        let spec: OptimizerSpec = serde_json::from_value(case["optimizer"].clone()).expect("a recipe's optimizer");
        let weight_decay = case["weightDecay"].as_f64().expect("a number");
        let regularization = Regularization { weight_decay, clip_norm: case["clipNorm"].as_f64(), l1: 0.0 };
        let parameters = &file["parameters"];
        let layer = Dense::from_parameters(matrix(3, &parameters[0]), Some(matrix(1, &parameters[1])));
        let mut network = Network::<T>::new(Shape::Flat(3), vec![Box::new(layer)]);
        let mut optimizer = Optimizer::new(spec, regularization, &network);
        let rate = case["learningRate"].as_f64().expect("a number");
        for (step, after) in case["steps"].as_array().expect("a list").iter().enumerate() {
            let mut gradients = file["gradients"][step].as_array().expect("a list").iter();
            network.visit_mut(&mut |parameter| {
                let gradient = gradients.next().expect("one for each parameter");
                parameter.gradient = matrix(parameter.value.nrows(), gradient);
            });
            optimizer.update(&mut network, rate);
            let mut after = after.as_array().expect("a list").iter();
            network.visit(&mut |parameter| {
                let what = format!("{spec:?}, {regularization:?}, step {step}");
                assert_close(&what, &parameter.value, after.next().expect("one for each"), tolerance);
            });
        }
    }
}

#[test]
fn optimizers_take_ten_steps_as_in_pytorch_in_64_bits() {
    agrees_with_pytorch::<f64>(1e-12);
}

#[test]
fn optimizers_take_ten_steps_as_in_pytorch_in_32_bits() {
    agrees_with_pytorch::<f32>(2e-6);
}

#[test]
fn settings_left_out_are_the_usual_ones_and_strangers_are_refused() {
    let read = |json: &str| serde_json::from_str::<OptimizerSpec>(json);
    let usual = [
        (r#"{"kind":"sgd"}"#, OptimizerSpec::SGD),
        (r#"{"kind":"rmsprop"}"#, OptimizerSpec::Rmsprop(Rmsprop { alpha: 0.99, epsilon: 1e-8 })),
        (r#"{"kind":"adam"}"#, OptimizerSpec::Adam(Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 })),
        (r#"{"kind":"adamW","beta1":0.5}"#, OptimizerSpec::AdamW(Adam { beta1: 0.5, beta2: 0.999, epsilon: 1e-8 })),
        (r#"{"kind":"adadelta","rho":0.8}"#, OptimizerSpec::Adadelta(Adadelta { rho: 0.8, epsilon: 1e-6 })),
    ];
    for (json, expected) in usual {
        assert_eq!(read(json).expect("it reads"), expected);
    }
    let stranger = read(r#"{"kind":"adam","beta3":0.5}"#).expect_err("Adam has no third beta").to_string();
    assert!(stranger.starts_with("unknown field `beta3`, expected one of `beta1`, `beta2`, `epsilon`"), "{stranger}");
}
