//! Dense layers, convolution and pooling against their definitions, for sizes of any kind.

use hellonn::nn::{Fusion, LayerPlan, LayerSpec, NetworkPlan, Order, Shape, Start, Step, TrainingActivations};
use ndarray::{Array2, ArrayD, Axis, IxDyn, s};
use proptest::prelude::*;

use crate::nn::common::{Pass, answer, assert_near, build, image, noise, pass, random};

/// A window and an image, of which the window may be too large.
#[derive(Clone, Copy, Debug)]
struct Case {
    channels: usize,
    height: usize,
    width: usize,
    kernel: usize,
    stride: usize,
    padding: usize,
    batch: usize,
    seed: u32,
}

fn case() -> impl Strategy<Value = Case> {
    (1..6usize, 1..9usize, 1..9usize, 1..6usize, 1..4usize, 0..5usize, 0..4usize, any::<u32>()).prop_map(
        |(channels, height, width, kernel, stride, padding, batch, seed)| {
            let padding = padding.min(kernel - 1);
            Case { channels, height, width, kernel, stride, padding, batch, seed }
        },
    )
}

impl Case {
    fn input(&self) -> Shape {
        image(self.channels, self.height, self.width)
    }

    /// For each position (i, j) of the window and each of its places (u, v) that is on the image: calls
    /// `visit((i, j), (u, v), (row, column))`.
    fn for_each_seen(&self, mut visit: impl FnMut((usize, usize), (usize, usize), (usize, usize))) {
        let (height, width) = self.output();
        let on_image =
            |i: usize, u: usize, n: usize| (i * self.stride + u).checked_sub(self.padding).filter(|&x| x < n);
        for i in 0..height {
            for j in 0..width {
                for u in 0..self.kernel {
                    for v in 0..self.kernel {
                        if let (Some(row), Some(column)) = (on_image(i, u, self.height), on_image(j, v, self.width)) {
                            visit((i, j), (u, v), (row, column));
                        }
                    }
                }
            }
        }
    }

    fn output(&self) -> (usize, usize) {
        let size = |n: usize| (n + 2 * self.padding - self.kernel) / self.stride + 1;
        (size(self.height), size(self.width))
    }

    fn fits(&self) -> bool {
        self.height.min(self.width) + 2 * self.padding >= self.kernel
    }
}

/// A batch as (batch, height, width, channels).
fn unflat(batch: &Array2<f64>, channels: usize, height: usize, width: usize) -> ArrayD<f64> {
    batch.clone().into_shape_with_order(IxDyn(&[batch.nrows(), height, width, channels])).expect("as many numbers")
}

/// The convolution by its definition, with both gradients: the oracle of the fast one.
fn naive_convolution(
    case: Case,
    x: &Array2<f64>,
    weight: &Array2<f64>,
    bias: &Array2<f64>,
    dy: &Array2<f64>,
) -> Pass<f64> {
    let n_channels = weight.nrows();
    let (height, width) = case.output();
    let x = unflat(x, case.channels, case.height, case.width);
    let dy = unflat(dy, n_channels, height, width);
    let fan_in = |d, u, v| (u * case.kernel + v) * case.channels + d;
    let (mut y, mut dx) = (ArrayD::zeros(dy.raw_dim()), ArrayD::zeros(x.raw_dim()));
    let (mut dw, mut db) = (Array2::zeros(weight.raw_dim()), Array2::zeros(bias.raw_dim()));
    for n in 0..case.batch {
        for c in 0..n_channels {
            y.slice_mut(s![n, .., .., c]).fill(bias[(0, c)]);
            db[(0, c)] += dy.slice(s![n, .., .., c]).sum();
            for d in 0..case.channels {
                case.for_each_seen(|(i, j), (u, v), (row, column)| {
                    y[[n, i, j, c]] += weight[(c, fan_in(d, u, v))] * x[[n, row, column, d]];
                    dw[(c, fan_in(d, u, v))] += dy[[n, i, j, c]] * x[[n, row, column, d]];
                    dx[[n, row, column, d]] += weight[(c, fan_in(d, u, v))] * dy[[n, i, j, c]];
                });
            }
        }
    }
    let flat =
        |array: ArrayD<f64>, n_numbers| Array2::from_shape_vec((case.batch, n_numbers), array.into_iter().collect());
    Pass {
        output: flat(y, n_channels * height * width).expect("as many numbers"),
        input_gradient: flat(dx, case.input().len()).expect("as many numbers"),
        parameter_gradients: vec![dw.into_iter().collect(), db.into_iter().collect()],
    }
}

