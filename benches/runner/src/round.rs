//! One workload: its contestants in turn, so that whatever slows the machine down slows all of them down.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};

use crate::criterion;
use crate::pixels::Pixels;
use crate::programs::Programs;
use crate::runner::{Reply, Runner};
use crate::statistics::Summary;
use crate::table::Row;
use crate::work::{Shape, Work};
use crate::workloads::{Contestant, Measures, N_TEST, N_TRAINING, Peer, Suite, Workload};

/// How long and how much is measured.
pub struct Effort {
    /// Measured, after one that is not.
    pub n_rounds: usize,
    /// Of the images that the workloads name.
    pub share: f64,
    pub with_peers: bool,
    pub is_verbose: bool,
    /// Parts of the contestants' ids; none means all.
    pub who: Vec<String>,
}

/// Images that the memory is measured with.
const N_MANY: usize = 700_000;
/// Epochs of the run whose last epoch is compared with its second.
const N_STEADY_EPOCHS: usize = 20;

pub struct Bench<'a> {
    pub suite: &'a Suite,
    pub programs: &'a mut Programs<'a>,
    pub pixels: &'a Pixels,
    pub drawings: &'a Value,
    pub effort: &'a Effort,
}

/// A contestant at work.
struct Seat {
    runner: Option<Runner>,
    row: Row,
    request: Value,
    /// From what it trained on to all images.
    scale: f64,
}

impl Bench<'_> {
    /// A row for each contestant, HelloNN in Chromium first.
    pub fn run(&mut self, workload: &Workload) -> Result<Vec<Row>> {
        println!("\n{}", workload.name);
        let hellonn = Peer { id: "hellonn".into(), target: None, images: None };
        let mut seats = Vec::new();
        for peer in std::iter::once(&hellonn).chain(&workload.peers) {
            let contestant = self.suite.contestant(&peer.id)?;
            if self.takes_part(contestant) {
                seats.push(self.seat(workload, peer, contestant)?);
            }
        }
        // A page's memory only grows, and its load is always cold: there is nothing to warm up.
        let n_rounds = match workload.measures {
            Measures::Memory => 1,
            _ => 1 + self.effort.n_rounds,
        };
        for round in 0..n_rounds {
            for seat in &mut seats {
                seat.measure(round > 0 || n_rounds == 1, self.effort.is_verbose);
            }
        }
        seats.iter_mut().for_each(Seat::finish);
        let work = self.work(workload)?;
        let rows: Vec<Row> = seats.into_iter().map(|seat| seat.row).collect();
        Ok(conclude(rows, work, workload.limit))
    }

    /// The row of what criterion measured of the workload, from its `folder`.
    pub fn steps(&self, folder: &Path, workload: &Workload) -> Result<Row> {
        let mut row = criterion::row(folder, workload)?;
        row.summary = Summary::of(&row.values);
        row.gflops = row.summary.zip(self.work(workload)?).map(|(summary, work)| work / summary.median / 1e9);
        Ok(row)
    }

    fn takes_part(&self, contestant: &Contestant) -> bool {
        let Effort { who, with_peers, .. } = self.effort;
        (*with_peers || !contestant.runner.is_peer())
            && (who.is_empty() || contestant.id == "hellonn" || who.iter().any(|p| contestant.id.contains(p.as_str())))
    }

    /// Starts the contestant; one that cannot start keeps its row, which says why.
    fn seat(&mut self, workload: &Workload, peer: &Peer, contestant: &Contestant) -> Result<Seat> {
        // Whole batches, so that the work of an update is scaled as the rest is.
        let recipe = self.suite.recipe(workload, self.n_epochs(workload.measures))?;
        let batch_size = recipe["batchSize"].as_u64().unwrap_or(1) as usize;
        let wanted = peer.images.unwrap_or(workload.images) as f64 * self.effort.share;
        let images = if wanted as usize >= N_TRAINING {
            N_TRAINING
        } else {
            (wanted / batch_size as f64).round().max(1.0) as usize * batch_size
        };
        let is_scaled = workload.measures == Measures::Epoch && images != N_TRAINING;
        let prepare = json!({ "do": "prepare", "recipe": recipe, "images": images, "options": contestant.options });
        let mut start = || {
            let mut runner = Runner::start(&mut self.programs.command(contestant.runner)?)?;
            runner.ask(&prepare)?;
            anyhow::Ok(runner)
        };
        let (runner, error) = match start() {
            Ok(runner) => (Some(runner), None),
            Err(error) => (None, Some(format!("{error:#}"))),
        };
        let row = Row {
            target: peer.target,
            note: if is_scaled { format!("{images} images, scaled") } else { String::new() },
            error,
            ..Row::new(workload, &contestant.label)
        };
        Ok(Seat {
            runner,
            row,
            request: self.request(workload.measures, &recipe),
            scale: if is_scaled { N_TRAINING as f64 / images as f64 } else { 1.0 },
        })
    }

    fn n_epochs(&self, measures: Measures) -> usize {
        match measures {
            Measures::Steadiness => N_STEADY_EPOCHS,
            _ => 1 + self.effort.n_rounds,
        }
    }

    fn request(&self, measures: Measures, recipe: &Value) -> Value {
        match measures {
            Measures::Epoch => json!({ "do": "epoch" }),
            Measures::Evaluation => json!({ "do": "evaluation" }),
            Measures::Steadiness => json!({ "do": "steadiness", "recipe": recipe }),
            Measures::Prediction => json!({ "do": "prediction", "drawings": self.drawings }),
            Measures::Stroke => json!({ "do": "stroke", "drawings": self.some_drawings() }),
            Measures::Memory => json!({ "do": "memory", "images": (N_MANY as f64 * self.effort.share) as usize }),
            Measures::PageLoad => json!({ "do": "pageLoad" }),
            Measures::SlowPageLoad => json!({ "do": "slowPageLoad" }),
            Measures::Size => Value::Null,
        }
    }

    /// One drawing of each digit: people draw slowly, and so does the driver's mouse.
    fn some_drawings(&self) -> Vec<&Value> {
        self.drawings.as_array().into_iter().flatten().step_by(4).collect()
    }

    /// Operations of what is measured, scaled to all images.
    fn work(&self, workload: &Workload) -> Result<Option<f64>> {
        let recipe = self.suite.recipe(workload, 1)?;
        if recipe.is_null() {
            return Ok(None);
        }
        let shape: Shape = serde_json::from_value(recipe).context("the recipe does not fit")?;
        let work = Work::of(&shape, self.pixels);
        Ok(match workload.measures {
            Measures::Epoch => Some(work.epoch(N_TRAINING)),
            Measures::Evaluation => Some(work.evaluation(N_TEST)),
            _ => None,
        })
    }
}

