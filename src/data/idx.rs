//! The IDX file format, as Yann LeCun, Corinna Cortes and Christopher Burges describe it on MNIST's page
//! (<http://yann.lecun.com/exdb/mnist/>, section "The IDX file format").
//!
//! ```text
//! byte 0, 1   0, 0
//! byte 2      element type: 0x08 unsigned byte, 0x09 signed byte, 0x0b short, 0x0c int, 0x0d float, 0x0e double
//! byte 3      number of dimensions d
//! 4 bytes each, big-endian: the d sizes; then the elements, the last dimension varying fastest
//! ```
//!
//! Here the elements are unsigned bytes, and the dimensions are three (images: number × rows × columns, 0 paper to
//! 255 ink) or one (labels). A header is checked against the bytes at hand before anything relies on it, and
//! nothing is allocated by what it claims.

use std::fmt::{self, Display};

use super::error::DataError;
use crate::words::{count, thousands};

/// Zero, zero, element type, number of dimensions.
const MAGIC_BYTES: usize = 4;
/// Each dimension is a big-endian 32-bit number.
const DIMENSION_BYTES: usize = 4;
const UNSIGNED_BYTE: u8 = 0x08;

/// One parsed file. The bytes are the caller's own, the header cut off in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idx {
    Images(Images),
    /// One byte an image, at least one.
    Labels(Vec<u8>),
}

/// At least one image of at least one pixel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Images {
    pub n_images: usize,
    pub rows: usize,
    pub cols: usize,
    /// n·rows·cols, row-major.
    pub pixels: Vec<u8>,
}

/// What a file holds, by its number of dimensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Images,
    Labels,
}

impl Kind {
    pub fn singular(self) -> &'static str {
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

    pub fn expected_at_least(self) -> &'static str {
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

/// Whether the bytes start as a gzip file does (RFC 1952, section 2.3.1).
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// Reads the raw (not gzipped) bytes of an IDX file; `name` is for messages only.
///
/// No copy is made: the header is drained from the front of `bytes`, so the peak is one byte a pixel.
///
/// # Errors
/// When the bytes are gzipped, are not IDX, hold something else than images or labels, hold none, or when their
/// number is not the one that the header claims.
pub fn parse(name: &str, mut bytes: Vec<u8>) -> Result<Idx, DataError> {
    let (shape, header_bytes) = parse_header(name, &bytes)?;
    let found = bytes.len() - header_bytes;
    let name = || name.to_owned();
    if shape.n_bytes() == 0 {
        return Err(DataError::Empty { name: name(), shape });
    }
    if (found as u128) < shape.n_bytes() {
        return Err(DataError::Truncated { name: name(), shape, found });
    }
    if (found as u128) > shape.n_bytes() {
        return Err(DataError::TrailingBytes { name: name(), shape, found });
    }
    bytes.drain(..header_bytes);
    Ok(match shape {
        // Each factor is at most the product, which was just found equal to a `usize`.
        Shape::Images { n_images, rows, cols } => {
            Idx::Images(Images { n_images: n_images as usize, rows: rows as usize, cols: cols as usize, pixels: bytes })
        }
        Shape::Labels { .. } => Idx::Labels(bytes),
    })
}

/// What the header claims, and its own length, which is at most that of `bytes`.
fn parse_header(name: &str, bytes: &[u8]) -> Result<(Shape, usize), DataError> {
    let name = || name.to_owned();
    if is_gzip(bytes) {
        return Err(DataError::Gzip { name: name() });
    }
    if let [first, second, ..] = *bytes
        && [first, second] != [0, 0]
    {
        return Err(DataError::Magic { name: name(), found: [first, second] });
    }
    let truncated = |expected| DataError::TruncatedHeader { name: name(), expected, found: bytes.len() };
    let [_, _, element_type, n_dimensions] = *bytes.first_chunk().ok_or_else(|| truncated(MAGIC_BYTES))?;
    if element_type != UNSIGNED_BYTE {
        return Err(DataError::ElementType { name: name(), found: element_type });
    }
    if !matches!(n_dimensions, 1 | 3) {
        return Err(DataError::Dimensions { name: name(), found: n_dimensions });
    }
    let header_bytes = MAGIC_BYTES + DIMENSION_BYTES * usize::from(n_dimensions);
    let header = bytes.get(MAGIC_BYTES..header_bytes).ok_or_else(|| truncated(header_bytes))?;
    let (sizes, _) = header.as_chunks::<DIMENSION_BYTES>();
    let shape = match *sizes {
        [n, rows, cols] => Shape::Images {
            n_images: u32::from_be_bytes(n),
            rows: u32::from_be_bytes(rows),
            cols: u32::from_be_bytes(cols),
        },
        [n] => Shape::Labels { n_labels: u32::from_be_bytes(n) },
        _ => unreachable!("the number of dimensions was checked"),
    };
    Ok((shape, header_bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_dimensions_are_images() {
        let bytes = [&[0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3][..], b"abcdef"].concat();
        let images = Images { n_images: 2, rows: 1, cols: 3, pixels: b"abcdef".to_vec() };
        assert_eq!(parse("x", bytes), Ok(Idx::Images(images)));
    }

    #[test]
    fn one_dimension_is_labels() {
        assert_eq!(parse("x", vec![0, 0, 8, 1, 0, 0, 0, 2, 7, 9]), Ok(Idx::Labels(vec![7, 9])));
    }

    #[test]
    fn sizes_are_big_endian() {
        let (shape, header_bytes) = parse_header("x", &[0, 0, 8, 1, 1, 2, 3, 4]).unwrap();
        assert_eq!((shape, header_bytes), (Shape::Labels { n_labels: 0x0102_0304 }, 8));
    }

    #[test]
    fn the_largest_claim_does_not_overflow() {
        let shape = Shape::Images { n_images: u32::MAX, rows: u32::MAX, cols: u32::MAX };
        assert_eq!(shape.n_bytes(), u128::from(u32::MAX).pow(3));
    }

    #[test]
    fn gzip_is_known_by_its_first_two_bytes() {
        assert!(is_gzip(&[0x1f, 0x8b, 8]));
        assert!(!is_gzip(&[0x1f]) && !is_gzip(&[0, 0, 8, 3]));
    }
}
