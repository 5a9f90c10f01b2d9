//! From indices to a mini-batch.

use ndarray::ArrayViewMut2;

use super::{Dataset, normalise};

/// Writes the images at `indices` into the rows of `input` (batch, pixels) and their labels into `labels`.
pub fn load_batch(data: &Dataset, indices: &[u32], mut input: ArrayViewMut2<f32>, labels: &mut Vec<u8>) {
    labels.clear();
    for (&index, mut row) in indices.iter().zip(input.rows_mut()) {
        labels.push(data.label(index as usize));
        let row = row.as_slice_mut().expect("a batch is row-major");
        for (x, &pixel) in row.iter_mut().zip(data.image(index as usize)) {
            *x = normalise(pixel);
        }
    }
}
