//! What a verdict is asked of: two groups of runs.

use super::check::check_shares;
use super::order::sort_by;
use crate::error::{FieldError, at_least, check};

/// Is A better than B?
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), serde(rename_all = "camelCase"), tsify(missing_as_null))]
pub struct VerdictQuestion {
    pub a: RunGroup,
    pub b: RunGroup,
    /// For two single runs: what came of comparing their answers image by image.
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "ImageCounts | null"))]
    pub images: Option<ImageCounts>,
    /// The p-values of the other comparisons that were asked for, for Holm's correction.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub other_p_values: Vec<f64>,
}

/// The runs of one recipe, a seed each.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), serde(rename_all = "camelCase"))]
pub struct RunGroup {
    /// Of the data that all of them trained on.
    pub fingerprint: String,
    /// The images that each was validated on.
    pub n_validation: u32,
    /// Of the runs that are done, no seed twice.
    pub seeds: Vec<u32>,
    /// Their validation accuracies, 0 to 1, in the same order.
    pub accuracies: Vec<f64>,
    /// Whether no more runs of the group are training or waiting.
    pub is_finished: bool,
}

/// Images that only one of two networks reads rightly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), serde(rename_all = "camelCase"))]
pub struct ImageCounts {
    /// All that both were asked.
    pub n_images: u32,
    pub only_a: u32,
    pub only_b: u32,
}

impl RunGroup {
    /// Each run's seed and accuracy in the order of the seeds, so that no other order plays a part.
    pub fn runs(&self) -> Result<Vec<(u32, f64)>, FieldError> {
        let (n, found) = (self.seeds.len(), self.accuracies.len());
        check(found == n, "accuracies", || format!("expected {n} numbers, one a seed, found {found}"))?;
        check_shares("accuracies", &self.accuracies)?;
        let mut runs: Vec<(u32, f64)> = self.seeds.iter().copied().zip(self.accuracies.iter().copied()).collect();
        sort_by(&mut runs, |(seed, _), (other, _)| seed < other);
        match runs.windows(2).find(|two| two[0].0 == two[1].0) {
            // The same seed gives the same run: counting it twice would count luck twice.
            Some(twice) => {
                Err(FieldError::new("seeds", format!("expected each seed once, found {} twice", twice[0].0)))
            }
            None => Ok(runs),
        }
    }

    /// Whether it has no accuracy and will not get one.
    pub fn is_empty(&self) -> bool {
        self.n_validation == 0 || (self.is_finished && self.seeds.is_empty())
    }
}

impl ImageCounts {
    pub fn check(self) -> Result<(), FieldError> {
        let n_differing = f64::from(self.only_a) + f64::from(self.only_b);
        at_least(n_differing.max(1.0)).followed_by(" images").check("nImages", f64::from(self.n_images))
    }
}
