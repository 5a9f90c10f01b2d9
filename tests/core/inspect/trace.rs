//! A trace of a network in training against its layers, run one by one as the recipe has them.

use hellonn::data::pixels::normalise_image;
use hellonn::data::{Augmentation, Dataset};
use hellonn::inspect::Trace;
use hellonn::nn::{Layer, LayerSpec, ParameterKind, Start};
use hellonn::train::{OptimizerSpec, Recipe, Trainer};
use ndarray::{Array2, ArrayView2};

use crate::common::{SIDE, bands, recipe, trainer};
use crate::nn::common::{Pass, answer, backward, random, train};

/// The images as the network sees them.
fn batch(data: &Dataset, n: usize) -> (Array2<f32>, Vec<u8>) {
    let mut batch = Array2::zeros((n, SIDE * SIDE));
    for (image_idx, mut row) in batch.rows_mut().into_iter().enumerate() {
        normalise_image(data.image(image_idx), row.as_slice_mut().expect("row-major"));
    }
    (batch, (0..n).map(|image_idx| data.label(image_idx)).collect())
}

/// Recipes that between them fuse all that is fused, and whose layers draw random numbers and measure.
fn recipes() -> Vec<Recipe> {
    let dense = |units| LayerSpec::Dense { units, bias: true };
    let conv = LayerSpec::Conv2d { channels: 4, kernel: 3, stride: 1, padding: 1, bias: true };
    let pool = LayerSpec::MaxPool2d { kernel: 2, stride: None };
    let dropout = LayerSpec::Dropout { rate: 0.4 };
    vec![
        Recipe { batch_size: 1, optimizer: OptimizerSpec::SGD, weight_decay: 0.1, ..recipe() },
        Recipe {
            layers: vec![dense(9), LayerSpec::BatchNorm {}, LayerSpec::Relu {}, dropout, dense(5), dropout, dense(3)],
            augmentation: Augmentation { shift: 1.0, ..Default::default() },
            ..recipe()
        },
        Recipe {
            layers: vec![conv, LayerSpec::Relu {}, pool, LayerSpec::BatchNorm {}, LayerSpec::Gelu {}, dense(3)],
            ..recipe()
        },
    ]
}

/// The trainer's layers by themselves, with its parameters.
fn layers(trainer: &Trainer) -> Vec<Box<dyn Layer<f32>>> {
    let build = |(place, plan): (usize, &hellonn::nn::LayerPlan)| {
        let mut layer = plan.build(Start::HeNormal, &mut random(1));
        let mut parameters = trainer.network().parameters(place).into_iter();
        layer.visit_mut(&mut |parameter| parameter.value = parameters.next().expect("as many").value.clone());
        layer
    };
    trainer.plan().network.layers.iter().enumerate().map(build).collect()
}

fn assert_same(what: &str, found: ArrayView2<f32>, expected: &Array2<f32>) {
    assert_eq!(found, expected.view(), "{what}");
}

/// What each layer puts out when answering.
fn check_answer(trainer: &Trainer, trace: &Trace<f32>, batch: &Array2<f32>) {
    let found = trace.answer(batch.view());
    let mut input = batch.clone();
    for (place, layer) in layers(trainer).iter().enumerate() {
        input = answer(layer.as_ref(), &input);
        assert_same(&format!("answer of place {place}"), found.output(place), &input);
    }
}

