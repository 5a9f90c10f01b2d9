//! `benches/workloads.json`: what is measured, and who takes part.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use xtask::files;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suite {
    pub contestants: Vec<Contestant>,
    pub workloads: Vec<Workload>,
    /// In the form that HelloNN reads; the peers build the same network from it.
    pub recipes: BTreeMap<String, Value>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contestant {
    pub id: String,
    pub label: String,
    pub runner: Runs,
    #[serde(default)]
    pub options: Value,
}

/// What program runs a contestant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Runs {
    Chromium,
    Native,
    Pytorch,
    Numpy,
    Tensorflowjs,
    JaxJs,
    Convnetjs,
}

impl Runs {
    pub fn is_peer(self) -> bool {
        !matches!(self, Runs::Chromium | Runs::Native)
    }
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Workload {
    pub id: String,
    pub name: String,
    pub measures: Measures,
    pub recipe: Option<String>,
    /// In place of the recipe's.
    pub batch_size: Option<usize>,
    /// Trained on in an epoch, of the training set's 60,000; the seconds are scaled up to all of them.
    #[serde(default = "all_images")]
    pub images: usize,
    /// What HelloNN's median should not exceed, in the unit of the measurement.
    pub limit: Option<f64>,
    pub peers: Vec<Peer>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peer {
    pub id: String,
    /// The ratio to HelloNN that it should have at least.
    pub target: Option<f64>,
    /// In place of the workload's, where it is too slow for that many.
    pub images: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Measures {
    /// Seconds.
    Epoch,
    /// Seconds.
    Evaluation,
    /// The last epoch's seconds by the second's.
    Steadiness,
    /// Seconds, in the worker.
    Prediction,
    /// Seconds, on the page.
    Stroke,
    /// Bytes.
    Memory,
    /// Seconds.
    PageLoad,
    /// The same over a slow line.
    SlowPageLoad,
    /// Bytes.
    Size,
}

pub const N_TRAINING: usize = 60_000;
pub const N_TEST: usize = 10_000;

fn all_images() -> usize {
    N_TRAINING
}

impl Suite {
    pub fn read(path: &Path) -> Result<Suite> {
        let text = files::read(path)?;
        serde_json::from_slice(&text).with_context(|| format!("{} does not fit", path.display()))
    }

    pub fn contestant(&self, id: &str) -> Result<&Contestant> {
        self.contestants.iter().find(|each| each.id == id).with_context(|| format!("there is no contestant {id:?}"))
    }

    /// Those whose id contains one of `patterns`; all where there are none.
    pub fn select(&self, patterns: &[String]) -> Result<Vec<&Workload>> {
        let fits =
            |workload: &&Workload| patterns.is_empty() || patterns.iter().any(|p| workload.id.contains(p.as_str()));
        let selected: Vec<_> = self.workloads.iter().filter(fits).collect();
        if selected.is_empty() {
            let ids: Vec<_> = self.workloads.iter().map(|workload| workload.id.as_str()).collect();
            bail!("--only {} fits no workload: there are {}", patterns.join(" "), ids.join(", "));
        }
        Ok(selected)
    }

    /// The workload's recipe with `epochs`, or null where it needs none.
    pub fn recipe(&self, workload: &Workload, epochs: usize) -> Result<Value> {
        let Some(name) = &workload.recipe else { return Ok(Value::Null) };
        let mut recipe: Map<String, Value> = match self.recipes.get(name) {
            Some(Value::Object(recipe)) => recipe.clone(),
            _ => bail!("there is no recipe {name:?}"),
        };
        recipe.insert("epochs".into(), json!(epochs));
        if let Some(batch_size) = workload.batch_size {
            recipe.insert("batchSize".into(), json!(batch_size));
        }
        Ok(recipe.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suite() -> Suite {
        serde_json::from_str(include_str!("../../workloads.json")).unwrap()
    }

    #[test]
    fn every_workload_names_contestants_and_recipes_that_exist() {
        let suite = suite();
        for workload in &suite.workloads {
            suite.recipe(workload, 5).unwrap();
            for peer in &workload.peers {
                suite.contestant(&peer.id).unwrap();
            }
        }
    }

    #[test]
    fn a_workload_changes_its_recipes_batch() {
        let suite = suite();
        let workload = suite.select(&["twin-1000".into()]).unwrap()[0];
        let recipe = suite.recipe(workload, 7).unwrap();
        assert_eq!((&recipe["batchSize"], &recipe["epochs"]), (&json!(1000), &json!(7)));
    }

    #[test]
    fn patterns_select_by_a_part_of_the_id() {
        let suite = suite();
        let ids: Vec<_> =
            suite.select(&["wide".into(), "deep".into()]).unwrap().iter().map(|w| w.id.as_str()).collect();
        assert_eq!(ids, ["wide", "wide-1000", "deep"]);
        assert!(suite.select(&["nothing".into()]).is_err());
    }
}
