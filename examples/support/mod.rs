//! What the examples share: reading data and JSON, and saying in which file something is wrong.

use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use hellonn::data::{Datasets, NamedFile, is_gzip, read_files};

/// Says in which file something is wrong.
pub fn in_file<E: Display>(path: &Path) -> impl Fn(E) -> String {
    move |error| format!("{}: {error}", path.display())
}

/// Reads every IDX file of a folder, gzipped or not.
pub fn read_folder(folder: &Path) -> Result<Datasets, Box<dyn Error>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).map_err(in_file(folder))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.contains("ubyte") {
            continue;
        }
        let mut bytes = fs::read(&path).map_err(in_file(&path))?;
        if is_gzip(&bytes) {
            let mut unzipped = Vec::new();
            GzDecoder::new(bytes.as_slice()).read_to_end(&mut unzipped).map_err(in_file(&path))?;
            bytes = unzipped;
        }
        files.push(NamedFile { name, bytes });
    }
    if files.is_empty() {
        return Err(format!("{}: expected IDX files (names with \"ubyte\"), found none", folder.display()).into());
    }
    Ok(read_files(files)?)
}
