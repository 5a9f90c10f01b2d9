//! Gradients against central finite differences, in 64 bits: (f(x + h) − f(x − h))/2h is off by about h².

use hellonn::nn::{Layer, LayerSpec, Loss, Network, NetworkPlan, ParameterKind, Shape, Start};
use hellonn::random::Random;
use ndarray::Array2;
use rand::RngExt;

use crate::nn::common::{build, image, noise, pass, random, train, training};

const H: f64 = 1e-5;
const TOLERANCE: f64 = 1e-8;

fn central_difference(mut f: impl FnMut(f64) -> f64) -> f64 {
    (f(H) - f(-H)) / (2.0 * H)
}

fn assert_derivative(what: &str, found: f64, expected: f64) {
    let error = (found - expected).abs() / expected.abs().max(1.0);
    assert!(error <= TOLERANCE, "{what}: found {found}, finite differences say {expected}, off by {error:.2e}");
}

/// Random numbers in every learned parameter, where scales would be 1 and shifts 0.
fn stir(random: &mut Random, visit: impl FnOnce(&mut dyn FnMut(&mut hellonn::nn::Parameter<f64>))) {
    visit(&mut |parameter| {
        if parameter.kind != ParameterKind::Statistic {
            parameter.value = noise(parameter.value.dim(), random);
        }
    });
}

/// Adds `change` to one number of one parameter.
fn nudge(layer: &mut dyn Layer<f64>, parameter_idx: usize, number_idx: usize, change: f64) {
    let mut parameters_before = parameter_idx;
    layer.visit_mut(&mut |parameter| {
        if parameters_before == 0 {
            *parameter.value.iter_mut().nth(number_idx).expect("it has that many") += change;
        }
        parameters_before = parameters_before.wrapping_sub(1);
    });
}

/// Checks the gradients of Σ c·y, with random c, by the inputs and the parameters.
fn check_layer(spec: LayerSpec, shape: Shape, batch: usize) {
    let mut numbers = random(11);
    let mut layer = build::<f64>(spec, shape, Start::StandardNormal, &mut numbers);
    stir(&mut numbers, |visit| layer.visit_mut(visit));
    let input = noise((batch, shape.len()), &mut numbers);
    let weights = noise((batch, layer.output_shape().len()), &mut numbers);
    // The same draws each time: a dropout mask that stays as it is.
    let draws = random(12);
    let objective = |layer: &mut dyn Layer<f64>, input: &Array2<f64>| {
        (&train(layer, input, &mut Vec::new(), &mut draws.clone()) * &weights).sum()
    };
    let found = pass(layer.as_mut(), &input, &weights, &mut draws.clone());
    let name = format!("{} on {batch} of {shape}", spec.name());

    for (idx, &derivative) in found.input_gradient.indexed_iter() {
        let expected = central_difference(|change| {
            let mut input = input.clone();
            input[idx] += change;
            objective(layer.as_mut(), &input)
        });
        assert_derivative(&format!("{name}: by input {idx:?}"), derivative, expected);
    }
    let mut kinds = Vec::new();
    layer.visit(&mut |parameter| kinds.push(parameter.kind));
    for (parameter_idx, gradient) in found.parameter_gradients.iter().enumerate() {
        for (number_idx, &derivative) in gradient.iter().enumerate() {
            if kinds[parameter_idx] == ParameterKind::Statistic {
                assert_eq!(derivative, 0.0, "{name}: nobody learns statistics");
                continue;
            }
            let expected = central_difference(|change| {
                nudge(layer.as_mut(), parameter_idx, number_idx, change);
                let value = objective(layer.as_mut(), &input);
                nudge(layer.as_mut(), parameter_idx, number_idx, -change);
                value
            });
            assert_derivative(&format!("{name}: by parameter {parameter_idx}[{number_idx}]"), derivative, expected);
        }
    }
}

#[test]
fn every_layer_has_the_gradient_of_its_output() {
    for bias in [true, false] {
        check_layer(LayerSpec::Dense { units: 3, bias }, Shape::Flat(4), 3);
        for (kernel, stride, padding) in [(3, 1, 0), (3, 2, 1), (2, 1, 1), (1, 1, 0), (4, 3, 3)] {
            check_layer(LayerSpec::Conv2d { channels: 3, kernel, stride, padding, bias }, image(2, 5, 4), 2);
        }
    }
    for (kernel, stride) in [(2, None), (3, Some(2)), (2, Some(1)), (1, Some(2))] {
        check_layer(LayerSpec::MaxPool2d { kernel, stride }, image(2, 5, 4), 2);
        check_layer(LayerSpec::AvgPool2d { kernel, stride }, image(2, 5, 4), 2);
    }
    check_layer(LayerSpec::Flatten {}, image(2, 2, 3), 2);
    check_layer(LayerSpec::Dropout { rate: 0.4 }, Shape::Flat(10), 3);
    for batch in [1, 2, 5] {
        check_layer(LayerSpec::BatchNorm {}, Shape::Flat(4), batch);
        check_layer(LayerSpec::BatchNorm {}, image(2, 3, 2), batch);
    }
}

