//! The decision, as plain data. The page makes the words.

use serde::Serialize;

use super::check::check_shares;
use super::evidence::{Evidence, by_groups, by_images, by_pairs};
use super::holm::corrected;
use super::question::VerdictQuestion;
use super::{GroupSummary, Interval, LEVEL, Luck};
use crate::error::FieldError;

/// What can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Outcome {
    /// The groups trained on other data, or were validated on another number of images: no verdict.
    NotTheSameData,
    /// A group has no accuracy and will not get one: no run that is done, or no validation images.
    NothingToCompare,
    /// Even the clearest result that so few seeds can give would not convince, given how many comparisons were asked
    /// for.
    TooFewSeeds,
    /// Runs are still training or waiting; stopping as soon as it looks good is how luck wins.
    TooEarly,
    /// A's accuracy is higher, and chance alone would do that in at most 5 % of cases, corrected for all comparisons.
    AIsBetter,
    /// B's accuracy is higher, and chance alone would do that in at most 5 % of cases, corrected for all comparisons.
    BIsBetter,
    /// They differ, but not by more than chance alone may well do.
    MayBeLuck,
    /// Not one result differs: the same accuracy for every seed, or the same images read rightly.
    Same,
}

/// Which test was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum VerdictTest {
    /// Both groups have the same seeds: each seed's difference, with either sign.
    SignFlip,
    /// The seeds are not all the same: all results of both groups, dealt out anew.
    Permutation,
    /// A single run each, and their answers: the images that only one of them reads. It speaks of these two networks,
    /// not of their recipes.
    Mcnemar,
}

/// A seed's accuracy with A minus that with B.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SeedPair {
    pub seed: u32,
    pub difference: f64,
}

/// The outcome and what it rests on. Accuracies, and differences of them, are from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Verdict {
    pub outcome: Outcome,
    /// The validation accuracies of A's runs that are done.
    pub a: Option<GroupSummary>,
    pub b: Option<GroupSummary>,
    /// The seeds that both have done, in their order.
    pub pairs: Vec<SeedPair>,
    /// A's mean accuracy minus B's; after McNemar's test, on the images that were compared.
    pub gap: Option<f64>,
    /// None where no test was made: while it is too early, or there is nothing to compare.
    pub test: Option<VerdictTest>,
    /// The 95 % interval of the gap: Student's for pairs, Welch's otherwise; none of a single run.
    pub interval: Option<Interval>,
    /// None after McNemar's test, which counts images instead.
    pub luck: Option<Luck>,
    /// The test's p-value, two-sided.
    pub p: Option<f64>,
    /// After Holm's correction for all comparisons.
    pub corrected_p: Option<f64>,
    /// This one and the others that were asked for.
    pub n_comparisons: usize,
    /// Where it may be luck or the seeds are too few: how many more seeds of each group would show a gap like this, if
    /// it is real, with a probability of 80 %. None where not even 1000 would, or one run says nothing about the
    /// spread.
    pub more_seeds: Option<u32>,
}

/// Decides what can be said of two groups of runs: ranked by validation accuracy, at 5 %, two-sided, and corrected for
/// the number of comparisons. Neither the order of the seeds nor which group is called A plays a part.
///
/// An error where seeds and accuracies do not fit together, or a number is out of its range; the field says which.
pub fn verdict(question: &VerdictQuestion) -> Result<Verdict, FieldError> {
    let VerdictQuestion { a, b, images, other_p_values } = question;
    let runs_a = a.runs().map_err(|error| error.within("a"))?;
    let runs_b = b.runs().map_err(|error| error.within("b"))?;
    if let Some(images) = images {
        images.check().map_err(|error| error.within("images"))?;
    }
    check_shares("otherPValues", other_p_values)?;
    let summary = |values: &[f64]| (!values.is_empty()).then(|| GroupSummary::of(values));
    let (values_a, values_b) = (values(&runs_a), values(&runs_b));
    let (summary_a, summary_b) = (summary(&values_a), summary(&values_b));
    let mut verdict = Verdict {
        outcome: Outcome::NotTheSameData,
        a: summary_a,
        b: summary_b,
        pairs: Vec::new(),
        gap: None,
        test: None,
        interval: None,
        luck: None,
        p: None,
        corrected_p: None,
        n_comparisons: 1 + other_p_values.len(),
        more_seeds: None,
    };
    if a.fingerprint != b.fingerprint || a.n_validation != b.n_validation {
        return Ok(verdict);
    }
    verdict.pairs = pairs(&runs_a, &runs_b);
    verdict.gap = summary_a.zip(summary_b).map(|(a, b)| a.mean - b.mean);
    if a.is_empty() || b.is_empty() {
        verdict.outcome = Outcome::NothingToCompare;
        return Ok(verdict);
    }
    if !(a.is_finished && b.is_finished) {
        verdict.outcome = Outcome::TooEarly;
        return Ok(verdict);
    }
    let are_single = runs_a.len() == 1 && runs_b.len() == 1;
    let n_pairs = verdict.pairs.len();
    let level = LEVEL / verdict.n_comparisons as f64;
    let evidence = match images {
        Some(images) if are_single => by_images(*images),
        _ if n_pairs == runs_a.len() && n_pairs == runs_b.len() => by_pairs(&verdict.pairs, level),
        _ => by_groups(&values_a, &values_b, level),
    };
    rest_on(&mut verdict, evidence, other_p_values);
    Ok(verdict)
}

/// Fills in what the evidence says.
fn rest_on(verdict: &mut Verdict, evidence: Evidence, other_p_values: &[f64]) {
    let corrected = |p: f64| corrected(p, &[other_p_values, &[p]].concat());
    let corrected_p = corrected(evidence.p);
    verdict.outcome = if evidence.is_same {
        Outcome::Same
    } else if corrected(evidence.smallest_p) > LEVEL {
        Outcome::TooFewSeeds
    } else if corrected_p > LEVEL {
        Outcome::MayBeLuck
    } else if evidence.gap > 0.0 {
        Outcome::AIsBetter
    } else {
        Outcome::BIsBetter
    };
    verdict.gap = Some(evidence.gap);
    verdict.test = Some(evidence.test);
    verdict.interval = evidence.interval;
    verdict.luck = evidence.luck;
    verdict.p = Some(evidence.p);
    verdict.corrected_p = Some(corrected_p);
    if matches!(verdict.outcome, Outcome::TooFewSeeds | Outcome::MayBeLuck) {
        verdict.more_seeds = evidence.more_seeds;
    }
}

#[inline(never)]
fn values(runs: &[(u32, f64)]) -> Vec<f64> {
    runs.iter().map(|&(_, accuracy)| accuracy).collect()
}

/// The seeds in both groups, which are in the order of their seeds.
fn pairs(a: &[(u32, f64)], b: &[(u32, f64)]) -> Vec<SeedPair> {
    let partner = |&(seed, accuracy): &(u32, f64)| {
        let idx = b.binary_search_by_key(&seed, |&(seed, _)| seed).ok()?;
        Some(SeedPair { seed, difference: accuracy - b[idx].1 })
    };
    a.iter().filter_map(partner).collect()
}
