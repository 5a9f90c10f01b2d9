//! What criterion measured of the native steps, as rows of the table.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

use crate::table::Row;
use crate::workloads::{N_TRAINING, Workload};
use xtask::files;

/// Criterion's samples: how often each went round, and the nanoseconds that it took in all.
#[derive(Deserialize)]
struct Sample {
    iters: Vec<f64>,
    times: Vec<f64>,
}

/// The workload's row, from the folder where criterion keeps its measurements.
pub fn row(folder: &Path, workload: &Workload) -> Result<Row> {
    let folder = folder.join("steps").join(&workload.id).join("new");
    let sample: Sample = read(&folder.join("sample.json"))?;
    let benchmark: Value = read(&folder.join("benchmark.json"))?;
    let images = benchmark["throughput"]["Elements"].as_f64().context("criterion keeps no throughput")?;
    Ok(Row {
        values: seconds_an_epoch(&sample, images),
        note: format!("steps of {images} images, scaled"),
        ..Row::new(workload, "HelloNN, native, criterion")
    })
}

fn seconds_an_epoch(sample: &Sample, images: f64) -> Vec<f64> {
    let n_steps = N_TRAINING as f64 / images;
    sample.times.iter().zip(&sample.iters).map(|(time, n)| time / n * 1e-9 * n_steps).collect()
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T> {
    serde_json::from_slice(&files::read(path)?).with_context(|| format!("{} does not fit", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steps_nanoseconds_become_an_epochs_seconds() {
        let sample = Sample { iters: vec![1.0, 2.0], times: vec![1e6, 4e6] };
        // 60 steps of 1,000 images at 1 ms, then at 2 ms.
        let seconds = seconds_an_epoch(&sample, 1000.0);
        assert!((seconds[0] - 0.06).abs() < 1e-12 && (seconds[1] - 0.12).abs() < 1e-12, "{seconds:?}");
    }
}