#[test]
fn every_activation_has_its_derivative() {
    let activations = [
        LayerSpec::Relu {},
        LayerSpec::LeakyRelu { slope: 0.1 },
        LayerSpec::Sigmoid {},
        LayerSpec::Tanh {},
        LayerSpec::Gelu {},
        LayerSpec::Silu {},
        LayerSpec::Elu { alpha: 1.0 },
        LayerSpec::Elu { alpha: 0.3 },
    ];
    for activation in activations {
        check_layer(activation, Shape::Flat(50), 2);
    }
}

const LOSSES: [Loss; 5] = [
    Loss::Mse {},
    Loss::CrossEntropy { label_smoothing: 0.0 },
    Loss::CrossEntropy { label_smoothing: 0.2 },
    Loss::BinaryCrossEntropy {},
    Loss::Hinge {},
];

#[test]
fn every_loss_has_its_gradient() {
    let mut numbers = random(13);
    let outputs = noise::<f64>((4, 5), &mut numbers) * 3.0;
    let labels = [0, 4, 2, 2];
    for loss in LOSSES {
        let mut gradient = Array2::zeros(outputs.raw_dim());
        loss.sum(outputs.view(), &labels, Some((gradient.view_mut(), 0.25)));
        for (idx, &derivative) in gradient.indexed_iter() {
            let expected = central_difference(|change| {
                let mut outputs = outputs.clone();
                outputs[idx] += change;
                loss.sum(outputs.view(), &labels, None) / 4.0
            });
            assert_derivative(&format!("{loss:?} by {idx:?}"), derivative, expected);
        }
    }
}

/// Checks the gradient of the mean loss by every parameter.
fn check_network(layers: &[LayerSpec], loss: Loss) {
    let shape = image(1, 7, 6);
    let batch = 4;
    let mut numbers = random(14);
    let plan = NetworkPlan::new(shape, layers).expect("the layers fit");
    let mut network = plan.build::<f64>(Start::XavierUniform, &mut numbers);
    stir(&mut numbers, |visit| network.visit_mut(visit));
    let mut training = training(&mut network, &plan, batch);
    training.activations.input_mut(batch).assign(&noise::<f64>((batch, shape.len()), &mut numbers));
    let labels: Vec<u8> = (0..batch).map(|_| numbers.random_range(0..plan.output().len()) as u8).collect();
    let draws = random(15);

    network.forward_train(&mut training, &mut draws.clone());
    let (output, gradient) = training.output_and_gradient();
    loss.sum(output, &labels, Some((gradient, 1.0 / batch as f64)));
    network.backward(&mut training, false);
    let mut gradients = Vec::new();
    network.visit(&mut |parameter| gradients.push((parameter.kind, parameter.gradient.clone())));

    let mut mean_loss = |network: &mut Network<f64>| {
        network.forward_train(&mut training, &mut draws.clone());
        loss.sum(training.activations.output(), &labels, None) / batch as f64
    };
    for (parameter_idx, (kind, gradient)) in gradients.iter().enumerate() {
        if *kind == ParameterKind::Statistic {
            continue;
        }
        for (idx, &derivative) in gradient.indexed_iter() {
            let nudge = |network: &mut Network<f64>, change: f64| {
                let mut position = 0;
                network.visit_mut(&mut |parameter| {
                    if position == parameter_idx {
                        parameter.value[idx] += change;
                    }
                    position += 1;
                });
            };
            let expected = central_difference(|change| {
                nudge(&mut network, change);
                let value = mean_loss(&mut network);
                nudge(&mut network, -change);
                value
            });
            assert_derivative(&format!("{loss:?}: by parameter {parameter_idx}{idx:?}"), derivative, expected);
        }
    }
}

#[test]
fn whole_networks_have_the_gradient_of_their_loss() {
    let dense = |units| LayerSpec::Dense { units, bias: true };
    let conv =
        |channels, stride, padding| LayerSpec::Conv2d { channels, kernel: 3, stride, padding, bias: padding == 0 };
    let by_hand =
        [dense(6), LayerSpec::LeakyRelu { slope: 0.1 }, dense(5), LayerSpec::Sigmoid {}, dense(4), LayerSpec::Tanh {}];
    let convolutional = [
        conv(3, 1, 1),
        LayerSpec::BatchNorm {},
        LayerSpec::Gelu {},
        LayerSpec::MaxPool2d { kernel: 2, stride: None },
        conv(2, 1, 0),
        LayerSpec::Silu {},
        LayerSpec::Flatten {},
        LayerSpec::Dropout { rate: 0.3 },
        dense(5),
        LayerSpec::BatchNorm {},
        LayerSpec::Elu { alpha: 1.0 },
        dense(4),
    ];
    let pooled = [LayerSpec::AvgPool2d { kernel: 2, stride: Some(1) }, conv(4, 2, 1), LayerSpec::Relu {}, dense(3)];
    for loss in LOSSES {
        check_network(&by_hand, loss);
        check_network(&convolutional, loss);
        check_network(&pooled, loss);
    }
}
