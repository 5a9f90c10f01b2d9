//! What holds for layers and losses of any size.

use hellonn::nn::{Activations, Layer, LayerPlan, LayerSpec, Loss, NetworkPlan, Shape, Start};
use ndarray::{Array2, Axis, array, s};
use proptest::prelude::*;
use rand::RngExt;
use rand::seq::SliceRandom;

use crate::nn::common::{answer, assert_near, build, every_kind, fill, image, noise, pass, random, train, training};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_batch_in_pieces_has_the_gradient_of_the_whole(batch in 0..7usize, split in 0..7usize, seed: u32) {
        let split = split.min(batch);
        let layers = network();
        let plan = NetworkPlan::new(image(1, 6, 6), &layers).expect("the layers fit");
        let mut random = random(seed);
        let mut network = plan.build::<f64>(Start::HeNormal, &mut random);
        let x = noise::<f64>((batch, 36), &mut random);
        let labels: Vec<u8> = (0..batch).map(|_| random.random_range(0..3)).collect();
        let mut gradients = |sizes: &[usize]| {
            let mut training = training(&mut network, &plan, batch);
            let mut start = 0;
            for &size in sizes {
                let piece = start..start + size;
                training.activations.input_mut(piece.len()).assign(&x.slice(s![piece.clone(), ..]));
                network.forward_train(&mut training, &mut random);
                let (output, gradient) = training.output_and_gradient();
                let scale = 1.0 / batch.max(1) as f64;
                Loss::cross_entropy().sum(output, &labels[piece.clone()], Some((gradient, scale)));
                network.backward(&mut training, start > 0);
                start += size;
            }
            let mut found = Vec::new();
            network.visit(&mut |parameter| found.extend(parameter.gradient.iter().copied()));
            found
        };
        let whole = gradients(&[batch]);
        assert_near(&gradients(&[split, batch - split]), &whole);
        prop_assert!(batch > 0 || whole.iter().all(|&gradient| gradient == 0.0), "no image, no gradient");
    }

    #[test]
    fn the_numbers_that_are_not_zero_do_what_all_do(batch in 0..7usize, density in 0.0..1.0, seed: u32) {
        let layers = [LayerSpec::Dense { units: 9, bias: true }, LayerSpec::Tanh {}, LayerSpec::Dense { units: 3, bias: true }];
        let plan = NetworkPlan::new(image(1, 6, 6), &layers).expect("the layers fit");
        let mut random = random(seed);
        let mut network = plan.build::<f64>(Start::HeNormal, &mut random);
        let x = noise::<f64>((batch, 36), &mut random).mapv(|x| if random.random_bool(density) { x } else { 0.0 });
        let labels: Vec<u8> = (0..batch).map(|_| random.random_range(0..3)).collect();
        let other = noise::<f64>((batch + 1, 36), &mut random);
        let mut training = training(&mut network, &plan, batch + 1);
        let mut learn = |are_all: bool| {
            // Larger batches before, in either form, must leave nothing behind.
            for is_other_all in [false, true, false] {
                give(&mut training.activations, &other, is_other_all);
                network.forward_train(&mut training, &mut random);
            }
            give(&mut training.activations, &x, are_all);
            network.forward(&mut training.activations);
            let mut found: Vec<f64> = training.activations.output().iter().copied().collect();
            // Twice the same piece of a batch.
            for accumulate in [false, true] {
                give(&mut training.activations, &x, are_all);
                network.forward_train(&mut training, &mut random);
                let (output, gradient) = training.output_and_gradient();
                found.extend(output.iter());
                Loss::Mse {}.sum(output, &labels, Some((gradient, 1.0)));
                network.backward(&mut training, accumulate);
            }
            network.visit(&mut |parameter| found.extend(parameter.gradient.iter().copied()));
            found
        };
        assert_near(&learn(false), &learn(true));
    }

    #[test]
    fn the_order_of_a_batch_does_not_change_the_mean_loss(batch in 1..9usize, seed: u32, loss_idx in 0..4usize) {
        let losses = [Loss::Mse {}, Loss::CrossEntropy { label_smoothing: 0.1 }, Loss::BinaryCrossEntropy {}, Loss::Hinge {}];
        let loss = losses[loss_idx];
        let mut layers = network();
        layers.insert(1, LayerSpec::BatchNorm {});
        let plan = NetworkPlan::new(image(1, 6, 6), &layers).expect("the layers fit");
        let mut random = random(seed);
        let mut network = plan.build::<f64>(Start::HeNormal, &mut random);
        let x = noise::<f64>((batch, 36), &mut random);
        let labels: Vec<u8> = (0..batch).map(|_| random.random_range(0..3)).collect();
        let mut order: Vec<usize> = (0..batch).collect();
        order.shuffle(&mut random);
        let shuffled: Vec<u8> = order.iter().map(|&idx| labels[idx]).collect();
        let mut training = training(&mut network, &plan, batch);
        let mut mean_loss = |x: &Array2<f64>, labels: &[u8]| {
            training.activations.input_mut(batch).assign(x);
            network.forward_train(&mut training, &mut random);
            loss.sum(training.activations.output(), labels, None) / batch as f64
        };
        let expected = mean_loss(&x, &labels);
        assert_near(&[mean_loss(&x.select(Axis(0), &order), &shuffled)], &[expected]);
    }

    #[test]
    fn any_layer_takes_no_images_or_one(spec in prop::sample::select(every_kind()), batch in 0..2usize, seed: u32) {
        let mut random = random(seed);
        let mut stream = random.clone();
        let input = image(2, 4, 3);
        let mut layer = build::<f64>(spec, input, Start::HeNormal, &mut random);
        let planned = LayerPlan::new(spec, input).expect("it fits").output;
        prop_assert_eq!(layer.output_shape(), planned);
        let mut some = |batch| (noise((batch, input.len()), &mut random), noise((batch, planned.len()), &mut random));
        // Gradients of an earlier batch must not stay.
        let (x, dy) = some(2);
        pass(layer.as_mut(), &x, &dy, &mut stream);
        let (x, dy) = some(batch);
        let found = pass(layer.as_mut(), &x, &dy, &mut stream);
        prop_assert!(found.output.iter().chain(&found.input_gradient).all(|x| x.is_finite()));
        for gradient in found.parameter_gradients.iter().flatten() {
            prop_assert!(gradient.is_finite() && (batch > 0 || *gradient == 0.0));
        }
        prop_assert!(answer(layer.as_ref(), &x).iter().all(|x| x.is_finite()));
    }

    #[test]
    fn cross_entropy_bears_logits_of_ten_thousand(
        logits in prop::collection::vec(prop_oneof![Just(1e4f32), Just(-1e4), Just(0.0), -1e4f32..1e4], 2..12),
        label in 0..12usize,
        label_smoothing in prop_oneof![Just(0.0), 0.0..0.9f64],
    ) {
        let label = label % logits.len();
        let outputs = Array2::from_shape_vec((1, logits.len()), logits.clone()).expect("one row");
        let mut gradient = Array2::zeros(outputs.raw_dim());
        let loss = Loss::CrossEntropy { label_smoothing };
        let found = loss.sum(outputs.view(), &[label as u8], Some((gradient.view_mut(), 1.0)));

        // In 64 bits and with all logits moved to at most 0, the textbook's formula bears them too.
        let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let moved: Vec<f64> = logits.iter().map(|&z| f64::from(z) - f64::from(max)).collect();
        let log_sum = moved.iter().map(|z| z.exp()).sum::<f64>().ln();
        let smoothed = |class| f64::from(u8::from(class == label)) * (1.0 - label_smoothing) + label_smoothing / moved.len() as f64;
        let expected: f64 = moved.iter().enumerate().map(|(class, z)| smoothed(class) * (log_sum - z)).sum();
        prop_assert!((found - expected).abs() <= 2e-6 * expected.max(1.0), "{} {}", found, expected);
        for (class, (&g, z)) in gradient.iter().zip(&moved).enumerate() {
            prop_assert!((f64::from(g) - ((z - log_sum).exp() - smoothed(class))).abs() <= 1e-6);
        }
        let scores = loss.scores(outputs.row(0));
        prop_assert!((scores.iter().sum::<f64>() - 1.0).abs() <= 1e-5);
    }

    #[test]
    fn answering_is_training_without_dropout(batch in 1..4usize, seed: u32) {
        let mut random = random(seed);
        let mut layer = build::<f64>(LayerSpec::Dropout { rate: 0.0 }, Shape::Flat(9), Start::HeNormal, &mut random);
        let x = noise((batch, 9), &mut random);
        prop_assert_eq!(&train(layer.as_mut(), &x, &mut Vec::new(), &mut random), &x);
        let layer = build::<f64>(LayerSpec::Dropout { rate: 0.7 }, Shape::Flat(9), Start::HeNormal, &mut random);
        prop_assert_eq!(&answer(layer.as_ref(), &x), &x);
    }
}

