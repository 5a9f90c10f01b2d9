//! What luck can do: the same results, with the names A and B dealt out in every other way.

use rand::RngExt;
use serde::Serialize;

use super::check::check_values;
use super::order::sort_by;
use crate::error::FieldError;
use crate::random::{Random, Stream, stream};

/// Up to so many pairs every way of flipping them is tried.
const MOST_PAIRS: usize = 20;
/// Up to so many ways of dealing out the names all are tried: as many as for two groups of ten.
const MOST_DEALS: f64 = 184_756.0;
/// Beyond that, so many are drawn.
const N_DRAWS: u32 = 100_000;
/// Every question gets the same draws, so that asking again changes nothing.
const SEED: u32 = 0;
/// Odd, so that one bin has 0 in its middle.
const N_BINS: usize = 25;

/// How often chance alone gives a mean difference as far from 0 as the one observed, in either direction.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Luck {
    /// The swaps of names that go as far as the observed one or farther; it is one of them where all were tried.
    pub hits: u32,
    /// The swaps that were tried.
    pub total: u32,
    /// Whether these are all there are, and not a sample.
    pub is_exact: bool,
    pub histogram: Histogram,
}

/// The mean differences A − B that the swaps gave, in the unit of the values: bins of equal width around 0.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Histogram {
    /// The lower edge of the first bin. What lies still lower is in that bin.
    pub low: f64,
    /// The upper edge of the last bin. What lies still higher is in that bin.
    pub high: f64,
    pub counts: Vec<u32>,
    /// The bin of the observed difference.
    pub observed_idx: usize,
}

impl Luck {
    /// The p-value: hits/total; of a sample (hits + 1)/(total + 1), as the observed is one of the ways, too (Davison
    /// and Hinkley, "Bootstrap methods and their application", 1997, 4.2.1).
    pub fn p(&self) -> f64 {
        if self.is_exact {
            f64::from(self.hits) / f64::from(self.total)
        } else {
            (f64::from(self.hits) + 1.0) / (f64::from(self.total) + 1.0)
        }
    }
}

/// The sign-flip test for pairs: if A and B were alike, each of the n `differences` (A − B) could as well have had the
/// other sign. Counts the flips whose |Σ ±d|/n reaches |Σ d|/n: of all 2^n up to 20 pairs, of 100,000 drawn ones
/// beyond.
///
/// An error where there is none, or one is not a finite number. Fisher, "The design of experiments", 1935, section 21.
pub fn sign_flip(differences: &[f64]) -> Result<Luck, FieldError> {
    check_values("differences", differences, 1)?;
    Ok(flips(differences))
}

/// The sign-flip test of differences that have been checked.
pub fn flips(differences: &[f64]) -> Luck {
    // Signs are dealt out anyway: by size alone, the draws do not depend on which group is called A.
    let sizes: Vec<f64> = differences.iter().map(|d| d.abs()).collect();
    let most: f64 = sizes.iter().sum();
    let squares: f64 = sizes.iter().map(|d| d * d).sum();
    let observed = differences.iter().sum();
    let mut tally = Tally::new(observed, 0.0, most, squares.sqrt(), 1.0 / sizes.len() as f64);
    let is_exact = sizes.len() <= MOST_PAIRS;
    if is_exact {
        flip_all(&sizes, 0.0, &mut tally);
    } else {
        let mut random = stream(SEED, Stream::Luck);
        for _ in 0..N_DRAWS {
            tally.count(flip_some(&sizes, &mut random));
        }
    }
    tally.luck(is_exact)
}

/// Counts every sum of ±`sizes`, added to `sum`.
fn flip_all(sizes: &[f64], sum: f64, tally: &mut Tally) {
    match sizes.split_first() {
        None => tally.count(sum),
        Some((size, rest)) => {
            flip_all(rest, sum + size, tally);
            flip_all(rest, sum - size, tally);
        }
    }
}

#[inline(never)]
fn flip_some(sizes: &[f64], random: &mut Random) -> f64 {
    let mut sum = 0.0;
    for sizes in sizes.chunks(64) {
        let mut signs: u64 = random.random();
        for size in sizes {
            sum += if signs & 1 == 0 { *size } else { -size };
            signs >>= 1;
        }
    }
    sum
}

/// The permutation test for groups that are not paired: if A and B were alike, each of the n_a + n_b values could as
/// well have belonged to the other group. Counts the ways to deal them out whose |mean(A) − mean(B)| reaches the
/// observed one: of all C(n_a + n_b, n_a) up to 184,756, of 100,000 drawn ones beyond.
///
/// An error where a group is empty, or a value not a finite number. Pitman, "Significance tests which may be applied to
/// samples from any populations", 1937.
pub fn relabel(a: &[f64], b: &[f64]) -> Result<Luck, FieldError> {
    check_values("a", a, 1)?;
    check_values("b", b, 1)?;
    Ok(deals(a, b))
}

