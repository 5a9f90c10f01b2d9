//! Layers and whole networks against PyTorch, and what a layer says of itself.

use hellonn::error::FieldError;
use hellonn::nn::{LayerSpec, Loss, Network, NetworkPlan, ParameterKind, Scalar, Shape, Start};
use ndarray::Array2;
use serde_json::{Value, json};

use crate::nn::common::{
    answer, assert_close, batch, build, cases, image, labels, numbers, pass, random, shape, training, usizes,
};

fn agrees_with_pytorch<T: Scalar>(tolerance: f64) {
    for case in cases(include_str!("../../reference/layers.json")) {
        let spec: LayerSpec = serde_json::from_value(case["layer"].clone()).expect("a layer of a recipe");
        let name = format!("{} on {}", spec.name(), case["inputShape"]);
        let n = case["batch"].as_u64().expect("a count") as usize;
        let mut random = random(1);
        let mut layer = build::<T>(spec, shape(&usizes(&case["inputShape"])), Start::Zeros, &mut random);
        let mut values = case["parameters"].as_array().expect("a list").iter();
        layer.visit_mut(&mut |parameter| {
            let values = numbers::<T>(values.next().expect("as many parameters as in PyTorch"));
            parameter.value = Array2::from_shape_vec(parameter.value.raw_dim(), values).expect("as large");
        });
        assert!(values.next().is_none(), "{name}: PyTorch has more parameters");

        let input = batch::<T>(n, &case["input"]);
        let found = pass(layer.as_mut(), &input, &batch(n, &case["outputGradient"]), &mut random);
        assert_close(&format!("{name}: output"), &found.output, &case["output"], tolerance);
        assert_close(&format!("{name}: input gradient"), &found.input_gradient, &case["inputGradient"], tolerance);
        let gradients = case["parameterGradients"].as_array().expect("a list");
        let mut parameter_idx = 0;
        layer.visit(&mut |parameter| {
            let what = format!("{name}: parameter {parameter_idx}");
            if parameter.kind != ParameterKind::Statistic {
                assert_close(&what, &parameter.gradient, &gradients[parameter_idx], tolerance);
            }
            assert_close(&what, &parameter.value, &case["parametersAfter"][parameter_idx], tolerance);
            parameter_idx += 1;
        });
        assert_close(&format!("{name}: answer"), &answer(layer.as_ref(), &input), &case["answer"], tolerance);
    }
}

#[test]
fn layers_agree_with_pytorch_in_64_bits() {
    agrees_with_pytorch::<f64>(1e-12);
}

#[test]
fn layers_agree_with_pytorch_in_32_bits() {
    agrees_with_pytorch::<f32>(2e-6);
}

fn set_parameters<T: Scalar>(network: &mut Network<T>, values: &Value) {
    let mut values = values.as_array().expect("a list").iter();
    network.visit_mut(&mut |parameter| {
        let values = numbers::<T>(values.next().expect("as many parameters as in PyTorch"));
        parameter.value = Array2::from_shape_vec(parameter.value.raw_dim(), values).expect("as large");
    });
}

fn networks_learn_as_in_pytorch<T: Scalar>(tolerance: f64) {
    for case in cases(include_str!("../../reference/networks.json")) {
        let layers: Vec<LayerSpec> = serde_json::from_value(case["layers"].clone()).expect("layers of a recipe");
        let loss: Loss = serde_json::from_value(case["loss"].clone()).expect("a recipe's loss");
        let labels = labels(&case["labels"]);
        let n = labels.len();
        let rate = T::from_f64(case["learningRate"].as_f64().expect("a number"));
        let plan = NetworkPlan::new(shape(&usizes(&case["inputShape"])), &layers).expect("the layers fit");
        let mut random = random(1);
        let mut network = plan.build::<T>(Start::Zeros, &mut random);
        set_parameters(&mut network, &case["parameters"]);

        let mut training = training(&mut network, &plan, n);
        training.activations.input_mut(n).assign(&batch::<T>(n, &case["input"]));
        let mut losses = Vec::new();
        for step in 0..10 {
            network.forward_train(&mut training, &mut random);
            let (output, gradient) = training.output_and_gradient();
            let scale = T::from_f64(1.0 / n as f64);
            losses.push(loss.sum(output, &labels, Some((gradient, scale))) / n as f64);
            if step == 0 {
                assert_close("output", training.activations.output(), &case["output"], tolerance);
            }
            network.backward(&mut training, false);
            let mut parameter_idx = 0;
            network.visit_mut(&mut |parameter| {
                if parameter.kind != ParameterKind::Statistic {
                    if step == 0 {
                        let expected = &case["parameterGradients"][parameter_idx];
                        assert_close(&format!("gradient {parameter_idx}"), &parameter.gradient, expected, tolerance);
                    }
                    parameter.value.scaled_add(-rate, &parameter.gradient);
                }
                parameter_idx += 1;
            });
        }
        assert_close("losses", &losses, &case["losses"], tolerance);
        let mut parameter_idx = 0;
        network.visit(&mut |parameter| {
            let expected = &case["parametersAfter"][parameter_idx];
            assert_close(&format!("parameter {parameter_idx} after"), &parameter.value, expected, tolerance);
            parameter_idx += 1;
        });
        network.forward(&mut training.activations);
        assert_close("answer", training.activations.output(), &case["answer"], tolerance);
    }
}

