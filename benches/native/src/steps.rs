//! Single steps with criterion: one batch of each workload that trains, or 64 images one at a time.
//!
//! `HELLONN_DATA=FOLDER cargo run --release -p hellonn-native --features criterion --bin hellonn-steps -- --bench`,
//! where FOLDER holds the four files of MNIST.

use std::env;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput};
use hellonn_native::{Result, read_mnist, trainer};
use serde_json::{Value, json};

/// What the smallest step that can be told apart takes on.
const N_IMAGES: usize = 64;

fn main() -> Result<()> {
    let folder = env::var_os("HELLONN_DATA").ok_or("HELLONN_DATA names no folder with MNIST's files")?;
    let data = read_mnist(Path::new(&folder), 60_000)?;
    let suite: Value = serde_json::from_str(include_str!("../../workloads.json"))?;
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    for workload in suite["workloads"].as_array().into_iter().flatten() {
        let (Some("epoch"), Some(id)) = (workload["measures"].as_str(), workload["id"].as_str()) else { continue };
        let mut recipe = suite["recipes"][workload["recipe"].as_str().unwrap_or_default()].clone();
        if let Some(batch_size) = workload["batchSize"].as_u64() {
            recipe["batchSize"] = json!(batch_size);
        }
        // More than criterion can go through.
        recipe["epochs"] = json!(10_000);
        let batch_size = recipe["batchSize"].as_u64().unwrap_or(1);
        // Those that the names on the command line leave out are not even made.
        let mut network = None;
        let mut group = criterion.benchmark_group("steps");
        group.throughput(Throughput::Elements(batch_size.max(N_IMAGES as u64)));
        group.bench_function(BenchmarkId::from_parameter(id), |bencher| {
            let network = network.get_or_insert_with(|| trainer(&recipe, &data).expect("the recipe fits MNIST"));
            let n_batches = (N_IMAGES as u64).div_ceil(batch_size);
            bencher.iter(|| {
                let mut n_done = 0;
                while n_done < n_batches {
                    n_done += network.step(&data.training).batch.map_or(0, |batch| batch.n_batches as u64);
                }
            });
        });
    }
    criterion.final_summary();
    Ok(())
}