/// Pooling by its definition.
fn naive_pool(case: Case, is_max: bool, x: &Array2<f64>, dy: &Array2<f64>) -> Pass<f64> {
    let (height, width) = case.output();
    let x = unflat(x, case.channels, case.height, case.width);
    let dy = unflat(dy, case.channels, height, width);
    let mut y = ArrayD::from_elem(dy.raw_dim(), if is_max { f64::NEG_INFINITY } else { 0.0 });
    let mut dx = ArrayD::zeros(x.raw_dim());
    let share = 1.0 / (case.kernel * case.kernel) as f64;
    for n in 0..case.batch {
        for c in 0..case.channels {
            let mut winner = Array2::from_elem((height, width), (0, 0));
            case.for_each_seen(|(i, j), _, (row, column)| {
                let seen = x[[n, row, column, c]];
                if !is_max {
                    y[[n, i, j, c]] += share * seen;
                    dx[[n, row, column, c]] += share * dy[[n, i, j, c]];
                } else if seen > y[[n, i, j, c]] {
                    y[[n, i, j, c]] = seen;
                    winner[(i, j)] = (row, column);
                }
            });
            for ((i, j), &(row, column)) in winner.indexed_iter().filter(|_| is_max) {
                dx[[n, row, column, c]] += dy[[n, i, j, c]];
            }
        }
    }
    let flat =
        |array: ArrayD<f64>, n_numbers| Array2::from_shape_vec((case.batch, n_numbers), array.into_iter().collect());
    Pass {
        output: flat(y, case.channels * height * width).expect("as many numbers"),
        input_gradient: flat(dx, case.input().len()).expect("as many numbers"),
        parameter_gradients: Vec::new(),
    }
}

