//! What can be wrong with a user's files, in words for the user.

use std::fmt::{self, Display};

use thiserror::Error;

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

/// Which of the two sets a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Training,
    Test,
}

impl Role {
    pub fn other(self) -> Self {
        match self {
            Role::Training => Role::Test,
            Role::Test => Role::Training,
        }
    }
}

impl Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Role::Training => "training",
            Role::Test => "test",
        })
    }
}

/// What a file holds, by its number of dimensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Images,
    Labels,
}

impl Kind {
    fn singular(self) -> &'static str {
        match self {
            Kind::Images => "image",
            Kind::Labels => "label",
        }
    }
}

impl Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Images => "images",
            Kind::Labels => "labels",
        })
    }
}

/// What a header claims: a number of images and their size, or a number of labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Images { n_images: u32, rows: u32, cols: u32 },
    Labels { n_labels: u32 },
}

impl Shape {
    /// The bytes that must follow the header. Three 32-bit factors fit 128 bits, so no claim can overflow it.
    pub fn n_bytes(self) -> u128 {
        match self {
            Shape::Images { n_images, rows, cols } => u128::from(n_images) * u128::from(rows) * u128::from(cols),
            Shape::Labels { n_labels } => u128::from(n_labels),
        }
    }

    fn expected_at_least(self) -> &'static str {
        match self {
            Shape::Images { .. } => "image of at least 1 × 1",
            Shape::Labels { .. } => "label",
        }
    }
}

impl Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Shape::Images { n_images, rows, cols } => write!(
                f,
                "{} of {} × {}",
                count(n_images.into(), "image"),
                thousands(rows.into()),
                thousands(cols.into())
            ),
            Shape::Labels { n_labels } => f.write_str(&count(n_labels.into(), "label")),
        }
    }
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

/// `1 image`, `60,000 images`.
pub(crate) fn count(n: u128, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(n))
}

/// `this 1 image`, `these 60,000 images`.
fn these(n: usize, noun: &str) -> String {
    let pronoun = if n == 1 { "this" } else { "these" };
    format!("{pronoun} {}", count(n as u128, noun))
}

/// `47,040,000`: a comma before every group of three digits.
pub(crate) fn thousands(n: u128) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let grouped = [0, 7, 999, 1_000, 10_000, 100_000, 47_040_000].map(thousands);
        assert_eq!(grouped, ["0", "7", "999", "1,000", "10,000", "100,000", "47,040,000"]);
        assert_eq!(thousands(u128::from(u32::MAX) + 1), "4,294,967,296");
    }

    #[test]
    fn one_is_singular_and_none_is_plural() {
        assert_eq!([0, 1, 2].map(|n| count(n, "image")), ["0 images", "1 image", "2 images"]);
    }

    #[test]
    fn the_largest_claim_does_not_overflow() {
        let shape = Shape::Images { n_images: u32::MAX, rows: u32::MAX, cols: u32::MAX };
        assert_eq!(shape.n_bytes(), u128::from(u32::MAX).pow(3));
    }
}
