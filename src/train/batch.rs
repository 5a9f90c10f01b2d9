//! A mini-batch into the network's input.

use crate::data::{Dataset, collect_lit, fetch, normalise_image};
use crate::nn::Activations;

/// Puts the images at `indices` into `activations`, in the form that is faster, and their labels into `labels`.
pub fn load_batch(data: &Dataset, indices: &[u32], activations: &mut Activations<f32>, labels: &mut Vec<u8>) {
    labels.clear();
    labels.extend(indices.iter().map(|&index| data.label(index as usize)));
    fetch(data, indices);
    let images = indices.iter().map(|&index| data.image(index as usize));
    if let Some(nonzeros) = activations.nonzeros_mut(indices.len()) {
        for image in images.clone() {
            nonzeros.push_row(image.len(), |found| collect_lit(image, found));
        }
        if nonzeros.is_preferable() {
            return;
        }
    }
    for (image, mut row) in images.zip(activations.input_mut(indices.len()).rows_mut()) {
        normalise_image(image, row.as_slice_mut().expect("a batch is row-major"));
    }
}
