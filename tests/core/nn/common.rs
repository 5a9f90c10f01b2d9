//! One layer outside a network, and numbers to feed it.

use hellonn::nn::{
    Activations, Backward, Fusion, Layer, LayerPlan, LayerSpec, Network, NetworkPlan, Nonzeros, Order, Scalar, Shape,
    Start, TrainingActivations,
};
use hellonn::random::{Random, Stream, stream};
use ndarray::{Array2, ArrayView1};
use rand::RngExt;
use serde_json::Value;

pub const fn image(channels: usize, height: usize, width: usize) -> Shape {
    Shape::Image { channels, height, width }
}

pub fn shape(dimensions: &[usize]) -> Shape {
    match *dimensions {
        [n] => Shape::Flat(n),
        [channels, height, width] => image(channels, height, width),
        _ => panic!("no shape has the dimensions {dimensions:?}"),
    }
}

pub fn random(seed: u32) -> Random {
    stream(seed, Stream::Layers)
}

/// Numbers from −1 to 1.
pub fn noise<T: Scalar>(shape: (usize, usize), random: &mut Random) -> Array2<T> {
    Array2::from_shape_simple_fn(shape, || T::from_f64(random.random_range(-1.0..1.0)))
}

/// Writes the list of layers below and a match over the same kinds, which does not compile while one is missing.
macro_rules! every_kind {
    ($($kind:ident { $($field:ident: $value:expr),* })*) => {
        /// A layer of every kind.
        pub fn every_kind() -> Vec<LayerSpec> {
            let _ = |spec| match spec {
                $(LayerSpec::$kind { .. } => (),)*
            };
            vec![$(LayerSpec::$kind { $($field: $value),* }),*]
        }
    };
}

every_kind! {
    Dense { units: 4, bias: true }
    Conv2d { channels: 3, kernel: 3, stride: 1, padding: 1, bias: true }
    MaxPool2d { kernel: 2, stride: None }
    AvgPool2d { kernel: 2, stride: None }
    Flatten {}
    Dropout { rate: 0.5 }
    BatchNorm {}
    Relu {}
    LeakyRelu { slope: 0.1 }
    Sigmoid {}
    Tanh {}
    Gelu {}
    Silu {}
    Elu { alpha: 1.0 }
}

/// A layer of this kind with parameters from `start`.
pub fn build<T: Scalar>(spec: LayerSpec, input: Shape, start: Start, random: &mut Random) -> Box<dyn Layer<T>> {
    LayerPlan::new(spec, input).unwrap_or_else(|error| panic!("{spec:?}: {error}")).build(start, random)
}

/// Memory to train in the order that a trainer takes with larger batches.
pub fn training<T: Scalar>(network: &mut Network<T>, plan: &NetworkPlan, capacity: usize) -> TrainingActivations<T> {
    TrainingActivations::new(&Order::fused(network, plan, Fusion::for_training(64, false)), capacity)
}

/// Makes x the network's input: by its non-zero numbers where the order takes them so, else by all of them.
pub fn fill<T: Scalar>(activations: &mut Activations<T>, x: &Array2<T>) {
    match activations.nonzeros_mut(x.nrows()) {
        Some(nonzeros) => x.rows().into_iter().for_each(|row| push_nonzeros(nonzeros, row)),
        None => activations.input_mut(x.nrows()).assign(x),
    }
}

pub fn push_nonzeros<T: Scalar>(nonzeros: &mut Nonzeros<T>, row: ArrayView1<T>) {
    nonzeros.push_row(row.len(), |found| {
        let lit = (0u32..).zip(row.iter().copied()).filter(|&(_, x)| x != T::zero());
        found.iter_mut().zip(lit).map(|(found, lit)| *found = lit).count()
    });
}

/// Memory with something in it that must not show.
fn used_scratch<T: Scalar>() -> Vec<T> {
    vec![T::from_f64(f64::NAN); 1 << 16]
}

/// What one forward and backward pass found.
pub struct Pass<T> {
    pub output: Array2<T>,
    pub input_gradient: Array2<T>,
    pub parameter_gradients: Vec<Vec<T>>,
}

