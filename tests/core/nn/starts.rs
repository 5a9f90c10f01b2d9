//! The distributions that parameters start from.

use hellonn::nn::{LayerSpec, ParameterKind, Shape, Start};
use serde_json::json;

use crate::nn::common::{build, image, random};

/// How a kind of parameter is spread: uniformly within a bound, or normally.
#[derive(Clone, Copy, Debug)]
enum Spread {
    Uniform { bound: f64 },
    Normal { standard_deviation: f64 },
    Zero,
}

use Spread::{Normal, Uniform, Zero};

/// Checks the mean and the mean square of many draws, each within five of its own standard deviations.
fn assert_spread(what: &str, draws: &[f64], spread: Spread) {
    let n = draws.len() as f64;
    let mean = draws.iter().sum::<f64>() / n;
    let mean_square = draws.iter().map(|x| x * x).sum::<f64>() / n;
    let largest = draws.iter().fold(0.0f64, |largest, x| largest.max(x.abs()));
    // The fourth moment is 9/5 of the squared variance for uniform draws, 3 of it for normal ones.
    let (variance, fourth) = match spread {
        Uniform { bound } => {
            assert!(largest <= bound && largest > 0.95 * bound, "{what}: {largest} for a bound of {bound}");
            (bound * bound / 3.0, 9.0 / 5.0)
        }
        Normal { standard_deviation } => {
            assert!(largest > 2.5 * standard_deviation, "{what}: normal draws have tails, found {largest}");
            (standard_deviation * standard_deviation, 3.0)
        }
        Zero => (0.0, 1.0),
    };
    assert!(mean.abs() <= 5.0 * (variance / n).sqrt(), "{what}: mean {mean}");
    let error = (mean_square - variance).abs();
    assert!(error <= 5.0 * variance * ((fourth - 1.0) / n).sqrt(), "{what}: variance {mean_square} for {variance}");
}

/// Draws a layer's parameters with every start.
fn check_starts(spec: LayerSpec, input: Shape, fan_in: f64, fan_out: f64) {
    let he = (2.0 / fan_in).sqrt();
    let glorot = (2.0 / (fan_in + fan_out)).sqrt();
    let by_fan_in = Uniform { bound: 1.0 / fan_in.sqrt() };
    let one = Normal { standard_deviation: 1.0 };
    let starts = [
        (Start::Pytorch, by_fan_in, by_fan_in),
        (Start::XavierUniform, Uniform { bound: 3f64.sqrt() * glorot }, Zero),
        (Start::XavierNormal, Normal { standard_deviation: glorot }, Zero),
        (Start::HeUniform, Uniform { bound: 3f64.sqrt() * he }, Zero),
        (Start::HeNormal, Normal { standard_deviation: he }, Zero),
        (Start::LecunNormal, Normal { standard_deviation: 1.0 / fan_in.sqrt() }, Zero),
        (Start::StandardNormal, one, one),
        (Start::SmallNormal, Normal { standard_deviation: 0.01 }, Zero),
        (Start::Zeros, Zero, Zero),
    ];
    for (start, weight, bias) in starts {
        build::<f64>(spec, input, start, &mut random(9)).visit(&mut |parameter| {
            let draws: Vec<f64> = parameter.value.iter().copied().collect();
            let spread = if parameter.kind == ParameterKind::Weight { weight } else { bias };
            assert_spread(&format!("{}, {start:?}, {:?}", spec.name(), parameter.kind), &draws, spread);
        });
    }
}

#[test]
fn every_start_has_the_spread_of_its_fans() {
    check_starts(LayerSpec::Dense { units: 600, bias: true }, Shape::Flat(150), 150.0, 600.0);
    // A number of the input reaches channels·kernel² numbers of the output.
    let conv = LayerSpec::Conv2d { channels: 300, kernel: 3, stride: 1, padding: 1, bias: true };
    check_starts(conv, image(20, 5, 5), 180.0, 2_700.0);
}

#[test]
fn the_same_seed_starts_the_same_in_32_bits_and_in_64() {
    let dense = LayerSpec::Dense { units: 5, bias: true };
    let mut wide = Vec::new();
    let mut narrow = Vec::new();
    build::<f64>(dense, Shape::Flat(7), Start::Pytorch, &mut random(2))
        .visit(&mut |p| wide.extend(p.value.iter().copied()));
    build::<f32>(dense, Shape::Flat(7), Start::Pytorch, &mut random(2))
        .visit(&mut |p| narrow.extend(p.value.iter().copied()));
    assert_eq!(wide.iter().map(|&x| x as f32).collect::<Vec<_>>(), narrow);
}

#[test]
fn a_start_has_one_name_in_json() {
    let names = ["pytorch", "xavierUniform", "xavierNormal", "heUniform", "heNormal", "lecunNormal", "standardNormal"];
    for name in names.into_iter().chain(["smallNormal", "zeros"]) {
        let start: Start = serde_json::from_value(json!(name)).expect("a start");
        assert_eq!(serde_json::to_value(start).expect("plain data"), json!(name));
    }
    assert!(serde_json::from_value::<Start>(json!("ones")).is_err());
}
