//! `cargo xtask bench`: what HelloNN and its peers take for the same work, side by side in one table.

mod criterion;
mod growth;
mod pixels;
mod plot;
mod programs;
mod round;
mod runner;
mod statistics;
mod table;
mod work;
mod workloads;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use xtask::project::Project;
use xtask::{build, files};

use crate::pixels::Pixels;
use crate::programs::Programs;
use crate::round::{Bench, Effort, conclude};
use crate::table::{Row, table};
use crate::workloads::{Measures, Suite, Workload};

#[derive(Parser)]
#[command(bin_name = "cargo xtask bench", about = "Measures HelloNN and, with --peers, others at the same work")]
struct Options {
    /// Installs and runs the peers too
    #[arg(long)]
    peers: bool,
    /// A tenth of the images, and fewer epochs: shows that all of it runs, and judges nothing
    #[arg(long)]
    quick: bool,
    /// Runs the workloads alone whose name in benches/workloads.json has one of these in it
    #[arg(long, value_name = "PATTERN", num_args = 1..)]
    only: Vec<String>,
    /// Runs, beside HelloNN, the contestants alone whose name there has one of these in it
    #[arg(long, value_name = "PATTERN", num_args = 1..)]
    who: Vec<String>,
    /// How many epochs are measured, after one that warms up
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(5..))]
    epochs: u16,
    /// Writes the table to this file too
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Prints each epoch's time and loss as it comes
    #[arg(long)]
    verbose: bool,
    /// Measures how HelloNN's time grows, and plots it to benches/growth.svg, instead of the table
    #[arg(long, conflicts_with_all = ["peers", "only", "who"])]
    growth: bool,
}

const N_QUICK_ROUNDS: usize = 2;
const QUICK_SHARE: f64 = 0.1;

fn main() -> ExitCode {
    let options = Options::parse();
    match Project::locate().and_then(|project| bench(&project, options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn bench(project: &Project, options: Options) -> Result<()> {
    build::build(project)?;
    let suite = Suite::read(&project.root.join("benches/workloads.json"))?;
    let mut programs = Programs::new(project)?;
    let pixels = Pixels::read(&programs.data().join("train-images-idx3-ubyte"))?;
    let drawings = drawings(project)?;
    let effort = Effort {
        n_rounds: if options.quick { N_QUICK_ROUNDS } else { options.epochs.into() },
        share: if options.quick { QUICK_SHARE } else { 1.0 },
        with_peers: options.peers,
        is_verbose: options.verbose,
        who: options.who,
    };
    let selected = suite.select(&options.only)?;
    let mut bench =
        Bench { suite: &suite, programs: &mut programs, pixels: &pixels, drawings: &drawings, effort: &effort };
    println!("MNIST: {:.1} of 784 pixels are lit", pixels.n_lit());
    if options.growth {
        let points = growth::measure(&mut bench)?;
        return write_growth(project, &points, options.json.as_deref());
    }

    let mut rows = Vec::new();
    for workload in &selected {
        let measured = match workload.measures {
            Measures::Size => vec![size(project, workload)?],
            _ => bench.run(workload)?,
        };
        print!("{}", table(&measured));
        rows.extend(measured);
    }
    for row in steps(&mut bench, &selected, options.quick)? {
        // Below the others of its workload.
        let end = rows.iter().rposition(|each| each.workload == row.workload).map_or(rows.len(), |last| last + 1);
        rows.insert(end, row);
    }
    println!();
    if options.quick {
        println!("A quick run: a tenth of the images, and too few epochs to judge anything by.");
    }
    print!("{}", table(&rows));
    if let Some(path) = options.json {
        let report = json!({ "quick": options.quick, "litPixels": pixels.n_lit(), "rows": rows });
        files::write_whole(&path, format!("{report:#}\n").as_bytes())?;
    }
    let n_failed = rows.iter().filter(|row| row.error.is_some()).count();
    if n_failed > 0 {
        bail!("{n_failed} of {} did not run to their end: the table says why", rows.len());
    }
    Ok(())
}

fn write_growth(project: &Project, panels: &[growth::Panel], json: Option<&Path>) -> Result<()> {
    let path = project.root.join("benches/growth.svg");
    files::write_whole(&path, plot::svg(panels).as_bytes())?;
    println!("{} is written", path.display());
    if let Some(path) = json {
        files::write_whole(path, format!("{:#}\n", json!({ "growth": panels })).as_bytes())?;
    }
    Ok(())
}

/// The strokes of the forty drawings that the tests draw, too.
fn drawings(project: &Project) -> Result<Value> {
    let text = files::read(&project.tests.join("drawings/digits.json"))?;
    let drawings: Vec<Value> = serde_json::from_slice(&text).context("tests/drawings/digits.json is no JSON")?;
    Ok(drawings.into_iter().map(|drawing| drawing["strokes"].clone()).collect())
}

/// What criterion says of single steps, natively.
fn steps(bench: &mut Bench, selected: &[&Workload], is_quick: bool) -> Result<Vec<Row>> {
    let trained: Vec<_> = selected.iter().filter(|workload| workload.measures == Measures::Epoch).collect();
    let is_wanted =
        bench.effort.who.is_empty() || bench.effort.who.iter().any(|who| "criterion".contains(who.as_str()));
    if trained.is_empty() || !is_wanted {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = trained.iter().map(|workload| workload.id.as_str()).collect();
    bench.programs.criterion(&ids, is_quick)?;
    let folder = bench.programs.criterion_home();
    trained.iter().map(|workload| bench.steps(&folder, workload)).collect()
}

/// Nothing of it changes from one time to the next.
fn size(project: &Project, workload: &Workload) -> Result<Row> {
    let mut n_bytes = 0;
    for name in ["hellonn_bg.wasm", "hellonn.js"] {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&files::read(&project.dist.join("wasm").join(name))?)?;
        n_bytes += encoder.finish()?.len();
    }
    let row = Row { values: vec![n_bytes as f64], ..Row::new(workload, "HelloNN") };
    Ok(conclude(vec![row], None, workload.limit).remove(0))
}
