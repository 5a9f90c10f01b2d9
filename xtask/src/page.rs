//! What belongs in `dist/`, and where each file of it comes from.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::dist::Manifest;
use crate::files;

/// What the page takes of uPlot as it is. The types lie where the compiler looks for those of `vendor/uPlot.esm.js`.
const UPLOT: [(&str, &str); 2] = [("uPlot.min.css", "uPlot.min.css"), ("uPlot.d.ts", "uPlot.esm.d.ts")];

/// What the page takes of idb: the module, and its types beside it.
const IDB: [&str; 6] =
    ["index.js", "index.d.ts", "entry.d.ts", "wrap-idb-value.d.ts", "database-extras.d.ts", "async-iterators.d.ts"];

/// What the page takes of uqr, which draws QR codes: the module, and its types beside it.
const UQR: [(&str, &str); 2] = [("index.mjs", "uqr.js"), ("index.d.mts", "uqr.d.ts")];

/// The name of THIRD_PARTY.md on the page: every server knows that such a file is text.
const NOTICES: &str = "third-party.txt";

/// Lists the page made of its sources in `www`, the `module`'s folder, the `data` files and the `notices`. What is made
/// on the way lies in `cache`.
pub fn manifest(
    www: &Path,
    module: &Path,
    data: &[(String, PathBuf)],
    notices: &Path,
    cache: &Path,
) -> Result<Manifest> {
    let mut manifest = Manifest::from([(NOTICES.into(), notices.to_owned())]);
    list(www, Path::new(""), &mut manifest, is_served)?;
    let uplot = www.join("node_modules/uplot/dist");
    for (source, place) in UPLOT {
        manifest.insert(Path::new("vendor").join(place), uplot.join(source));
    }
    manifest.insert("vendor/uPlot.esm.js".into(), chart_module(&uplot, cache)?);
    for name in IDB {
        manifest.insert(Path::new("vendor/idb").join(name), www.join("node_modules/idb/build").join(name));
    }
    for (source, place) in UQR {
        manifest.insert(Path::new("vendor").join(place), www.join("node_modules/uqr/dist").join(source));
    }
    list(module, Path::new("wasm"), &mut manifest, |_| true)?;
    for (name, path) in data {
        manifest.insert(Path::new("data").join(name), path.clone());
    }
    Ok(manifest)
}

/// What uPlot finds in place of the browser's `navigator`, of which it asks the language to write numbers in. The page
/// is in English, and a browser's own answer may be one that no number can be written in, such as "C".
const NAVIGATOR: &[u8] = b"const navigator = { language: \"en-US\" };\n";

/// uPlot as a module, and half as large as the one in its package: its minified script, after a line that gives it the
/// page's language and before one that exports what it defines.
fn chart_module(uplot: &Path, cache: &Path) -> Result<PathBuf> {
    let script = files::read(&uplot.join("uPlot.iife.min.js"))?;
    let module = [NAVIGATOR, &script, b"\nexport default uPlot;\n"].concat();
    let path = cache.join("uPlot.esm.js");
    files::write_whole(&path, &module)?;
    Ok(path)
}

/// The page's sources are served as they are; what only npm or the type checker reads is not, nor what `index.html`
/// includes.
fn is_served(name: &str) -> bool {
    let is_for_tools = matches!(name, "node_modules" | "package.json" | "package-lock.json")
        || (name.starts_with("tsconfig") && name.ends_with(".json"))
        || name.starts_with('.')
        || name.ends_with(".d.ts")
        || (name.ends_with(".html") && name != "index.html");
    !is_for_tools
}

fn list(folder: &Path, place: &Path, manifest: &mut Manifest, accepts: fn(&str) -> bool) -> Result<()> {
    let unreadable = || format!("{} cannot be read", folder.display());
    for entry in fs::read_dir(folder).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        let name = entry.file_name();
        if !accepts(&name.to_string_lossy()) {
            continue;
        }
        let place = place.join(&name);
        if entry.path().is_dir() {
            list(&entry.path(), &place, manifest, accepts)?;
        } else {
            manifest.insert(place, entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::write_whole;

    #[test]
    fn the_page_is_its_sources_the_charts_the_module_and_the_data() {
        let folder = tempfile::tempdir().unwrap();
        let [www, module] = ["www", "module"].map(|name| folder.path().join(name));
        for source in [
            "index.html",
            "panels/data.html",
            "ui/chart.js",
            "package.json",
            "package-lock.json",
            "tsconfig.json",
            ".npmrc",
            "vendor.d.ts",
            "node_modules/uplot/dist/uPlot.iife.min.js",
        ] {
            write_whole(&www.join(source), b"").unwrap();
        }
        write_whole(&module.join("hellonn.js"), b"").unwrap();
        let data = [("train.gz".to_owned(), PathBuf::from("/cache/train.gz"))];

        let manifest = manifest(&www, &module, &data, Path::new("/THIRD_PARTY.md"), folder.path()).unwrap();
        let places: Vec<_> = manifest.keys().map(|place| place.to_str().unwrap()).collect();
        assert_eq!(
            places,
            [
                "data/train.gz",
                "index.html",
                "third-party.txt",
                "ui/chart.js",
                "vendor/idb/async-iterators.d.ts",
                "vendor/idb/database-extras.d.ts",
                "vendor/idb/entry.d.ts",
                "vendor/idb/index.d.ts",
                "vendor/idb/index.js",
                "vendor/idb/wrap-idb-value.d.ts",
                "vendor/uPlot.esm.d.ts",
                "vendor/uPlot.esm.js",
                "vendor/uPlot.min.css",
                "vendor/uqr.d.ts",
                "vendor/uqr.js",
                "wasm/hellonn.js",
            ]
        );
        assert_eq!(manifest[Path::new("data/train.gz")], data[0].1);
        let charts = fs::read_to_string(&manifest[Path::new("vendor/uPlot.esm.js")]).unwrap();
        let around = "const navigator = { language: \"en-US\" };\n\nexport default uPlot;\n";
        assert_eq!(charts, around, "around the script, which is empty here");
    }
}