/// Makes x the network's input: all of its numbers, or those that are not 0.
fn give(activations: &mut Activations<f64>, x: &Array2<f64>, are_all: bool) {
    if are_all {
        activations.input_mut(x.nrows()).assign(x);
    } else {
        assert!(activations.order().fusion().sparse_input, "a dense layer takes them");
        fill(activations, x);
    }
}

fn network() -> Vec<LayerSpec> {
    vec![
        LayerSpec::Conv2d { channels: 2, kernel: 3, stride: 1, padding: 1, bias: true },
        LayerSpec::Silu {},
        LayerSpec::AvgPool2d { kernel: 2, stride: None },
        LayerSpec::Dense { units: 3, bias: true },
    ]
}

#[test]
fn dropout_keeps_the_mean_and_drops_its_share() {
    for rate in [0.1, 0.5, 0.9] {
        let mut random = random(3);
        let n = 100_000;
        let mut layer = build::<f64>(LayerSpec::Dropout { rate }, Shape::Flat(n), Start::Zeros, &mut random);
        let y = train(layer.as_mut(), &Array2::ones((1, n)), &mut Vec::new(), &mut random);
        // Five standard deviations of the mean of n draws.
        let tolerance = 5.0 * (rate / (1.0 - rate) / n as f64).sqrt();
        assert!((y.sum() / n as f64 - 1.0).abs() < tolerance, "rate {rate}: mean {}", y.sum() / n as f64);
        let dropped = y.iter().filter(|&&y| y == 0.0).count() as f64 / n as f64;
        assert!((dropped - rate).abs() < 5.0 * (rate * (1.0 - rate) / n as f64).sqrt(), "rate {rate}: {dropped}");
        let again = train(layer.as_mut(), &Array2::ones((1, n)), &mut Vec::new(), &mut random);
        assert_ne!(y, again, "each batch draws anew");
    }
}

