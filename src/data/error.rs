//! What can be wrong with a user's files, in words for the user.

use thiserror::Error;

use super::files::Role;
use super::idx::{Kind, Shape};
use crate::words::{count, these, thousands};

/// Why a set of files cannot be used. Every message names the file, what was expected and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DataError {
    #[error("expected two to four files (training images and labels, test images and labels), found none")]
    NoFiles,
    #[error(
        "expected at most four files (training images and labels, test images and labels), found {}: {}",
        names.len(), names.join(", ")
    )]
    TooManyFiles { names: Vec<String> },

    #[error("{name}: expected an IDX file, found gzip-compressed data: decompress it first")]
    Gzip { name: String },
    #[error(
        "{name}: expected an IDX file, which starts with the bytes 00 00, found {:02x} {:02x}: \
         this is not an IDX file", found[0], found[1]
    )]
    Magic { name: String, found: [u8; 2] },
    #[error("{name}: expected unsigned bytes (type 0x08), found {} (type {found:#04x})", element_type(*found))]
    ElementType { name: String, found: u8 },
    #[error("{name}: expected three dimensions (images) or one (labels), found {found}")]
    Dimensions { name: String, found: u8 },
    #[error(
        "{name}: expected a header of {}, found {}: the file is truncated",
        count(*expected as u128, "byte"), count(*found as u128, "byte")
    )]
    TruncatedHeader { name: String, expected: usize, found: usize },
    #[error(
        "{name}: expected {shape} ({} after the header), found {}: the file is truncated",
        count(shape.n_bytes(), "byte"), count(*found as u128, "byte")
    )]
    Truncated { name: String, shape: Shape, found: usize },
    #[error(
        "{name}: expected {shape} ({} after the header), found {}: the file has {} too many",
        count(shape.n_bytes(), "byte"), count(*found as u128, "byte"),
        count((*found as u128).saturating_sub(shape.n_bytes()), "byte")
    )]
    TrailingBytes { name: String, shape: Shape, found: usize },
    #[error("{name}: expected at least one {}, found {shape}: the file is empty", shape.expected_at_least())]
    Empty { name: String, shape: Shape },

    #[error(
        "{}: expected at most two files of {kind} (training and test), found {}",
        names.join(", "), names.len()
    )]
    TooManyOfKind { kind: Kind, names: Vec<String> },
    #[error("{first} and {second}: expected one file of {role} {kind}, found two")]
    Duplicate { role: Role, kind: Kind, first: String, second: String },
    #[error(
        "{first} and {second}: expected one file of training {kind} and one of test {kind}, found two of {} \
         whose names do not tell them apart: put \"train\" and \"test\" into the names",
        count(*n_items as u128, kind.singular())
    )]
    Ambiguous { kind: Kind, first: String, second: String, n_items: usize },
    #[error("{}: expected training images and labels, found only test files", names.join(", "))]
    NoTraining { names: Vec<String> },
    #[error(
        "{images}: expected a file with the {role} labels of {}, found none",
        these(*n_images, "image")
    )]
    NoLabels { role: Role, images: String, n_images: usize },
    #[error(
        "{labels}: expected a file with the {role} images of {}, found none",
        these(*n_labels, "label")
    )]
    NoImages { role: Role, labels: String, n_labels: usize },
    #[error(
        "{labels}: expected {}, one for each image of {images}, found {}",
        count(*n_images as u128, "label"), count(*n_labels as u128, "label")
    )]
    CountsDisagree { images: String, labels: String, n_images: usize, n_labels: usize },
    #[error("{labels}: expected 2 to 256 classes, found only the label 0")]
    TooFewClasses { labels: String },
    #[error(
        "{labels}: expected labels from 0 to {}, as in the training set, found {found} (label number {})",
        n_classes - 1, thousands(*label_idx as u128 + 1)
    )]
    LabelBeyondClasses { labels: String, n_classes: usize, found: u8, label_idx: usize },
    #[error(
        "{images}: expected images of {} × {}, as in the training set, found {} × {}",
        thousands(expected.0 as u128), thousands(expected.1 as u128),
        thousands(found.0 as u128), thousands(found.1 as u128)
    )]
    SizesDisagree { images: String, expected: (usize, usize), found: (usize, usize) },

    /// Only [`Dataset::new`](super::Dataset::new) called with arrays that do not fit says this; files never do.
    #[error("data set: expected {expected}, found {found}")]
    Dataset { expected: String, found: String },
}

/// The element types of the IDX format.
fn element_type(code: u8) -> &'static str {
    match code {
        0x08 => "unsigned bytes",
        0x09 => "signed bytes",
        0x0b => "16-bit integers",
        0x0c => "32-bit integers",
        0x0d => "32-bit floating-point numbers",
        0x0e => "64-bit floating-point numbers",
        _ => "an unknown type",
    }
}
