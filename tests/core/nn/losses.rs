//! Losses against PyTorch, and their scores.

use hellonn::error::FieldError;
use hellonn::nn::{Loss, Scalar};
use ndarray::{Array2, array};
use serde_json::json;

use crate::nn::common::{assert_close, batch, cases, labels};

fn agrees_with_pytorch<T: Scalar>(tolerance: f64) {
    for case in cases(include_str!("../../reference/losses.json")) {
        let loss: Loss = serde_json::from_value(case["loss"].clone()).expect("a recipe's loss");
        let labels = labels(&case["labels"]);
        let n = labels.len();
        let outputs = batch::<T>(n, &case["outputs"]);
        let mut gradient = Array2::from_elem(outputs.raw_dim(), T::from_f64(7.0));
        let scale = T::from_f64(1.0 / n as f64);
        let mean = loss.sum(outputs.view(), &labels, Some((gradient.view_mut(), scale))) / n as f64;
        assert_close(&format!("{loss:?}: mean"), [&mean], &json!([case["mean"]]), tolerance);
        assert_close(&format!("{loss:?}: gradient"), &gradient, &case["gradient"], tolerance);
        if case.get("scores").is_some() {
            let scores: Vec<f64> = outputs.rows().into_iter().flat_map(|row| loss.scores(row)).collect();
            assert_close(&format!("{loss:?}: scores"), &scores, &case["scores"], tolerance);
        }
    }
}

#[test]
fn losses_agree_with_pytorch_in_64_bits() {
    agrees_with_pytorch::<f64>(1e-13);
}

#[test]
fn losses_agree_with_pytorch_in_32_bits() {
    agrees_with_pytorch::<f32>(1e-6);
}

#[test]
fn a_loss_has_one_notation_in_json() {
    let read = |value| serde_json::from_value::<Loss>(value);
    assert_eq!(read(json!({"kind": "crossEntropy"})).expect("a loss"), Loss::cross_entropy());
    let smoothed = read(json!({"kind": "crossEntropy", "labelSmoothing": 0.1})).expect("a loss");
    assert_eq!(smoothed, Loss::CrossEntropy { label_smoothing: 0.1 });
    assert_eq!(serde_json::to_value(smoothed).expect("plain"), json!({"kind": "crossEntropy", "labelSmoothing": 0.1}));
    for stray in [json!({"kind": "mse", "labelSmoothing": 0.1}), json!({"kind": "crossEntropy", "smoothing": 0.1})] {
        assert!(read(stray).is_err());
    }
}

#[test]
fn label_smoothing_out_of_range_is_refused() {
    for label_smoothing in [1.0, -0.01, f64::NAN, f64::INFINITY] {
        let FieldError { field, message } =
            Loss::CrossEntropy { label_smoothing }.check().expect_err("it is out of range");
        assert_eq!(field, "labelSmoothing");
        let found = message.strip_prefix("expected at least 0 and below 1, found ");
        assert_eq!(
            found.map(str::parse).map(|n| n.map(f64::to_bits)),
            Some(Ok(label_smoothing.to_bits())),
            "{message}"
        );
    }
    assert!(Loss::CrossEntropy { label_smoothing: 0.999 }.check().is_ok());
    assert!(Loss::Hinge {}.check().is_ok());
}

#[test]
fn scores_lie_between_0_and_1_and_the_largest_output_has_the_largest() {
    let losses = [Loss::Mse {}, Loss::cross_entropy(), Loss::BinaryCrossEntropy {}, Loss::Hinge {}];
    for outputs in [array![0.2, 0.9, -0.3], array![-1e4, 1e4, 0.0], array![0.0, 0.0, 0.0]] {
        for loss in losses {
            let scores = loss.scores(outputs.view());
            assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)), "{loss:?}: {scores:?}");
            assert!(scores.iter().all(|&score| score <= scores[1]), "{loss:?}: {scores:?}");
        }
    }
    let hinge = Loss::Hinge {}.scores(array![2.0, 1.5, -4.0].view());
    assert_eq!(hinge, [0.75, 0.25, 0.0]);
    assert!(!Loss::Hinge {}.scores_are_probabilities());
}

#[test]
fn outputs_that_are_no_numbers_show_in_every_loss() {
    let outputs = array![[f32::NAN, 0.0, 1.0]];
    for loss in [Loss::Mse {}, Loss::cross_entropy(), Loss::BinaryCrossEntropy {}, Loss::Hinge {}] {
        for label in 0..3 {
            assert!(loss.sum(outputs.view(), &[label], None).is_nan(), "{loss:?} of label {label}");
        }
    }
}
