//! The decision.

use hellonn::compare::{ImageCounts, Interval, Outcome, RunGroup, Verdict, VerdictQuestion, VerdictTest, verdict};
use proptest::prelude::*;

use super::{accuracies, assert_refused, cases, group, question};

const HIGH: [f64; 8] = [0.9702, 0.9652, 0.9698, 0.9680, 0.9662, 0.9694, 0.9690, 0.9652];
const LOW: [f64; 8] = [0.9452, 0.9634, 0.9594, 0.9570, 0.9548, 0.9600, 0.9480, 0.9602];

fn decide(question: &VerdictQuestion) -> Verdict {
    verdict(question).expect("the question is sound")
}

fn outcome(question: &VerdictQuestion) -> Outcome {
    decide(question).outcome
}

#[test]
fn eight_seeds_that_all_speak_for_a_make_it_better() {
    let found = decide(&question(&HIGH, &LOW));
    assert_eq!((found.outcome, found.test), (Outcome::AIsBetter, Some(VerdictTest::SignFlip)));
    assert_eq!(found.luck.map(|luck| (luck.hits, luck.total, luck.is_exact)), Some((2, 256, true)));
    assert_eq!((found.p, found.corrected_p, found.n_comparisons), (Some(2.0 / 256.0), Some(2.0 / 256.0), 1));
    assert_eq!(found.more_seeds, None);
    let Interval { low, high } = found.interval.expect("there are eight");
    assert!(0.0 < low && low < found.gap.expect("there is a gap") && found.gap < Some(high));
    assert_eq!(found.pairs.iter().map(|pair| pair.seed).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(found.pairs[1].difference, HIGH[1] - LOW[1]);
    assert_eq!(outcome(&question(&LOW, &HIGH)), Outcome::BIsBetter);
}

#[test]
fn every_further_question_is_corrected_for() {
    let asked = |others: &[f64]| {
        let found = decide(&VerdictQuestion { other_p_values: others.to_vec(), ..question(&HIGH, &LOW) });
        (found.outcome, found.corrected_p, found.n_comparisons)
    };
    assert_eq!(asked(&[0.5, 0.2]), (Outcome::AIsBetter, Some(6.0 / 256.0), 3));
    assert_eq!(asked(&[0.001, 0.2]), (Outcome::AIsBetter, Some(4.0 / 256.0), 3));
    assert_eq!(asked(&[0.9; 6]), (Outcome::TooFewSeeds, Some(14.0 / 256.0), 7));
}

#[test]
fn a_gap_like_that_among_the_seeds_may_be_luck() {
    let b = [0.9690, 0.9642, 0.9680, 0.9684, 0.9652, 0.9670, 0.9688, 0.9662];
    let found = decide(&question(&HIGH, &b));
    assert_eq!(found.outcome, Outcome::MayBeLuck);
    assert!(found.corrected_p > Some(0.05));
    assert!(found.more_seeds > Some(8), "{:?}", found.more_seeds);
}

#[test]
fn five_pairs_can_never_convince_and_six_can() {
    let clear = HIGH.map(|accuracy| accuracy - 0.01);
    let found = decide(&question(&HIGH[..5], &clear[..5]));
    assert_eq!((found.outcome, found.p), (Outcome::TooFewSeeds, Some(2.0 / 32.0)));
    assert_eq!(found.more_seeds, Some(1));
    assert_eq!(outcome(&question(&HIGH[..6], &LOW[..6])), Outcome::AIsBetter);
    let found = decide(&question(&HIGH[..1], &LOW[..1]));
    assert_eq!((found.outcome, found.interval, found.more_seeds), (Outcome::TooFewSeeds, None, None));
}

#[test]
fn other_seeds_are_compared_as_groups() {
    let unpaired = |n: usize| VerdictQuestion {
        b: group(&(11..11 + n as u32).collect::<Vec<_>>(), &LOW[..n]),
        ..question(&HIGH[..4], &[])
    };
    let found = decide(&unpaired(4));
    assert_eq!((found.outcome, found.test), (Outcome::AIsBetter, Some(VerdictTest::Permutation)));
    assert_eq!(found.luck.map(|luck| (luck.hits, luck.total)), Some((2, 70)));
    assert!(found.pairs.is_empty() && found.interval.is_some());
    let found = decide(&unpaired(1));
    assert_eq!((found.outcome, found.interval), (Outcome::TooFewSeeds, None));
    assert!(found.more_seeds > Some(4), "one of the groups has only one");
}

#[test]
fn where_not_all_seeds_match_all_runs_count() {
    let mut asked = question(&HIGH, &LOW);
    asked.b.seeds[7] = 9;
    let found = decide(&asked);
    assert_eq!((found.test, found.pairs.len()), (Some(VerdictTest::Permutation), 7));
    assert_eq!(found.luck.map(|luck| luck.total), Some(12_870));
}

#[test]
fn two_single_runs_are_compared_by_their_images() {
    let asked = |n_images, only_a, only_b| {
        let images = Some(ImageCounts { n_images, only_a, only_b });
        decide(&VerdictQuestion { images, ..question(&HIGH[..1], &LOW[..1]) })
    };
    let found = asked(10_000, 338, 103);
    assert_eq!((found.outcome, found.test), (Outcome::AIsBetter, Some(VerdictTest::Mcnemar)));
    assert_eq!((found.gap, found.luck, found.interval), (Some(0.0235), None, None));
    assert!(found.p < Some(1e-6));
    assert_eq!(asked(10_000, 103, 338).outcome, Outcome::BIsBetter);
    assert_eq!(asked(10_000, 52, 50).outcome, Outcome::MayBeLuck);
    assert_eq!(asked(10_000, 0, 0).outcome, Outcome::Same);
    let images = Some(ImageCounts { n_images: 10, only_a: 1, only_b: 0 });
    let of_groups = decide(&VerdictQuestion { images, ..question(&HIGH, &LOW) });
    assert_eq!(of_groups, decide(&question(&HIGH, &LOW)), "of groups they say nothing");
}

#[test]
fn equal_results_are_the_same() {
    assert_eq!(outcome(&question(&HIGH, &HIGH)), Outcome::Same);
    assert_eq!(outcome(&question(&HIGH[..1], &HIGH[..1])), Outcome::Same);
    let shifted = VerdictQuestion { b: group(&[7, 8], &[0.5; 2]), ..question(&[0.5; 3], &[]) };
    assert_eq!(outcome(&shifted), Outcome::Same);
}

#[test]
fn other_data_gets_no_verdict() {
    let of = |b: RunGroup| decide(&VerdictQuestion { b, ..question(&HIGH, &LOW) });
    let sound = || group(&[1, 2, 3, 4, 5, 6, 7, 8], &LOW);
    for b in [RunGroup { fingerprint: "other".into(), ..sound() }, RunGroup { n_validation: 10_000, ..sound() }] {
        let found = of(b);
        assert_eq!((found.outcome, found.gap, found.p), (Outcome::NotTheSameData, None, None));
        assert!(found.a.is_some() && found.b.is_some() && found.luck.is_none());
    }
}

#[test]
fn a_race_under_way_has_a_lead_and_no_verdict() {
    let mut asked = question(&HIGH, &LOW[..2]);
    asked.b.is_finished = false;
    let found = decide(&asked);
    assert_eq!((found.outcome, found.pairs.len()), (Outcome::TooEarly, 2));
    assert!(found.gap.is_some());
    assert_eq!((found.test, found.interval, found.luck, found.p), (None, None, None, None));
    asked.b = RunGroup { is_finished: false, ..group(&[], &[]) };
    let found = decide(&asked);
    assert_eq!((found.outcome, found.b, found.gap), (Outcome::TooEarly, None, None));
}

#[test]
fn without_accuracies_there_is_nothing_to_compare() {
    assert_eq!(outcome(&question(&HIGH, &[])), Outcome::NothingToCompare);
    let mut asked = question(&[], &[]);
    (asked.a.n_validation, asked.b.n_validation) = (0, 0);
    (asked.a.is_finished, asked.b.is_finished) = (false, false);
    assert_eq!(outcome(&asked), Outcome::NothingToCompare);
}

#[test]
fn a_question_that_makes_no_sense_is_refused() {
    let refused = |change: fn(&mut VerdictQuestion), expected: &str| {
        let mut asked = question(&HIGH, &LOW);
        change(&mut asked);
        assert_refused(verdict(&asked), expected);
    };
    refused(|asked| asked.a.accuracies.truncate(7), "a.accuracies: expected 8 numbers, one a seed, found 7");
    refused(|asked| asked.b.accuracies[3] = f64::NAN, "b.accuracies[3]: expected 0 to 1, found NaN");
    refused(|asked| asked.b.accuracies[0] = 97.0, "b.accuracies[0]: expected 0 to 1, found 97");
    refused(|asked| asked.a.seeds[7] = 2, "a.seeds: expected each seed once, found 2 twice");
    refused(|asked| asked.other_p_values = vec![0.1, 2.0], "otherPValues[1]: expected 0 to 1, found 2");
    refused(
        |asked| asked.images = Some(ImageCounts { n_images: 9, only_a: 5, only_b: 5 }),
        "images.nImages: expected at least 10 images, found 9",
    );
}

#[test]
fn hits_and_intervals_of_a_verdict_are_those_of_the_tests() {
    for case in cases("pairs") {
        let found = decide(&question(&accuracies(&case["a"]), &accuracies(&case["b"])));
        assert_eq!(found.luck.map(|luck| u64::from(luck.hits)), case["hits"].as_u64());
    }
}

/// Accuracies of as many runs, one a seed.
fn runs(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<(u32, f64)>> {
    let accuracy = (4750..4850_u32).prop_map(|count| f64::from(count) / 5000.0);
    proptest::collection::btree_map(0..12_u32, accuracy, n).prop_map(|runs| runs.into_iter().collect())
}

fn of_runs(runs: &[(u32, f64)]) -> RunGroup {
    let (seeds, accuracies): (Vec<u32>, Vec<f64>) = runs.iter().copied().unzip();
    group(&seeds, &accuracies)
}

fn mirrored(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::AIsBetter => Outcome::BIsBetter,
        Outcome::BIsBetter => Outcome::AIsBetter,
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_order_of_the_seeds_changes_nothing(
        (a, shuffled) in runs(1..10).prop_flat_map(|runs| (Just(runs.clone()), Just(runs).prop_shuffle())),
        b in runs(1..10),
    ) {
        let asked = |a: &[(u32, f64)]| decide(&VerdictQuestion { a: of_runs(a), b: of_runs(&b), ..question(&[], &[]) });
        prop_assert_eq!(asked(&a), asked(&shuffled));
    }

    #[test]
    fn swapping_a_and_b_mirrors_everything(a in runs(1..12), b in runs(1..12), same_seeds in any::<bool>()) {
        let n = if same_seeds { a.len().min(b.len()) } else { usize::MAX };
        let a: Vec<_> = a.into_iter().take(n).collect();
        let mut b: Vec<_> = b.into_iter().take(n).collect();
        if same_seeds {
            b.iter_mut().zip(&a).for_each(|(b, a)| b.0 = a.0);
        }
        let asked = |a: &[(u32, f64)], b: &[(u32, f64)]| {
            let asked = VerdictQuestion { a: of_runs(a), b: of_runs(b), images: None, other_p_values: vec![0.3] };
            decide(&asked)
        };
        let (found, other) = (asked(&a, &b), asked(&b, &a));
        prop_assert_eq!(found.outcome, mirrored(other.outcome));
        prop_assert_eq!((found.a, found.b), (other.b, other.a));
        prop_assert_eq!(found.gap, other.gap.map(|gap| -gap));
        let turned = other.interval.map(|Interval { low, high }| Interval { low: -high, high: -low });
        prop_assert_eq!(found.interval, turned);
        prop_assert_eq!((found.p, found.corrected_p, found.test), (other.p, other.corrected_p, other.test));
        prop_assert_eq!(found.more_seeds, other.more_seeds);
        prop_assert_eq!(found.pairs.len(), other.pairs.len());
        for (found, other) in found.pairs.iter().zip(&other.pairs) {
            prop_assert_eq!((found.seed, found.difference), (other.seed, -other.difference));
        }
    }
}
