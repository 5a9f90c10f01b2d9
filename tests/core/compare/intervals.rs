//! Groups, and where their true values lie.

use hellonn::compare::{GroupSummary, Interval, mean_interval, welch_interval, wilson_interval};

use super::{accuracies, assert_close, assert_near, assert_refused, cases, differences, number, rows};

#[test]
fn mean_and_deviation_are_numpys() {
    for case in cases("pairs") {
        let a = accuracies(&case["a"]);
        let GroupSummary { n, mean, deviation } = GroupSummary::new(&a).expect("the numbers are sound");
        assert_eq!(n, a.len());
        assert_close(mean, number(&case["mean"]), 1e-14, &case);
        assert_near(deviation.expect("there are two at least"), number(&case["deviation"]), &case);
    }
}

#[test]
fn a_single_value_has_no_deviation_and_equal_ones_have_none_to_speak_of() {
    assert_eq!(GroupSummary::new(&[0.5]), Ok(GroupSummary { n: 1, mean: 0.5, deviation: None }));
    assert_eq!(GroupSummary::new(&[0.5; 4]), Ok(GroupSummary { n: 4, mean: 0.5, deviation: Some(0.0) }));
}

#[test]
fn wilsons_interval_is_statsmodels() {
    for case @ [n_correct, n_images, low, high] in rows("wilson") {
        let found = wilson_interval(n_correct as u32, n_images as u32).expect("the counts are sound");
        assert!((0.0..=1.0).contains(&found.low) && (0.0..=1.0).contains(&found.high));
        assert_near(found.low, low, &case);
        assert_near(found.high, high, &case);
        if n_correct > 0.0 {
            assert_close(found.low, low, 1e-9, &case);
        }
        assert_close(found.high, high, 1e-9, &case);
    }
    assert_eq!(wilson_interval(0, 10).map(|found| found.low), Ok(0.0));
    assert_eq!(wilson_interval(10, 10).map(|found| found.high), Ok(1.0));
}

/// Relative to how wide the interval is, too, and not to an end that may lie at 0.
fn assert_same(found: Interval, expected: [f64; 2], what: &dyn std::fmt::Debug) {
    let width = expected[1] - expected[0];
    for (found, expected) in [(found.low, expected[0]), (found.high, expected[1])] {
        let tolerance = 1e-10 * width + 1e-14;
        assert!((found - expected).abs() <= tolerance, "{what:?}: found {found}, expected {expected}");
    }
}

#[test]
fn the_interval_of_paired_differences_is_scipys() {
    for case in cases("pairs") {
        let found = mean_interval(&differences(&accuracies(&case["a"]), &accuracies(&case["b"])));
        assert_same(found.expect("the numbers are sound"), [0, 1].map(|idx| number(&case["interval"][idx])), &case);
    }
}

#[test]
fn welchs_interval_is_scipys() {
    for case in cases("groups") {
        let found = welch_interval(&accuracies(&case["a"]), &accuracies(&case["b"]));
        assert_same(found.expect("the numbers are sound"), [0, 1].map(|idx| number(&case["interval"][idx])), &case);
    }
}

#[test]
fn welchs_interval_stands_spreads_of_any_size() {
    let found = welch_interval(&[0.0, 1e-160], &[0.0, 3e-160]).expect("the numbers are sound");
    assert!(found.low.is_finite() && found.high.is_finite());
    let found = welch_interval(&[0.5, 0.5], &[0.1, 0.3]).expect("the numbers are sound");
    assert!(found.low < 0.3 && found.high > 0.3);
}

#[test]
fn what_has_no_interval_is_refused() {
    assert_refused(GroupSummary::new(&[]), "values: expected at least 1 value, found 0");
    assert_refused(GroupSummary::new(&[0.1, f64::NAN]), "values[1]: expected a finite number, found NaN");
    assert_refused(mean_interval(&[0.1]), "differences: expected at least 2 values, found 1");
    assert_refused(mean_interval(&[f64::INFINITY, 0.0]), "differences[0]: expected a finite number, found inf");
    assert_refused(welch_interval(&[0.1, 0.2], &[0.1]), "b: expected at least 2 values, found 1");
    assert_refused(welch_interval(&[0.1, f64::NAN], &[0.1]), "a[1]: expected a finite number, found NaN");
    assert_refused(wilson_interval(0, 0), "nImages: expected at least 1 image, found 0");
    assert_refused(wilson_interval(6, 5), "nCorrect: expected at most 5, found 6");
}
