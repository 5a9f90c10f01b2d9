//! How many of the training set's pixels are lit, and where: the work of a first layer depends on it.

use std::path::Path;

use anyhow::{Result, bail};

use xtask::files;

/// Magic number, number of images, rows, columns: 4 bytes each.
const HEADER_BYTES: usize = 16;
/// MNIST's, and no other set's, is what the bench trains on.
pub const SIDE: usize = 28;

pub struct Pixels {
    /// For each position, row by row, the share of images in which it is not 0.
    lit: Vec<f64>,
}

impl Pixels {
    /// Counts in an IDX file of images.
    pub fn read(path: &Path) -> Result<Pixels> {
        let bytes = files::read(path)?;
        let n_pixels = bytes.len().saturating_sub(HEADER_BYTES);
        let n_images = n_pixels / (SIDE * SIDE);
        if n_images == 0 || n_pixels % (SIDE * SIDE) != 0 {
            bail!("{} holds no images of {SIDE} × {SIDE}", path.display());
        }
        let mut counts = vec![0_u32; SIDE * SIDE];
        for image in bytes[HEADER_BYTES..].chunks_exact(SIDE * SIDE) {
            for (count, &pixel) in counts.iter_mut().zip(image) {
                *count += u32::from(pixel != 0);
            }
        }
        Ok(Pixels { lit: counts.into_iter().map(|count| f64::from(count) / n_images as f64).collect() })
    }

    /// Every position lit in this share of the images.
    #[cfg(test)]
    pub fn evenly(share: f64) -> Pixels {
        Pixels { lit: vec![share; SIDE * SIDE] }
    }

    /// Mean number of lit pixels of an image.
    pub fn n_lit(&self) -> f64 {
        self.lit.iter().sum()
    }

    /// Mean number of pairs of a lit pixel and a kernel × kernel window, moved by one, that covers it.
    pub fn n_covered(&self, kernel: usize) -> f64 {
        let n_windows = |at: usize| at.min(SIDE - kernel) + 1 - (at + 1).saturating_sub(kernel);
        let at = |position: usize| (n_windows(position / SIDE) * n_windows(position % SIDE)) as f64;
        self.lit.iter().enumerate().map(|(position, share)| share * at(position)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lit_pixels_are_counted_by_position() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("images");
        let mut bytes = vec![0; HEADER_BYTES + 2 * SIDE * SIDE];
        bytes[HEADER_BYTES] = 255;
        bytes[HEADER_BYTES + SIDE * SIDE] = 1;
        bytes[HEADER_BYTES + SIDE * SIDE + 5 * SIDE + 5] = 1;
        files::write_whole(&path, &bytes).unwrap();
        let pixels = Pixels::read(&path).unwrap();
        assert_eq!(pixels.n_lit(), 1.5);
        // One window of 5 × 5 covers the corner, 25 cover the other, which is lit in half of the images.
        assert_eq!(pixels.n_covered(5), 1.0 + 25.0 / 2.0);
    }

    #[test]
    fn every_window_covers_all_of_its_pixels() {
        assert_eq!(Pixels::evenly(1.0).n_covered(5), (24 * 24 * 25) as f64);
    }

    #[test]
    fn a_file_of_another_size_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("images");
        files::write_whole(&path, &[0; 100]).unwrap();
        assert!(Pixels::read(&path).is_err());
    }
}