impl Seat {
    /// One measurement; the first, that warms up, gives its loss alone.
    fn measure(&mut self, counts: bool, is_verbose: bool) {
        let Some(runner) = &mut self.runner else { return };
        match runner.ask(&self.request).and_then(complete) {
            Ok(reply) => {
                self.row.losses.extend(reply.loss);
                if is_verbose {
                    let loss = reply.loss.map_or_else(String::new, |loss| format!(", loss {loss:.6}"));
                    println!("  {}: {:.4}{loss}", self.row.who, reply.values[0] * self.scale);
                }
                if counts {
                    self.row.values.extend(reply.values.iter().map(|value| value * self.scale));
                }
            }
            Err(error) => {
                self.row.error = Some(format!("{error:#}"));
                self.runner = None;
            }
        }
    }

    fn finish(&mut self) {
        let Some(runner) = &mut self.runner else { return };
        // Not every system tells.
        self.row.peak_bytes = runner.ask(&json!({ "do": "peak" })).ok().and_then(|reply| reply.bytes);
    }
}

fn complete(reply: Reply) -> Result<Reply> {
    if reply.values.is_empty() { Err(anyhow!("it measured nothing")) } else { Ok(reply) }
}

/// Fills in what follows from the measurements.
pub fn conclude(mut rows: Vec<Row>, work: Option<f64>, limit: Option<f64>) -> Vec<Row> {
    let mut base = None;
    for (i, row) in rows.iter_mut().enumerate() {
        row.summary = Summary::of(&row.values);
        let Some(summary) = row.summary else { continue };
        if i == 0 {
            base = Some(summary.median);
            row.target = limit;
        } else {
            row.ratio = base.map(|base| summary.median / base);
        }
        row.gflops = work.map(|work| work / summary.median / 1e9);
        if matches!(row.measures, Measures::Prediction | Measures::Stroke) {
            row.note = format!("95 of 100 within {:.2} ms", 1000.0 * summary.p95);
        }
    }
    rows
}