#[test]
fn batch_norm_answers_with_what_it_measured() {
    let mut random = random(4);
    let mut layer = build::<f64>(LayerSpec::BatchNorm {}, Shape::Flat(3), Start::HeNormal, &mut random);
    let batch = noise::<f64>((200, 3), &mut random) * &array![1.0, 5.0, 0.1] + &array![3.0, -2.0, 0.0];
    for _ in 0..200 {
        let y = train(layer.as_mut(), &batch, &mut Vec::new(), &mut random);
        for column in y.columns() {
            assert!(column.mean().expect("not empty").abs() < 1e-10);
            assert!((column.var(0.0) - 1.0).abs() < 1e-2);
        }
    }
    // By now the running mean and variance are the batch's, the variance but for n/(n − 1).
    let trained = train(layer.as_mut(), &batch, &mut Vec::new(), &mut random);
    let answered = answer(layer.as_ref(), &batch);
    assert!(trained.iter().zip(&answered).all(|(a, b)| (a - b * (200.0f64 / 199.0).sqrt()).abs() < 1e-2));

    // One sample has no variance of its own: training answers as answering does, and measures nothing.
    let one = noise((1, 3), &mut random);
    assert_near(&train(layer.as_mut(), &one, &mut Vec::new(), &mut random), &answer(layer.as_ref(), &one));
    assert_eq!(answer(layer.as_ref(), &batch), answered);
}

#[test]
fn scratch_memory_grows_once() {
    let mut random = random(5);
    let spec = LayerSpec::Conv2d { channels: 4, kernel: 3, stride: 1, padding: 1, bias: true };
    let mut layer: Box<dyn Layer<f32>> = build(spec, image(2, 6, 6), Start::HeNormal, &mut random);
    let mut scratch = Vec::new();
    train(layer.as_mut(), &noise((8, 72), &mut random), &mut scratch, &mut random);
    let (start, capacity) = (scratch.as_ptr(), scratch.capacity());
    for batch in [1, 8, 3] {
        train(layer.as_mut(), &noise((batch, 72), &mut random), &mut scratch, &mut random);
        assert_eq!((scratch.as_ptr(), scratch.capacity()), (start, capacity));
    }
}