/// Trains on one batch as far as the gradients.
pub fn pass<T: Scalar>(
    layer: &mut dyn Layer<T>,
    input: &Array2<T>,
    output_gradient: &Array2<T>,
    random: &mut Random,
) -> Pass<T> {
    let output = train(layer, input, &mut used_scratch(), random);
    backward(layer, input, &output, output_gradient)
}

/// The way back after `train`.
pub fn backward<T: Scalar>(
    layer: &mut dyn Layer<T>,
    input: &Array2<T>,
    output: &Array2<T>,
    output_gradient: &Array2<T>,
) -> Pass<T> {
    // What was there before must not show.
    let mut input_gradient = Array2::from_elem(input.raw_dim(), T::from_f64(7.0));
    let pass = Backward {
        input: input.view(),
        output: output.view(),
        output_gradient: output_gradient.view(),
        input_gradient: Some(input_gradient.view_mut()),
        accumulate: false,
    };
    layer.backward(pass, &mut used_scratch());
    let mut parameter_gradients = Vec::new();
    layer.visit(&mut |parameter| parameter_gradients.push(parameter.gradient.iter().copied().collect()));
    Pass { output: output.clone(), input_gradient, parameter_gradients }
}

/// The output while training.
pub fn train<T: Scalar>(
    layer: &mut dyn Layer<T>,
    input: &Array2<T>,
    scratch: &mut Vec<T>,
    random: &mut Random,
) -> Array2<T> {
    let mut output = Array2::from_elem((input.nrows(), layer.output_shape().len()), T::from_f64(7.0));
    layer.forward_train(input.view(), output.view_mut(), scratch, random);
    output
}

/// The output when answering.
pub fn answer<T: Scalar>(layer: &dyn Layer<T>, input: &Array2<T>) -> Array2<T> {
    let mut output = Array2::from_elem((input.nrows(), layer.output_shape().len()), T::from_f64(7.0));
    layer.forward(input.view(), output.view_mut(), &mut used_scratch());
    output
}

/// The cases of a file of reference vectors.
pub fn cases(json: &str) -> Vec<Value> {
    serde_json::from_str(json).expect("the reference vectors are a list")
}

pub fn usizes(value: &Value) -> Vec<usize> {
    serde_json::from_value(value.clone()).expect("a list of whole numbers")
}

pub fn labels(value: &Value) -> Vec<u8> {
    serde_json::from_value(value.clone()).expect("a list of labels")
}

pub fn numbers<T: Scalar>(value: &Value) -> Vec<T> {
    let numbers: Vec<f64> = serde_json::from_value(value.clone()).expect("a list of numbers");
    numbers.into_iter().map(T::from_f64).collect()
}

/// A batch of `n` samples from a list of numbers.
pub fn batch<T: Scalar>(n: usize, value: &Value) -> Array2<T> {
    let numbers = numbers::<T>(value);
    Array2::from_shape_vec((n, numbers.len() / n), numbers).expect("samples of one size")
}

/// Compares number by number, relative to the larger of 1 and the number expected.
pub fn assert_close<'a, T: Scalar>(
    what: &str,
    found: impl IntoIterator<Item = &'a T>,
    expected: &Value,
    tolerance: f64,
) {
    let found: Vec<f64> = found.into_iter().map(|x| x.to_f64()).collect();
    let expected = numbers::<f64>(expected);
    assert_eq!(found.len(), expected.len(), "{what}: other counts");
    for (idx, (found, expected)) in found.iter().zip(&expected).enumerate() {
        let error = (found - expected).abs() / expected.abs().max(1.0);
        assert!(error <= tolerance, "{what}[{idx}]: found {found}, expected {expected}, off by {error:.2e}");
    }
}

/// Compares two ways to compute the same in 64 bits.
pub fn assert_near<'a>(found: impl IntoIterator<Item = &'a f64>, expected: impl IntoIterator<Item = &'a f64>) {
    let (found, expected): (Vec<_>, Vec<_>) = (found.into_iter().collect(), expected.into_iter().collect());
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.into_iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1.0), "found {found}, expected {expected}");
    }
}