#[test]
fn networks_learn_ten_steps_as_in_pytorch_in_64_bits() {
    networks_learn_as_in_pytorch::<f64>(1e-11);
}

#[test]
fn networks_learn_ten_steps_as_in_pytorch_in_32_bits() {
    networks_learn_as_in_pytorch::<f32>(2e-5);
}

#[test]
fn a_layer_has_one_notation_in_json() {
    let (kernel, stride, padding, bias) = (3, 1, 0, true);
    let written = [
        (
            json!({"kind": "conv2d", "channels": 16, "kernel": 3}),
            LayerSpec::Conv2d { channels: 16, kernel, stride, padding, bias },
        ),
        (json!({"kind": "maxPool2d", "kernel": 3}), LayerSpec::MaxPool2d { kernel: 3, stride: None }),
        (json!({"kind": "avgPool2d", "kernel": 3, "stride": 2}), LayerSpec::AvgPool2d { kernel: 3, stride: Some(2) }),
        (json!({"kind": "flatten"}), LayerSpec::Flatten {}),
        (json!({"kind": "dropout", "rate": 0.5}), LayerSpec::Dropout { rate: 0.5 }),
        (json!({"kind": "batchNorm"}), LayerSpec::BatchNorm {}),
        (json!({"kind": "gelu"}), LayerSpec::Gelu {}),
        (json!({"kind": "silu"}), LayerSpec::Silu {}),
        (json!({"kind": "elu"}), LayerSpec::Elu { alpha: 1.0 }),
    ];
    for (value, spec) in written {
        assert_eq!(serde_json::from_value::<LayerSpec>(value).expect("a layer"), spec);
        let again = serde_json::to_value(spec).expect("plain data");
        assert_eq!(serde_json::from_value::<LayerSpec>(again).expect("a layer"), spec);
    }
    let pool = json!({"kind": "maxPool2d", "kernel": 2});
    assert_eq!(serde_json::to_value(LayerSpec::MaxPool2d { kernel: 2, stride: None }).expect("plain data"), pool);
    for stray in [json!({"kind": "relu", "slope": 0.1}), json!({"kind": "dropout"}), json!({"kind": "conv3d"})] {
        assert!(serde_json::from_value::<LayerSpec>(stray).is_err());
    }
}

