//! The rooms from low to high: an import never runs from a lower one to a higher one.

use std::collections::BTreeSet;

use crate::sources::sources;
use crate::{javascript, rust};

/// Rooms of the same height, one story of the house.
struct Story {
    /// Each folder of `name/*` is a room of its own.
    rooms: &'static [&'static str],
    /// Whether they may import from each other.
    is_open: bool,
}

const fn open(rooms: &'static [&'static str]) -> Story {
    Story { rooms, is_open: true }
}

const fn closed(rooms: &'static [&'static str]) -> Story {
    Story { rooms, is_open: false }
}

/// Modules of src/, those within them too.
const CORE: &[Story] = &[
    closed(&["random", "by_kind", "decimal"]),
    closed(&["words"]),
    closed(&["error"]),
    open(&["nn::kernels"]),
    open(&["data"]),
    open(&["nn::shape", "nn::parameter", "nn::layer", "nn::init", "nn::loss"]),
    open(&["nn::layers", "nn::spec"]),
    open(&["nn"]),
    open(&["train"]),
    closed(&["compare", "inspect", "store"]),
    open(&["wasm"]),
];

/// Folders and files of www/. What the build puts beside them (the module, the charts) comes lowest.
const PAGE: &[Story] = &[
    open(&["wasm", "vendor"]),
    closed(&["start"]),
    open(&["protocol", "series", "recipe"]),
    open(&["runs"]),
    open(&["runs/export"]),
    closed(&["client", "worker"]),
    open(&["ui"]),
    closed(&["panels/*"]),
    open(&["app"]),
    open(&["main.js"]),
];

#[test]
fn no_import_runs_upwards() {
    let mut found = BTreeSet::new();
    for import in rust::imports(&sources(&["src"], &["rs"])) {
        found.extend(judge(CORE, "::", &import.place, &import.from, &import.to));
    }
    for import in javascript::imports(&sources(&["www"], &["js"])) {
        found.extend(judge(PAGE, "/", &import.place, &import.from, &import.to));
    }
    let found: Vec<_> = found.into_iter().collect();
    assert!(found.is_empty(), "imports from a lower room to a higher one, or to a neighbour:\n{}", found.join("\n"));
}

/// What is wrong with an import, if anything is.
fn judge(house: &[Story], separator: &str, place: &str, from: &str, to: &str) -> Option<String> {
    let (Some(low), Some(high)) = (room(house, separator, from), room(house, separator, to)) else {
        return Some(format!("{place}: {from} or {to} has no place among the rooms"));
    };
    let is_allowed = low.0 > high.0 || (low.0 == high.0 && (house[low.0].is_open || low.1 == high.1));
    (!is_allowed).then(|| format!("{place}: {} imports from {}", low.1, high.1))
}

/// The story and the room of a module or file: the innermost that has a place of its own.
fn room<'a>(house: &[Story], separator: &str, name: &'a str) -> Option<(usize, &'a str)> {
    let ends = std::iter::once(name.len()).chain(name.rmatch_indices(separator).map(|(at, _)| at));
    ends.map(|end| &name[..end]).find_map(|room| {
        let is_within = |all: &str| room.rsplit_once(separator).is_some_and(|(folder, _)| folder == all);
        let is_here = |&listed: &&str| listed == room || listed.strip_suffix("/*").is_some_and(is_within);
        let story = house.iter().position(|story| story.rooms.iter().any(is_here))?;
        Some((story, room))
    })
}

#[test]
fn an_import_is_judged_by_the_innermost_rooms() {
    let core = |from, to| judge(CORE, "::", "f:1", from, to);
    assert_eq!(core("train::trainer", "nn::layers::dense"), None);
    assert_eq!(core("nn::kernels::sparse", "nn::kernels::spans"), None);
    assert_eq!(core("nn::kernels::sparse", "nn::layer").unwrap(), "f:1: nn::kernels imports from nn::layer");
    assert_eq!(core("data::dataset", "nn").unwrap(), "f:1: data imports from nn");
    assert_eq!(core("random", "error").unwrap(), "f:1: random imports from error");
    assert!(core("cellar", "nn").unwrap().contains("no place"));
    let page = |from, to| judge(PAGE, "/", "f:1", from, to);
    assert_eq!(page("panels/draw/draw.js", "ui/dom.js"), None);
    assert_eq!(page("worker/engine.js", "worker/clock.js"), None);
    assert_eq!(page("worker/engine.js", "client/client.js").unwrap(), "f:1: worker imports from client");
    assert_eq!(page("ui/dom.js", "panels/draw/draw.js").unwrap(), "f:1: ui imports from panels/draw");
    assert_eq!(page("panels/draw/draw.js", "panels/draw/meters.js"), None);
    assert!(page("panels/draw/draw.js", "panels/data/data.js").is_some());
}
