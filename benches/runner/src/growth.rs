//! How an epoch's time grows with the images, the units, the batch and the channels.

use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::{Value, json};

use crate::round::Bench;
use crate::runner::Runner;
use crate::statistics::Summary;
use crate::work::{Shape, Work};
use crate::workloads::{N_TRAINING, Runs};

/// One thing that grows.
#[derive(Serialize)]
pub struct Panel {
    pub title: &'static str,
    /// Whether each doubling of x is one step on the axis, rather than a longer one than the last.
    pub is_logarithmic: bool,
    pub points: Vec<Point>,
    /// Seconds that the arithmetic takes at `x`, at the rate that the points reach on the whole.
    pub line: Vec<(f64, f64)>,
}

#[derive(Serialize)]
pub struct Point {
    pub x: f64,
    /// Seconds an epoch.
    pub seconds: Summary,
    /// Operations an epoch.
    pub work: f64,
}

struct Series {
    title: &'static str,
    recipe: &'static str,
    is_logarithmic: bool,
    xs: [usize; 4],
    /// What of the recipe, or how many images, is `x`.
    set: fn(&mut Value, usize) -> Option<usize>,
}

/// Points of a line that need not be straight.
const N_LINE: usize = 60;

const SERIES: [Series; 4] = [
    Series {
        title: "Images",
        recipe: "twin",
        is_logarithmic: false,
        xs: [15_000, 30_000, 45_000, 60_000],
        set: |_, x| Some(x),
    },
    Series {
        title: "Hidden units, 784-x-64-10",
        recipe: "twin",
        is_logarithmic: false,
        xs: [64, 128, 256, 512],
        set: |recipe, x| {
            recipe["layers"][0]["units"] = json!(x);
            None
        },
    },
    Series {
        title: "Batch size",
        recipe: "twin",
        is_logarithmic: true,
        xs: [16, 64, 256, 1024],
        set: |recipe, x| {
            recipe["batchSize"] = json!(x);
            None
        },
    },
    Series {
        title: "Channels, 8@5×5, pool, x@5×5, pool, 10",
        recipe: "convolutional",
        is_logarithmic: false,
        xs: [8, 16, 32, 64],
        set: |recipe, x| {
            recipe["layers"][3]["channels"] = json!(x);
            None
        },
    },
];

pub fn measure(bench: &mut Bench) -> Result<Vec<Panel>> {
    SERIES.iter().map(|series| panel(bench, series)).collect()
}

fn panel(bench: &mut Bench, series: &Series) -> Result<Panel> {
    println!("\n{}", series.title);
    let mut points = Vec::new();
    for x in series.xs {
        let (recipe, n_images) = recipe(bench, series, x)?;
        // As many as the share leaves, in whole batches: the rest is scaled up.
        let batch_size = recipe["batchSize"].as_u64().unwrap_or(1) as usize;
        let few = (n_images as f64 * bench.effort.share / batch_size as f64).round().max(1.0) as usize * batch_size;
        let measured = if bench.effort.share < 1.0 { few.min(n_images) } else { n_images };
        let seconds = time(bench, &recipe, measured)?;
        let scaled: Vec<f64> = seconds.iter().map(|s| s * n_images as f64 / measured as f64).collect();
        let seconds = Summary::of(&scaled).context("nothing was measured")?;
        println!("  {x}: {:.3} s ({:.3} to {:.3})", seconds.median, seconds.min, seconds.max);
        points.push(Point { x: x as f64, seconds, work: work(bench, &recipe, n_images)? });
    }
    let seconds_an_operation = points.iter().map(|point| point.seconds.median).sum::<f64>()
        / points.iter().map(|point| point.work).sum::<f64>();
    let [from, .., to] = series.xs;
    let mut line = Vec::new();
    for i in 0..=N_LINE {
        let share = i as f64 / N_LINE as f64;
        let [low, high] = [from as f64, to as f64];
        let x = if series.is_logarithmic { low * (high / low).powf(share) } else { low + (high - low) * share };
        let x = x.round() as usize;
        let (recipe, n_images) = recipe(bench, series, x)?;
        line.push((x as f64, seconds_an_operation * work(bench, &recipe, n_images)?));
    }
    Ok(Panel { title: series.title, is_logarithmic: series.is_logarithmic, points, line })
}

fn recipe(bench: &Bench, series: &Series, x: usize) -> Result<(Value, usize)> {
    let mut recipe = bench.suite.recipes.get(series.recipe).context("the series' recipe is missing")?.clone();
    recipe["epochs"] = json!(1 + bench.effort.n_rounds);
    let n_images = (series.set)(&mut recipe, x).unwrap_or(N_TRAINING);
    Ok((recipe, n_images))
}

fn work(bench: &Bench, recipe: &Value, n_images: usize) -> Result<f64> {
    let shape: Shape = serde_json::from_value(recipe.clone()).context("the recipe does not fit")?;
    Ok(Work::of(&shape, bench.pixels).epoch(n_images))
}

/// The seconds of each epoch but the first, which warms up.
fn time(bench: &mut Bench, recipe: &Value, n_images: usize) -> Result<Vec<f64>> {
    let mut runner = Runner::start(&mut bench.programs.command(Runs::Chromium)?)?;
    runner.ask(&json!({ "do": "prepare", "recipe": recipe, "images": n_images, "options": null }))?;
    let mut seconds = Vec::new();
    for _ in 0..=bench.effort.n_rounds {
        seconds.extend(runner.ask(&json!({ "do": "epoch" }))?.values);
    }
    Ok(seconds.split_off(1))
}