/// The permutation test of groups that have been checked.
pub fn deals(a: &[f64], b: &[f64]) -> Luck {
    // The smaller group's sum says everything, and by the smallest value equal values become exactly 0.
    let (few, many, direction) = if a.len() <= b.len() { (a, b, 1.0) } else { (b, a, -1.0) };
    let least = few.iter().chain(many).fold(f64::INFINITY, |least, &x| least.min(x));
    let mut all = sorted_above(&[few, many].concat(), least);
    let (n_few, n) = (few.len() as f64, all.len() as f64);
    let mean = all.iter().sum::<f64>() / n;
    let expected = n_few * mean;
    let squares: f64 = all.iter().map(|x| (x - mean) * (x - mean)).sum();
    let spread = (squares * n_few * (n - n_few) / (n * (n - 1.0))).sqrt();
    let lowest: f64 = all[..few.len()].iter().sum();
    let highest: f64 = all[many.len()..].iter().sum();
    let most = (highest - expected).max(expected - lowest);
    // (Σ few − expected)·n/(n_few·n_many) = mean(few) − mean(many).
    let unit = direction * n / (n_few * (n - n_few));
    let mut tally = Tally::new(sorted_above(few, least).iter().sum(), expected, most, spread, unit);
    let is_exact = n_deals(few.len(), all.len()) <= MOST_DEALS;
    if is_exact {
        deal_all(&all, few.len(), 0.0, &mut tally);
    } else {
        let mut random = stream(SEED, Stream::Luck);
        for _ in 0..N_DRAWS {
            tally.count(deal_some(&mut all, few.len(), &mut random));
        }
    }
    tally.luck(is_exact)
}

#[inline(never)]
fn sorted_above(values: &[f64], least: f64) -> Vec<f64> {
    let mut values: Vec<f64> = values.iter().map(|x| x - least).collect();
    sort_by(&mut values, |x, y| x < y);
    values
}

/// C(n, n_few), the ways to deal out two names.
pub fn n_deals(n_few: usize, n: usize) -> f64 {
    (1..=n_few).fold(1.0, |ways, i| ways * (n - n_few + i) as f64 / i as f64)
}

/// Counts the sum of every choice of `n_left` of `values`, added to `sum`.
fn deal_all(values: &[f64], n_left: usize, sum: f64, tally: &mut Tally) {
    if n_left == 0 {
        tally.count(sum);
    } else if let Some((value, rest)) = values.split_first() {
        deal_all(rest, n_left - 1, sum + value, tally);
        if rest.len() >= n_left {
            deal_all(rest, n_left, sum, tally);
        }
    }
}

/// The sum of a random choice of `n_few` of `values`, whose order changes.
#[inline(never)]
fn deal_some(values: &mut [f64], n_few: usize, random: &mut Random) -> f64 {
    let mut sum = 0.0;
    for idx in 0..n_few {
        let chosen_idx = random.random_range(idx as u32..values.len() as u32);
        values.swap(idx, chosen_idx as usize);
        sum += values[idx];
    }
    sum
}

/// Counts sums by how far they lie from the one that is expected.
struct Tally {
    expected: f64,
    threshold: f64,
    /// Half the histogram's width, in the sums' unit.
    extent: f64,
    /// What a sum's unit is as a mean difference.
    unit: f64,
    observed_idx: usize,
    hits: u32,
    total: u32,
    counts: [u32; N_BINS],
}

impl Tally {
    /// For sums that lie at most `most` from the `expected` one, with a standard deviation of `spread`.
    fn new(observed: f64, expected: f64, most: f64, spread: f64, unit: f64) -> Self {
        let distance = (observed - expected).abs();
        // Sums of the same magnitude, added up in another order, differ by their rounding; counts of images differ by
        // more.
        let threshold = distance - 1e-9 * most;
        let extent = most.min(distance.max(4.0 * spread));
        let mut tally =
            Self { expected, threshold, extent, unit, observed_idx: 0, hits: 0, total: 0, counts: [0; N_BINS] };
        tally.observed_idx = tally.bin(observed - expected);
        tally
    }

    fn bin(&self, distance: f64) -> usize {
        let middle = (N_BINS / 2) as f64;
        // 0 where all sums are one and the same. A negative unit turns the picture round.
        let bins = if self.extent > 0.0 { distance / self.extent * 0.5 * N_BINS as f64 } else { 0.0 };
        (bins.copysign(bins * self.unit).round_ties_even().clamp(-middle, middle) + middle) as usize
    }

    #[inline(never)]
    fn count(&mut self, sum: f64) {
        let distance = sum - self.expected;
        self.hits += u32::from(distance.abs() >= self.threshold);
        self.total += 1;
        self.counts[self.bin(distance)] += 1;
    }

    fn luck(self, is_exact: bool) -> Luck {
        let high = self.extent * self.unit.abs();
        let histogram = Histogram { low: -high, high, counts: self.counts.to_vec(), observed_idx: self.observed_idx };
        Luck { hits: self.hits, total: self.total, is_exact, histogram }
    }
}
