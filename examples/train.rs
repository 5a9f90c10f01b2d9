//! Trains from a terminal, with the same core that the page uses.
//!
//! `cargo run --release --example train -- --preset "PyTorch twin" --data DIR`, or with `--recipe FILE` (JSON) in
//! place of the preset. With `--checkpoint FILE` it keeps the run there after each epoch; `--resume FILE` goes on with it.

mod support;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Parser;
use hellonn::data::{Dataset, Datasets};
use hellonn::error::FieldError;
use hellonn::store::checkpoint;
use hellonn::train::{EpochReport, Evaluator, Plan, Recipe, Status, Trainer, preset};
use indicatif::{ProgressBar, ProgressStyle};
use support::{in_file, read_folder};

/// Train a network on MNIST or any data set in its format.
#[derive(Parser)]
struct Arguments {
    /// By hand, PyTorch twin, Network wars …; a wrong name lists them all.
    #[arg(long, required_unless_present_any = ["recipe", "resume"])]
    preset: Option<String>,
    /// A file with a recipe as JSON, in place of a preset.
    #[arg(long, conflicts_with = "preset")]
    recipe: Option<PathBuf>,
    /// A file with a checkpoint to go on from, in place of a preset.
    #[arg(long, conflicts_with_all = ["preset", "recipe", "epochs", "seed"])]
    resume: Option<PathBuf>,
    /// A file for the run's checkpoint, written after each epoch.
    #[arg(long)]
    checkpoint: Option<PathBuf>,
    /// The folder with the four IDX files, raw or gzipped.
    #[arg(long)]
    data: PathBuf,
    /// Epochs, in place of the preset's.
    #[arg(long)]
    epochs: Option<usize>,
    /// Seed, in place of the recipe's.
    #[arg(long)]
    seed: Option<u32>,
}

fn main() {
    if let Err(error) = run(&Arguments::parse()) {
        eprintln!("error: {error}");
        std::process::exit(1);
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let Datasets { training, test } = read_folder(&arguments.data)?;
    println!(
        "{} training images, {} test images, {} × {}, {} classes",
        training.len(),
        test.as_ref().map_or(0, Dataset::len),
        training.rows(),
        training.cols(),
        training.n_classes()
    );
    let mut trainer = match &arguments.resume {
        Some(path) => resume(path, &training)?,
        None => begin(arguments, &training)?,
    };
    train(&mut trainer, &training, arguments.checkpoint.as_deref())?;
    println!("checksum of the weights: {:016x}", trainer.checksum());
    if let Some(test) = &test {
        let indices: Vec<u32> = (0..test.len() as u32).collect();
        let mut evaluator = Evaluator::default();
        while !trainer.evaluate_step(&mut evaluator, test, &indices).done {}
        let tally = evaluator.tally;
        println!(
            "test: loss {:.6}, accuracy {:.2} % ({}/{})",
            tally.loss(),
            100.0 * tally.accuracy(),
            tally.n_correct,
            tally.n_images
        );
    }
    Ok(())
}

/// An untrained network for the preset or recipe.
fn begin(arguments: &Arguments, data: &Dataset) -> Result<Trainer, Box<dyn Error>> {
    let mut recipe = match &arguments.recipe {
        Some(path) => {
            let json = fs::read_to_string(path).map_err(in_file(path))?;
            parse_recipe(&json).map_err(in_file(path))?
        }
        None => preset(arguments.preset.as_deref().unwrap_or_default(), data.into())?,
    };
    recipe.seed = arguments.seed.or(recipe.seed).or(Some(1));
    recipe.epochs = arguments.epochs.unwrap_or(recipe.epochs);
    Ok(Trainer::new(Plan::new(recipe, data.into())?, data))
}

/// The run as it stood when `path` was written.
fn resume(path: &Path, data: &Dataset) -> Result<Trainer, Box<dyn Error>> {
    let bytes = fs::read(path).map_err(in_file(path))?;
    let start = Instant::now();
    let checkpoint = checkpoint::read(&bytes, parse_recipe).map_err(in_file(path))?;
    let read = start.elapsed();
    let trainer = Trainer::resume(checkpoint, data).map_err(in_file(path))?;
    println!("{} bytes read in {read:.1?}, resumed after {:.1?}", bytes.len(), start.elapsed());
    Ok(trainer)
}

fn save(trainer: &Trainer, path: &Path) -> Result<(), Box<dyn Error>> {
    let checkpoint = trainer.checkpoint();
    let json = serde_json::to_string(&checkpoint.recipe)?;
    Ok(fs::write(path, checkpoint::write(&checkpoint, &json)).map_err(in_file(path))?)
}

/// Reads a recipe; what is wrong with it is said with the path of the field.
fn parse_recipe(json: &str) -> Result<Recipe, FieldError> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let recipe = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| FieldError::new(error.path().to_string(), error.inner().to_string()))?;
    reader.end().map_err(|error| FieldError::new("recipe", format!("expected nothing after it: {error}")))?;
    Ok(recipe)
}

/// Trains to the end: a line for each epoch, a progress bar in between, and the run kept in `file` if there is one.
fn train(trainer: &mut Trainer, data: &Dataset, file: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let n_training = trainer.plan().n_training as u64;
    let style = ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} images, {per_sec}, {eta} left")?;
    let bar = ProgressBar::new(n_training).with_style(style);
    println!("epoch  training loss  accuracy  validation loss  accuracy  seconds");
    let mut epoch_start = Instant::now();
    loop {
        let report = trainer.step(data);
        bar.set_prefix(format!("epoch {}", report.epoch));
        bar.set_position(report.images_done as u64);
        if let Some(epoch) = report.epoch_end {
            // Without a terminal the bar prints nothing, and the line still has to appear.
            bar.suspend(|| println!("{}", line(&epoch, epoch_start.elapsed().as_secs_f64())));
            if let Some(path) = file {
                save(trainer, path)?;
            }
            epoch_start = Instant::now();
        }
        match report.status {
            Status::Training | Status::Validating => {}
            Status::Finished => {
                bar.finish_and_clear();
                return Ok(());
            }
            Status::Diverged => {
                bar.finish_and_clear();
                return Err("the training diverged: try a smaller learning rate".into());
            }
        }
    }
}

fn line(epoch: &EpochReport, seconds: f64) -> String {
    let percent = |share: f64| format!("{:.2} %", 100.0 * share);
    let dash = || "–".to_string();
    format!(
        "{:>5}  {:>13.6}  {:>8}  {:>15}  {:>8}  {seconds:>7.2}",
        epoch.epoch,
        epoch.training_loss,
        percent(epoch.training_accuracy),
        epoch.validation_loss.map_or_else(dash, |loss| format!("{loss:.6}")),
        epoch.validation_accuracy.map_or_else(dash, percent),
    )
}
