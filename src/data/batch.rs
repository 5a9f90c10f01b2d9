//! From indices to a mini-batch.

use std::hint::black_box;

use ndarray::ArrayViewMut2;

use super::augment::Augmenter;
use super::{Dataset, normalise};
use crate::random::Random;

/// Writes the images at `indices` into the rows of `input` (batch, pixels) and their labels into `labels`.
pub fn load_batch(data: &Dataset, indices: &[u32], mut input: ArrayViewMut2<f32>, labels: &mut Vec<u8>) {
    labels.clear();
    fetch(data, indices);
    for (&index, mut row) in indices.iter().zip(input.rows_mut()) {
        labels.push(data.label(index as usize));
        normalise_image(data.image(index as usize), row.as_slice_mut().expect("a batch is row-major"));
    }
}

/// Looks at a byte of each cache line of the images, so that the processor asks the memory for many of them at once:
/// shuffled, they lie anywhere, and `normalise_image` alone waits for one after another. Saves 4 % of a dense network's epoch.
fn fetch(data: &Dataset, indices: &[u32]) {
    const CACHE_LINE: usize = 64;
    let lines = indices.iter().flat_map(|&index| data.image(index as usize).iter().step_by(CACHE_LINE));
    black_box(lines.fold(0, |all, &pixel| all | pixel));
}

/// Writes one image's pixels as the network sees them.
pub fn normalise_image(pixels: &[u8], row: &mut [f32]) {
    for (x, &pixel) in row.iter_mut().zip(pixels) {
        *x = normalise(pixel);
    }
}

/// An augmenter at work, with room for the image it makes.
pub struct AugmentedBatches {
    augmenter: Augmenter,
    image: Vec<u8>,
}

impl AugmentedBatches {
    /// For images of `n_pixels`.
    pub fn new(augmenter: Augmenter, n_pixels: usize) -> Self {
        Self { augmenter, image: vec![0; n_pixels] }
    }

    /// As `load_batch`, but each image changed at random first.
    pub fn load(
        &mut self,
        data: &Dataset,
        indices: &[u32],
        mut input: ArrayViewMut2<f32>,
        labels: &mut Vec<u8>,
        random: &mut Random,
    ) {
        labels.clear();
        for (&index, mut row) in indices.iter().zip(input.rows_mut()) {
            labels.push(data.label(index as usize));
            self.augmenter.augment(data.image(index as usize), &mut self.image, random);
            normalise_image(&self.image, row.as_slice_mut().expect("a batch is row-major"));
        }
    }
}
