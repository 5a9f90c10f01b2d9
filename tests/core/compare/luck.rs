//! What luck can do, against SciPy's exact permutation tests of whole numbers, and exact distributions beyond.

use hellonn::compare::{Histogram, Luck, relabel, sign_flip};
use proptest::prelude::*;

use super::{accuracies, assert_refused, cases, differences, number};

fn expected(case: &serde_json::Value) -> (u64, u64) {
    (case["hits"].as_u64().expect("hits"), case["total"].as_u64().expect("a total"))
}

fn found(luck: &Luck) -> (u64, u64) {
    assert!(luck.is_exact);
    (luck.hits.into(), luck.total.into())
}

#[test]
fn flips_that_go_as_far_are_as_many_as_scipy_finds() {
    for case in cases("pairs") {
        let luck = sign_flip(&differences(&accuracies(&case["a"]), &accuracies(&case["b"]))).expect("they are sound");
        assert_eq!(found(&luck), expected(&case), "{case}");
        assert_eq!(luck.p(), number(&case["hits"]) / number(&case["total"]));
    }
}

#[test]
fn deals_that_go_as_far_are_as_many_as_scipy_finds() {
    for case in cases("groups") {
        let luck = relabel(&accuracies(&case["a"]), &accuracies(&case["b"])).expect("they are sound");
        assert_eq!(found(&luck), expected(&case), "{case}");
    }
}

/// Five standard deviations of a share of 100,000 draws, and the one that is added.
fn assert_sampled(luck: &Luck, p: f64, what: &serde_json::Value) {
    assert!(!luck.is_exact && luck.total == 100_000);
    assert_eq!(luck.p(), (f64::from(luck.hits) + 1.0) / 100_001.0);
    let tolerance = 5.0 * (p * (1.0 - p) / 100_000.0).sqrt() + 2e-5;
    assert!((luck.p() - p).abs() <= tolerance, "{what}: found {}, expected {p}", luck.p());
}

#[test]
fn beyond_twenty_pairs_a_sample_comes_close_to_the_exact_p() {
    for case in cases("manyPairs") {
        let differences: Vec<f64> = accuracies(&case["differences"]);
        assert_sampled(&sign_flip(&differences).expect("they are sound"), number(&case["p"]), &case);
    }
}

#[test]
fn beyond_ten_against_ten_a_sample_comes_close_to_the_exact_p() {
    for case in cases("manyGroups") {
        let luck = relabel(&accuracies(&case["a"]), &accuracies(&case["b"])).expect("they are sound");
        assert_sampled(&luck, number(&case["p"]), &case);
    }
}

#[test]
fn all_is_tried_up_to_twenty_pairs_and_ten_against_ten() {
    let values: Vec<f64> = (0..20).map(|idx| f64::from(idx * idx) / 1000.0).collect();
    assert_eq!(sign_flip(&values).map(|luck| (luck.hits, luck.total)), Ok((4, 1 << 20)), "the first one is 0");
    assert_eq!(relabel(&values[..10], &values[10..]).map(|luck| (luck.hits, luck.total)), Ok((2, 184_756)));
}

#[test]
fn the_same_sums_added_up_in_another_order_are_ties() {
    // Eight accuracies each a tenth of a point apart: every flip but the two extreme ones has others of its size.
    let differences: Vec<f64> = [0.961, 0.952, 0.943].iter().map(|a| a - (a - 0.001)).collect();
    assert_eq!(sign_flip(&differences).map(|luck| luck.hits), Ok(2));
    assert_eq!(sign_flip(&[0.1, 0.2, -0.3]).map(|luck| luck.hits), Ok(8));
    assert_eq!(relabel(&[0.1 + 0.2], &[0.3]).map(|luck| (luck.hits, luck.total)), Ok((2, 2)));
    assert_eq!(relabel(&[0.7; 3], &[0.7; 5]).map(|luck| (luck.hits, luck.total)), Ok((56, 56)));
}

#[test]
fn the_histogram_holds_every_swap_where_it_belongs() {
    let luck = sign_flip(&[0.03, 0.01, 0.02]).expect("they are sound");
    let Histogram { low, high, counts, observed_idx } = luck.histogram;
    assert!((low + 0.02).abs() < 1e-15 && (high - 0.02).abs() < 1e-15);
    assert_eq!(observed_idx, 24);
    let at = |mean: f64| ((mean / 0.02 * 12.5).round_ties_even().clamp(-12.0, 12.0) + 12.0) as usize;
    let mut expected = vec![0; 25];
    for sum in [-6, -4, -2, 0, 0, 2, 4, 6] {
        expected[at(f64::from(sum) / 300.0)] += 1;
    }
    assert_eq!(counts, expected);
}

#[test]
fn without_any_difference_all_swaps_stand_in_the_middle() {
    let Histogram { low, high, counts, observed_idx } = sign_flip(&[0.0; 4]).expect("they are sound").histogram;
    assert_eq!((low, high, observed_idx, counts[12]), (0.0, 0.0, 12, 16));
    assert_eq!(relabel(&[0.5; 2], &[0.5; 2]).map(|luck| luck.histogram.counts[12]), Ok(6));
}

#[test]
fn luck_without_numbers_is_refused() {
    assert_refused(sign_flip(&[]), "differences: expected at least 1 value, found 0");
    assert_refused(sign_flip(&[0.1, f64::NAN]), "differences[1]: expected a finite number, found NaN");
    assert_refused(relabel(&[], &[0.1]), "a: expected at least 1 value, found 0");
    assert_refused(relabel(&[0.1], &[f64::NEG_INFINITY]), "b[0]: expected a finite number, found -inf");
}

fn counts(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec((4700..4900_u32).prop_map(|count| f64::from(count) / 5000.0), n)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_groups_name_changes_no_deal(a in counts(1..15), b in counts(1..15)) {
        let (found, swapped) = (relabel(&a, &b).expect("they are sound"), relabel(&b, &a).expect("they are sound"));
        prop_assert_eq!((found.hits, found.total), (swapped.hits, swapped.total));
        prop_assert_eq!(found.histogram.observed_idx, 24 - swapped.histogram.observed_idx);
        prop_assert_eq!(found.histogram.counts.iter().sum::<u32>(), found.total);
        if a.len() != b.len() {
            let mut mirrored = swapped.histogram.counts;
            mirrored.reverse();
            prop_assert_eq!(found.histogram.counts, mirrored);
        }
    }

    #[test]
    fn flips_count_the_same_whatever_the_order(mut differences in counts(1..16)) {
        let center = differences[0] - 0.005;
        differences.iter_mut().for_each(|difference| *difference -= center);
        let found = sign_flip(&differences).expect("they are sound");
        differences.reverse();
        prop_assert_eq!(&found.hits, &sign_flip(&differences).expect("they are sound").hits);
        differences.iter_mut().for_each(|difference| *difference = -*difference);
        prop_assert_eq!(&found.hits, &sign_flip(&differences).expect("they are sound").hits);
        prop_assert_eq!(found.histogram.counts.iter().sum::<u32>(), found.total);
    }
}