fn assert_same(found: &Pass<f64>, expected: &Pass<f64>) {
    assert_near(&found.output, &expected.output);
    assert_near(&found.input_gradient, &expected.input_gradient);
    assert_near(found.parameter_gradients.iter().flatten(), expected.parameter_gradients.iter().flatten());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn convolution_is_what_its_definition_says(case in case(), channels in 1..13usize, blank_rows in 0..9usize) {
        let Case { kernel, stride, padding, .. } = case;
        let spec = LayerSpec::Conv2d { channels, kernel, stride, padding, bias: true };
        prop_assert_eq!(LayerPlan::new(spec, case.input()).is_ok(), case.fits());
        prop_assume!(case.fits());
        let mut random = random(case.seed);
        let mut layer = build::<f64>(spec, case.input(), Start::StandardNormal, &mut random);
        let (height, width) = case.output();
        prop_assert_eq!(layer.output_shape(), image(channels, height, width));
        let mut parameters = Vec::new();
        layer.visit(&mut |parameter| parameters.push(parameter.value.clone()));
        let mut x = noise((case.batch, case.input().len()), &mut random);
        let mut dy = noise((case.batch, layer.output_shape().len()), &mut random);
        // Rows of zeros at the top and the bottom, and gradients as a max-pool leaves them: what is skipped.
        let row = case.width * case.channels;
        let lit = row * (blank_rows / 2)..row * case.height.saturating_sub(blank_rows / 2);
        x.indexed_iter_mut().filter(|(idx, _)| !lit.contains(&idx.1)).for_each(|(_, number)| *number = 0.0);
        dy.indexed_iter_mut().filter(|(idx, _)| idx.1 % 4 != idx.0 % 4).for_each(|(_, number)| *number = 0.0);
        let expected = naive_convolution(case, &x, &parameters[0], &parameters[1], &dy);
        assert_same(&pass(layer.as_mut(), &x, &dy, &mut random), &expected);
        assert_near(&answer(layer.as_ref(), &x), &expected.output);
    }

    #[test]
    fn a_dense_layer_is_what_its_definition_says(
        batch in 0..9usize, fan_in in 1..400usize, fan_out in 1..40usize, is_sparse: bool, bias: bool, seed: u32,
    ) {
        let mut random = random(seed);
        let spec = LayerSpec::Dense { units: fan_out, bias };
        let mut layer = build::<f64>(spec, Shape::Flat(fan_in), Start::StandardNormal, &mut random);
        let mut parameters = Vec::new();
        layer.visit(&mut |parameter| parameters.push(parameter.value.clone()));
        let mut x = noise::<f64>((batch, fan_in), &mut random);
        if is_sparse {
            x.mapv_inplace(|x| if x < 0.8 { 0.0 } else { x });
        }
        let dy = noise((batch, fan_out), &mut random);
        let mut output = x.dot(&parameters[0]);
        let mut parameter_gradients = vec![x.t().dot(&dy).into_iter().collect()];
        if bias {
            output += &parameters[1];
            parameter_gradients.push(dy.sum_axis(Axis(0)).to_vec());
        }
        let expected = Pass { output, input_gradient: dy.dot(&parameters[0].t()), parameter_gradients };
        assert_same(&pass(layer.as_mut(), &x, &dy, &mut random), &expected);
        assert_near(&answer(layer.as_ref(), &x), &expected.output);
    }

    /// The fused order pools before it applies ReLU; the recipe's order gives the same.
    #[test]
    fn relu_before_a_max_pool_is_what_the_recipe_says(stride in 1..4usize, n_pools in 1..3usize, seed: u32) {
        let input = image(5, 9, 8);
        let pool = LayerSpec::MaxPool2d { kernel: 2, stride: Some(stride) };
        let mut specs = vec![LayerSpec::Conv2d { channels: 6, kernel: 3, stride: 1, padding: 1, bias: true }];
        specs.push(LayerSpec::Relu {});
        specs.extend(vec![pool; n_pools]);
        let plan = NetworkPlan::new(input, &specs);
        prop_assume!(plan.is_ok());
        let plan = plan.expect("it fits");
        let mut numbers = random(seed);
        let mut network = plan.build::<f64>(Start::HeNormal, &mut numbers);
        let plain = Order::plain(&network);
        let fusion = Fusion { pool_before_relu: true, ..Fusion::NONE };
        let fused = Order::fused(&mut network, &plan, fusion);
        prop_assert_eq!(fused.steps()[n_pools + 1], Step { place: 1, output: plan.output() });
        // Whole numbers, so that there are ties.
        let x = noise::<f64>((3, input.len()), &mut numbers).mapv(|x| (2.0 * x).round());
        let dy = noise::<f64>((3, plan.output().len()), &mut numbers);
        let mut found = Vec::new();
        for order in [fused, plain] {
            let mut training = TrainingActivations::new(&order, 3);
            training.activations.input_mut(3).assign(&x);
            network.forward_train(&mut training, &mut numbers);
            let (output, mut gradient) = training.output_and_gradient();
            let output = output.to_owned();
            gradient.assign(&dy);
            network.backward(&mut training, false);
            let mut gradients = Vec::new();
            network.visit(&mut |parameter| gradients.push(parameter.gradient.clone()));
            found.push((output, gradients));
        }
        prop_assert_eq!(&found[0], &found[1]);
    }

    #[test]
    fn pooling_is_what_its_definition_says(case in case(), is_max: bool, has_ties: bool) {
        let case = Case { padding: 0, ..case };
        let (kernel, stride) = (case.kernel, Some(case.stride));
        let spec = if is_max { LayerSpec::MaxPool2d { kernel, stride } } else { LayerSpec::AvgPool2d { kernel, stride } };
        prop_assert_eq!(LayerPlan::new(spec, case.input()).is_ok(), case.fits());
        prop_assume!(case.fits());
        let mut random = random(case.seed);
        let mut layer = build::<f64>(spec, case.input(), Start::Zeros, &mut random);
        let mut x = noise::<f64>((case.batch, case.input().len()), &mut random);
        if has_ties {
            x.mapv_inplace(|x| x.round());
        }
        let dy = noise((case.batch, layer.output_shape().len()), &mut random);
        assert_same(&pass(layer.as_mut(), &x, &dy, &mut random), &naive_pool(case, is_max, &x, &dy));
    }
}
