//! What a shared file claims, and what training its recipe again comes to.

use std::time::{Duration, Instant};

use hellonn::data::{Dataset, Datasets};
use hellonn::train::{ENGINE_VERSION, Evaluator, Plan, Recipe, Status, Trainer};
use serde::Deserialize;

/// Of the form of shared files.
const VERSION: u32 = 1;

/// No recipe that somebody made by hand comes near.
pub const MOST_BYTES: u64 = 65_536;

/// Images of the test set that were answered rightly, and all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Score {
    pub n_correct: usize,
    pub n_images: usize,
}

impl Score {
    /// 0 to 1.
    pub fn accuracy(self) -> f64 {
        self.n_correct as f64 / self.n_images.max(1) as f64
    }
}

/// What the page's "Save as a file" writes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Shared {
    #[serde(rename = "hellonn")]
    _version: u32,
    #[serde(rename = "basis")]
    _basis: String,
    pub recipe: Recipe,
    fingerprint: String,
    engine_version: u32,
    #[serde(default)]
    pub checksum: Option<String>,
    #[serde(default)]
    pub validation_accuracy: Option<f64>,
    #[serde(default)]
    pub test: Option<Score>,
}

/// What is said of one file.
#[derive(Debug, Default)]
pub struct Grade {
    pub claimed_checksum: Option<String>,
    pub claimed_test: Option<Score>,
    pub found_checksum: Option<String>,
    pub found_test: Option<Score>,
    pub n_parameters: Option<u64>,
    /// That were trained, of those that the recipe asks for.
    pub epochs: Option<(usize, usize)>,
    /// Why it is not verified; none: it is.
    pub reason: Option<String>,
}

/// Trains what `text` asks for, and compares.
pub fn grade(text: &str, data: &Datasets, most: Duration) -> Grade {
    let mut grade = Grade::default();
    grade.reason = check(text, data, most, &mut grade).err();
    grade
}

/// Notes in `grade` what it finds; fails with the reason why the claim is not verified.
fn check(text: &str, data: &Datasets, most: Duration, grade: &mut Grade) -> Result<(), String> {
    let shared = read(text)?;
    grade.claimed_checksum = shared.checksum.clone();
    grade.claimed_test = shared.test;
    if shared.recipe.seed.is_none() {
        return Err("recipe.seed: expected a whole number, found none".into());
    }
    let n_epochs = shared.recipe.epochs;
    let plan = Plan::new(shared.recipe.clone(), (&data.training).into()).map_err(|error| format!("recipe.{error}"))?;
    grade.n_parameters = Some(plan.network.n_parameters());
    comparable(&shared, data)?;
    let mut trainer = Trainer::new(plan, &data.training);
    let (n_done, validation) = train(&mut trainer, &data.training, Instant::now() + most, |done| {
        grade.epochs = Some((done, n_epochs));
    })?;
    grade.epochs = Some((n_done, n_epochs));
    let checksum = format!("{:016x}", trainer.checksum());
    let test = data.test.as_ref().map(|test| evaluate(&mut trainer, test));
    grade.found_checksum = Some(checksum.clone());
    grade.found_test = test;
    match &shared.checksum {
        None => Err("nothing is claimed: it came without a checksum".into()),
        Some(claimed) if *claimed != checksum => Err("other weights: the recipe does not lead to this checksum".into()),
        Some(_) if shared.validation_accuracy.is_some() && shared.validation_accuracy != validation => {
            Err("the same weights, but another validation accuracy than claimed".into())
        }
        Some(_) if shared.test.is_some() && test.is_some() && shared.test != test => {
            Err("the same weights, but another test accuracy than claimed".into())
        }
        Some(_) => Ok(()),
    }
}

/// A later version may have other fields, so that its number is looked at before them.
fn read(text: &str) -> Result<Shared, String> {
    #[derive(Deserialize)]
    struct Version {
        hellonn: u32,
    }
    if text.len() as u64 > MOST_BYTES {
        return Err(format!("expected at most {MOST_BYTES} bytes, found {}", text.len()));
    }
    let Version { hellonn } =
        serde_json::from_str(text).map_err(|error| format!("expected a run shared by HelloNN: {error}"))?;
    if hellonn != VERSION {
        return Err(format!("expected version {VERSION} of a shared run, found {hellonn}"));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| format!("{}: {}", error.path(), error.inner()))
}

/// Only the same arithmetic on the same data gives the same bits.
fn comparable(shared: &Shared, data: &Datasets) -> Result<(), String> {
    if shared.engine_version != ENGINE_VERSION {
        let found = shared.engine_version;
        return Err(format!("another version of the arithmetic: this is {ENGINE_VERSION}, it was trained by {found}"));
    }
    let fingerprint = format!("{:016x}", data.fingerprint());
    if shared.fingerprint != fingerprint {
        return Err(format!("other data: --data has the fingerprint {fingerprint}, it was trained on another"));
    }
    Ok(())
}

/// Trains to the end; how many epochs it took, and the validation accuracy of the one whose weights it ended with.
fn train(
    trainer: &mut Trainer,
    data: &Dataset,
    deadline: Instant,
    mut on_epoch: impl FnMut(usize),
) -> Result<(usize, Option<f64>), String> {
    let mut accuracies = Vec::new();
    loop {
        let report = trainer.step(data);
        if let Some(epoch) = report.epoch_end {
            accuracies.push(epoch.validation_accuracy);
            on_epoch(accuracies.len());
        }
        match report.status {
            Status::Finished => {
                let lasting = report.best_epoch.unwrap_or(accuracies.len());
                return Ok((accuracies.len(), accuracies.get(lasting.wrapping_sub(1)).copied().flatten()));
            }
            Status::Diverged => return Err("it diverged".into()),
            Status::Training | Status::Validating if Instant::now() > deadline => {
                return Err("it was not done in the time that each file has (--minutes)".into());
            }
            Status::Training | Status::Validating => {}
        }
    }
}

fn evaluate(trainer: &mut Trainer, test: &Dataset) -> Score {
    let indices: Vec<u32> = (0..test.len() as u32).collect();
    let mut evaluator = Evaluator::default();
    while !trainer.evaluate_step(&mut evaluator, test, &indices).done {}
    Score { n_correct: evaluator.tally.n_correct, n_images: evaluator.tally.n_images }
}