/// Outputs, gradients and loss of a lesson.
fn check_lesson(trainer: &Trainer, trace: &mut Trace<f32>, batch: &Array2<f32>, labels: &[u8]) {
    let found = trace.learn(batch.view(), labels);
    let mut layers = layers(trainer);
    let mut random = trainer.layers_random().clone();
    let mut inputs = vec![batch.clone()];
    for (place, layer) in layers.iter_mut().enumerate() {
        inputs.push(train(layer.as_mut(), &inputs[place], &mut Vec::new(), &mut random));
        assert_same(&format!("output of place {place}"), found.output(place), &inputs[place + 1]);
    }
    let mut gradient = Array2::zeros(inputs[layers.len()].raw_dim());
    let share = 1.0 / labels.len() as f32;
    let loss = trainer.plan().recipe.loss;
    let loss_sum = loss.sum(inputs[layers.len()].view(), labels, Some((gradient.view_mut(), share)));
    assert_eq!(found.loss(), loss_sum / labels.len() as f64);
    for (place, layer) in layers.iter_mut().enumerate().rev() {
        assert_same(&format!("output gradient of place {place}"), found.output_gradient(place), &gradient);
        let Pass { input_gradient, parameter_gradients, .. } =
            backward(layer.as_mut(), &inputs[place], &inputs[place + 1], &gradient);
        let parameters = found.parameters(place);
        assert_eq!(parameters.len(), parameter_gradients.len());
        for (parameter, expected) in parameters.iter().zip(parameter_gradients) {
            assert!(parameter.gradient.iter().eq(&expected), "parameters of place {place}");
        }
        let of_trainer = trainer.network().parameters(place);
        for (parameter, original) in parameters.iter().zip(of_trainer) {
            assert_eq!(parameter.value, original.value, "place {place} is as it was, what it measures too");
        }
        gradient = input_gradient;
    }
}

#[test]
fn a_trace_in_mid_run_is_the_recipes_network_and_changes_nothing() {
    let data = bands(64, 1);
    let (batch, labels) = batch(&data, 12);
    for recipe in recipes() {
        let mut trainer = trainer(recipe.clone(), &data);
        let mut undisturbed = crate::common::trainer(recipe, &data);
        for _ in 0..3 {
            assert_eq!(trainer.step(&data), undisturbed.step(&data));
            let before = trainer.checkpoint();
            let mut trace = Trace::of(&trainer);
            // Twice: a lesson leaves no mark on the trace itself.
            for _ in 0..2 {
                check_answer(&trainer, &trace, &batch);
                check_lesson(&trainer, &mut trace, &batch, &labels);
            }
            assert_eq!(before, trainer.checkpoint());
        }
    }
}

#[test]
fn the_last_layer_of_a_trace_says_what_the_trainer_predicts() {
    let data = bands(64, 1);
    let (batch, _) = batch(&data, 12);
    for recipe in recipes() {
        let mut trainer = trainer(recipe, &data);
        trainer.step(&data);
        let loss = trainer.plan().recipe.loss;
        let answer = Trace::of(&trainer).answer(batch.view());
        let output = answer.output(trainer.plan().network.layers.len() - 1);
        for (image_idx, output) in output.rows().into_iter().enumerate() {
            let predicted = trainer.predict(data.image(image_idx)).scores;
            let far = |(a, b): (&f64, f64)| (a - b).abs() > 1e-6;
            assert!(!predicted.iter().zip(loss.scores(output)).any(far), "image {image_idx}");
        }
    }
}

#[test]
fn a_trace_names_what_each_layer_keeps() {
    let data = bands(64, 1);
    let trainer = trainer(recipes()[1].clone(), &data);
    let (batch, labels) = batch(&data, 4);
    let mut trace = Trace::of(&trainer);
    let lesson = trace.learn(batch.view(), &labels);
    let kinds = |place| lesson.parameters(place).iter().map(|parameter| parameter.kind).collect::<Vec<_>>();
    let (weight, bias, statistic) = (ParameterKind::Weight, ParameterKind::Bias, ParameterKind::Statistic);
    assert_eq!(kinds(0), [weight, bias]);
    assert_eq!(kinds(1), [bias, bias, statistic, statistic]);
    assert_eq!(kinds(2), []);
    assert_eq!(lesson.parameters(4)[0].value.dim(), (9, 5));
    assert_eq!(lesson.output_gradient(4).dim(), (4, 5));
}
