//! What the three tests say of two groups.

use super::interval::{of_gap, of_mean};
use super::permutation::{deals, flips, n_deals};
use super::power::needed;
use super::question::ImageCounts;
use super::verdict::{SeedPair, VerdictTest};
use super::{GroupSummary, Interval, Luck, Pairing, mcnemar_p};

/// One test's result.
pub struct Evidence {
    pub test: VerdictTest,
    pub gap: f64,
    pub interval: Option<Interval>,
    pub luck: Option<Luck>,
    pub p: f64,
    /// The smallest that the test can give for as many runs.
    pub smallest_p: f64,
    /// Whether not one result differs.
    pub is_same: bool,
    pub more_seeds: Option<u32>,
}

/// Of at least one pair.
pub fn by_pairs(pairs: &[SeedPair], level: f64) -> Evidence {
    let differences: Vec<f64> = pairs.iter().map(|pair| pair.difference).collect();
    let group = GroupSummary::of(&differences);
    let luck = flips(&differences);
    // The clearest result has one sign throughout, and its mirror image is as far from 0.
    let smallest_p = (2.0 / f64::from(luck.total)).min(1.0);
    Evidence {
        test: VerdictTest::SignFlip,
        gap: group.mean,
        interval: (group.n > 1).then(|| of_mean(group)),
        p: luck.p(),
        luck: Some(luck),
        smallest_p,
        is_same: differences.iter().all(|&difference| difference == 0.0),
        more_seeds: more_seeds(group.mean, group.deviation, Pairing::Paired, level, group.n),
    }
}

/// Of at least one run in each group.
pub fn by_groups(a: &[f64], b: &[f64], level: f64) -> Evidence {
    let (group_a, group_b) = (GroupSummary::of(a), GroupSummary::of(b));
    let luck = deals(a, b);
    // Only groups of one size have a mirror image.
    let n_clearest = if group_a.n == group_b.n { 2.0 } else { 1.0 };
    let n_few = group_a.n.min(group_b.n);
    let gap = group_a.mean - group_b.mean;
    Evidence {
        test: VerdictTest::Permutation,
        gap,
        interval: (n_few > 1).then(|| of_gap(group_a, group_b)),
        p: luck.p(),
        smallest_p: n_clearest / n_deals(n_few, group_a.n + group_b.n),
        luck: Some(luck),
        is_same: a.iter().chain(b).all(|&accuracy| accuracy == a[0]),
        more_seeds: more_seeds(gap, pooled_deviation(group_a, group_b), Pairing::Unpaired, level, n_few),
    }
}

/// Of the images that only one of two single runs reads rightly.
pub fn by_images(images: ImageCounts) -> Evidence {
    let ImageCounts { n_images, only_a, only_b } = images;
    Evidence {
        test: VerdictTest::Mcnemar,
        gap: (f64::from(only_a) - f64::from(only_b)) / f64::from(n_images),
        interval: None,
        luck: None,
        p: mcnemar_p(only_a, only_b),
        // More seeds are not what it lacks.
        smallest_p: 0.0,
        is_same: only_a == 0 && only_b == 0,
        more_seeds: None,
    }
}

/// √(Σ (n − 1)·s²/Σ (n − 1)) over both groups; none of two single runs.
fn pooled_deviation(a: GroupSummary, b: GroupSummary) -> Option<f64> {
    let squares = |group: GroupSummary| {
        let deviation = group.deviation.unwrap_or(0.0);
        deviation * deviation * (group.n - 1) as f64
    };
    let df = a.n + b.n - 2;
    (df > 0).then(|| ((squares(a) + squares(b)) / df as f64).sqrt())
}

/// How many seeds are still needed by a group that has `n`: at least one, where what there is did not do.
fn more_seeds(gap: f64, deviation: Option<f64>, pairing: Pairing, level: f64, n: usize) -> Option<u32> {
    let needed = needed(gap, deviation?, pairing, level)?;
    Some(needed.saturating_sub(n as u32).max(1))
}
