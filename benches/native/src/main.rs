//! Runs the bench's workloads natively: `hellonn-native FOLDER`, where FOLDER holds the four files of MNIST. A request
//! a line on standard input, an answer a line on standard output, as `benches/lines.js` says.

use std::path::PathBuf;
use std::time::Instant;
use std::{env, fs, io};

use hellonn::data::Datasets;
use hellonn::train::{Evaluator, Trainer};
use hellonn_native::{Result, epoch, read_mnist, trainer};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or("expected the folder of MNIST's files")?);
    let mut prepared = None;
    for line in io::stdin().lines() {
        let reply = answer(&serde_json::from_str(&line?)?, &mut prepared, &folder);
        println!("{}", reply.unwrap_or_else(|error| json!({ "error": error.to_string() })));
    }
    Ok(())
}

fn answer(request: &Value, prepared: &mut Option<(Datasets, Trainer)>, folder: &std::path::Path) -> Result<Value> {
    match request["do"].as_str().unwrap_or_default() {
        "prepare" => {
            let data = read_mnist(folder, request["images"].as_u64().ok_or("no images")? as usize)?;
            let trainer = trainer(&request["recipe"], &data)?;
            *prepared = Some((data, trainer));
            return Ok(json!({}));
        }
        "peak" => return Ok(json!({ "bytes": peak_bytes() })),
        _ => {}
    }
    let (data, network) = prepared.as_mut().ok_or("not prepared")?;
    match request["do"].as_str().unwrap_or_default() {
        "epoch" => {
            let start = Instant::now();
            let report = epoch(network, data)?;
            Ok(json!({ "values": [start.elapsed().as_secs_f64()], "loss": report.training_loss }))
        }
        "evaluation" => {
            let test = data.test.as_ref().ok_or("no test set")?;
            let indices: Vec<u32> = (0..test.len() as u32).collect();
            let mut evaluator = Evaluator::default();
            let start = Instant::now();
            while !network.evaluate_step(&mut evaluator, test, &indices).done {}
            Ok(json!({ "values": [start.elapsed().as_secs_f64()], "loss": evaluator.tally.loss() }))
        }
        "steadiness" => {
            *network = trainer(&request["recipe"], data)?;
            let seconds = (0..network.plan().recipe.epochs)
                .map(|_| {
                    let start = Instant::now();
                    epoch(network, data).map(|_| start.elapsed().as_secs_f64())
                })
                .collect::<Result<Vec<f64>>>()?;
            Ok(json!({ "values": [seconds[seconds.len() - 1] / seconds[1]] }))
        }
        unknown => Err(format!("cannot do {unknown:?}").into()),
    }
}

/// The most memory this process ever held, where the system tells.
fn peak_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}