/// The shapes, names and counts of parameters of LeCun's LeNet-5, near enough.
#[test]
fn a_plan_knows_shapes_names_and_counts() {
    let pool = LayerSpec::MaxPool2d { kernel: 2, stride: None };
    let conv = |channels, padding| LayerSpec::Conv2d { channels, kernel: 5, stride: 1, padding, bias: true };
    let layers = [
        conv(6, 2),
        LayerSpec::BatchNorm {},
        LayerSpec::Tanh {},
        pool,
        conv(16, 0),
        pool,
        LayerSpec::Flatten {},
        LayerSpec::Dropout { rate: 0.25 },
        LayerSpec::Dense { units: 10, bias: false },
    ];
    let plan = NetworkPlan::new(image(1, 28, 28), &layers).expect("the layers fit");
    let found: Vec<_> =
        plan.summaries().into_iter().map(|layer| (layer.name, layer.output_shape, layer.n_parameters)).collect();
    let expected = [
        ("Conv2d 6@5×5, padding 2", vec![6, 28, 28], 156),
        ("BatchNorm", vec![6, 28, 28], 12),
        ("tanh", vec![6, 28, 28], 0),
        ("MaxPool2d 2×2", vec![6, 14, 14], 0),
        ("Conv2d 16@5×5", vec![16, 10, 10], 2_416),
        ("MaxPool2d 2×2", vec![16, 5, 5], 0),
        ("Flatten", vec![400], 0),
        ("Dropout 0.25", vec![400], 0),
        ("Dense 10, no bias", vec![10], 4_000),
    ];
    assert_eq!(found, expected.map(|(name, shape, n)| (name.to_string(), shape, n)));
    assert_eq!(plan.n_parameters(), 6_584);
    assert!(plan.needs_whole_batch());
    assert!(!NetworkPlan::new(image(1, 28, 28), &layers[2..]).expect("the layers fit").needs_whole_batch());

    let mut n_learned = 0;
    plan.build::<f32>(Start::HeNormal, &mut random(1)).visit(&mut |parameter| {
        n_learned += if parameter.kind == ParameterKind::Statistic { 0 } else { parameter.value.len() as u64 };
    });
    assert_eq!(n_learned, plan.n_parameters());
}

#[test]
fn what_cannot_be_is_refused_with_its_field() {
    let conv = LayerSpec::Conv2d { channels: 4, kernel: 9, stride: 1, padding: 0, bias: true };
    let refused = |input: Shape, layers: &[LayerSpec]| {
        let misfit = NetworkPlan::new(input, layers).expect_err("it cannot be");
        let before = NetworkPlan::new(input, &layers[..misfit.place]).expect("the layers before it fit");
        assert_eq!(misfit.fitting.summaries(), before.summaries());
        (misfit.place, misfit.error)
    };
    let small = image(1, 7, 7);
    let fits_not = "Conv2d kernel 9 does not fit an input of 7 × 7";
    assert_eq!(refused(small, &[LayerSpec::Relu {}, conv]), (1, FieldError::new("kernel", fits_not)));
    let pool = LayerSpec::AvgPool2d { kernel: 2, stride: Some(0) };
    assert_eq!(
        refused(small, &[pool]),
        (0, FieldError::new("stride", "expected a whole number from 1 to 256, found 0"))
    );
    let after_dense = [LayerSpec::Dense { units: 128, bias: true }, LayerSpec::MaxPool2d { kernel: 2, stride: None }];
    let flat = "MaxPool2d needs an image, found 128 numbers: move it before Dense or Flatten";
    assert_eq!(refused(small, &after_dense), (1, FieldError::new("", flat)));
    let channels = "expected a whole number from 1 to 4,096, found 0";
    let none = LayerSpec::Conv2d { channels: 0, kernel: 3, stride: 1, padding: 0, bias: true };
    assert_eq!(refused(small, &[none]), (0, FieldError::new("channels", channels)));
    for rate in [1.0, -0.1, f64::NAN] {
        let message = format!("expected at least 0 and below 1, found {rate}");
        assert_eq!(refused(small, &[LayerSpec::Dropout { rate }]), (0, FieldError::new("rate", message)));
    }
    let alpha = "expected 1e-30 to 100, found 0";
    assert_eq!(refused(small, &[LayerSpec::Elu { alpha: 0.0 }]), (0, FieldError::new("alpha", alpha)));
    let many = [LayerSpec::Relu {}; 300];
    assert_eq!(refused(small, &many), (256, FieldError::new("", "expected at most 256 layers, found 300")));
}

#[test]
fn a_saturated_sigmoids_gradient_counts_as_zero() {
    let mut random = random(1);
    let mut layer = build::<f32>(LayerSpec::Sigmoid {}, Shape::Flat(3), Start::Zeros, &mut random);
    let input = Array2::from_shape_vec((1, 3), vec![-60.0, -20.0, 0.0]).expect("three numbers");
    let found = pass(layer.as_mut(), &input, &Array2::ones((1, 3)), &mut random).input_gradient;
    assert_eq!((found[(0, 0)], found[(0, 2)]), (0.0, 0.25));
    assert!((found[(0, 1)] / 2.061_153_6e-9 - 1.0).abs() < 1e-5);
}
