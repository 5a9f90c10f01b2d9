//! Many images, many questions: McNemar's test and Holm's correction.

use hellonn::compare::{AnswersCompared, holm, mcnemar, mcnemar_p};

use super::{assert_close, assert_refused, cases, rows};

#[test]
fn mcnemars_p_is_statsmodels() {
    for case @ [b, c, expected] in rows("mcnemar") {
        assert_close(mcnemar_p(b as u32, c as u32), expected, 1e-9, &case);
        assert_eq!(mcnemar_p(b as u32, c as u32), mcnemar_p(c as u32, b as u32));
    }
}

#[test]
fn images_that_only_one_network_reads_are_found() {
    let labels = [0, 1, 2, 3, 4, 5];
    let found = mcnemar(&[0, 1, 2, 9, 9, 5], &[0, 9, 9, 8, 4, 9], &labels).expect("they fit together");
    assert_close(found.p, 0.625, 1e-14, &found);
    let p = found.p;
    assert_eq!(found, AnswersCompared { n_images: 6, only_a: vec![1, 2, 5], only_b: vec![4], p });
    let same = mcnemar(&labels, &labels, &labels).expect("they fit together");
    assert_eq!(same, AnswersCompared { n_images: 6, only_a: vec![], only_b: vec![], p: 1.0 });
}

#[test]
fn answers_that_do_not_fit_together_are_refused() {
    assert_refused(mcnemar(&[1], &[1, 2], &[1, 2]), "answersA: expected 2 answers, one a label, found 1");
    assert_refused(mcnemar(&[1, 2], &[1, 2, 3], &[1, 2]), "answersB: expected 2 answers, one a label, found 3");
    assert_refused(mcnemar(&[], &[], &[]), "labels: expected at least 1 image, found 0");
}

#[test]
fn holms_correction_is_statsmodels() {
    for case in cases("holm") {
        let [p_values, expected] =
            [0, 1].map(|idx| -> Vec<f64> { serde_json::from_value(case[idx].clone()).expect("a list of numbers") });
        let found = holm(&p_values).expect("they are probabilities");
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.into_iter().zip(expected) {
            assert_close(found, expected, 1e-14, &case);
        }
    }
    assert_eq!(holm(&[]), Ok(vec![]));
}

#[test]
fn what_is_no_probability_is_refused() {
    assert_refused(holm(&[0.1, 1.1]), "pValues[1]: expected 0 to 1, found 1.1");
    assert_refused(holm(&[f64::NAN]), "pValues[0]: expected 0 to 1, found NaN");
}
