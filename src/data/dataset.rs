//! Labelled images, kept as the bytes they came in.

use xxhash_rust::xxh64::Xxh64;

use super::error::DataError;
use crate::words::{count, thousands};

/// The most classes that a label of one byte can tell apart.
const MAX_CLASSES: usize = 256;

/// At least one image of `rows` × `cols` pixels, each with a label below `n_classes`.
///
/// Pixels stay bytes (0 paper, 255 ink) and become numbers only when a batch is loaded, in [`pixels`](super::pixels): a
/// set takes one byte a pixel instead of four.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    rows: usize,
    cols: usize,
    n_classes: usize,
    /// n·rows·cols, row-major.
    pixels: Vec<u8>,
    labels: Vec<u8>,
    fingerprint: u64,
}

/// What a set of files holds: images to train on and, if given, images to test with. Both have the same size and
/// the same number of classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datasets {
    pub training: Dataset,
    pub test: Option<Dataset>,
}

impl Dataset {
    /// `pixels` holds one image of `rows` × `cols`, row-major, for each of `labels`. Takes the vectors as they are.
    ///
    /// # Errors
    /// [`DataError::Dataset`] when there is no image or no pixel in it, when the lengths disagree, when `n_classes` is
    /// not 2 to 256, or when a label is not below it.
    pub fn new(
        pixels: Vec<u8>,
        labels: Vec<u8>,
        rows: usize,
        cols: usize,
        n_classes: usize,
    ) -> Result<Self, DataError> {
        let refuse = |expected: String, found: String| Err(DataError::Dataset { expected, found });
        if labels.is_empty() || rows == 0 || cols == 0 {
            return refuse(
                "at least one image of at least 1 × 1".to_owned(),
                format!("{} of {} × {}", count(labels.len() as u128, "image"), rows, cols),
            );
        }
        let n_pixels = rows.checked_mul(cols).and_then(|n| n.checked_mul(labels.len()));
        if n_pixels != Some(pixels.len()) {
            return refuse(
                format!("{} of {rows} × {cols}, one for each label", count(labels.len() as u128, "image")),
                count(pixels.len() as u128, "pixel"),
            );
        }
        if !(2..=MAX_CLASSES).contains(&n_classes) {
            return refuse("2 to 256 classes".to_owned(), thousands(n_classes as u128));
        }
        if let Some(&label) = labels.iter().find(|&&label| usize::from(label) >= n_classes) {
            return refuse(format!("labels from 0 to {}", n_classes - 1), label.to_string());
        }
        let fingerprint = fingerprint([rows, cols, n_classes, labels.len()], &pixels, &labels);
        Ok(Self { rows, cols, n_classes, pixels, labels, fingerprint })
    }

    /// The number of images.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Never: a set holds at least one image.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    pub fn cols(&self) -> usize {
        self.cols
    }

    /// The pixels of one image, rows · cols.
    pub fn n_pixels(&self) -> usize {
        self.rows * self.cols
    }

    pub fn n_classes(&self) -> usize {
        self.n_classes
    }

    /// The image at position `i`: rows · cols bytes, row-major.
    ///
    /// # Panics
    /// When `i` is not below [`len`](Self::len).
    pub fn image(&self, i: usize) -> &[u8] {
        let n_pixels = self.n_pixels();
        &self.pixels[i * n_pixels..][..n_pixels]
    }

    /// The class of the image at position `i`.
    ///
    /// # Panics
    /// When `i` is not below [`len`](Self::len).
    pub fn label(&self, i: usize) -> u8 {
        self.labels[i]
    }

    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// What tells this set from another: XXH64 with seed 0 (Yann Collet's xxHash,
    /// <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>) of the numbers of rows, columns, classes and
    /// images, each as 8 bytes, little-endian, then of all pixels, then of all labels.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// How many images each class has; the length is [`n_classes`](Self::n_classes).
    pub fn class_counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.n_classes];
        for &label in &self.labels {
            counts[usize::from(label)] += 1;
        }
        counts
    }
}

impl Datasets {
    /// What tells these sets from others: XXH64 with seed 0 of the training set's fingerprint and, if there is a test
    /// set, its, each as 8 bytes, little-endian.
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Xxh64::new(0);
        for set in [Some(&self.training), self.test.as_ref()].into_iter().flatten() {
            hash.update(&set.fingerprint.to_le_bytes());
        }
        hash.digest()
    }
}

fn fingerprint(sizes: [usize; 4], pixels: &[u8], labels: &[u8]) -> u64 {
    let mut hash = Xxh64::new(0);
    for size in sizes {
        hash.update(&(size as u64).to_le_bytes());
    }
    hash.update(pixels);
    hash.update(labels);
    hash.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_without_an_image_count_zero() {
        let dataset = Dataset::new(vec![1, 2, 3], vec![3, 0, 3], 1, 1, 5).unwrap();
        assert_eq!(dataset.class_counts(), [1, 0, 0, 2, 0]);
        assert_eq!((dataset.image(1), dataset.label(2), dataset.is_empty()), (&[2][..], 3, false));
    }
}
