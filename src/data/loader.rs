//! From images' bytes to a network's input and the labels beside it, a batch at a time.

use std::hint::black_box;

use ndarray::ArrayViewMut2;

use super::augment::{Augmentation, Augmenter};
use super::dataset::Dataset;
use super::pixels::{collect_lit, normalise_image};
use crate::nn::kernels::{Nonzeros, ROW_MAJOR};

use crate::random::Random;

/// Where a batch of images goes, in one of two forms: what is asked for last is what counts.
pub trait BatchInput {
    /// The numbers of `n_images` images to be filled in: (n_images, pixels).
    fn input_mut(&mut self, n_images: usize) -> ArrayViewMut2<'_, f32>;

    /// The same, to be filled in row by row with the numbers that are not 0, if these are of use.
    fn nonzeros_mut(&mut self, n_images: usize) -> Option<&mut Nonzeros<f32>>;
}

/// Loads batches of images, as they are or as an augmentation changes them.
pub struct Loader {
    augmented: Option<Augmented>,
    labels: Vec<u8>,
}

/// An augmenter at work, with room for the image it makes.
struct Augmented {
    augmenter: Augmenter,
    image: Vec<u8>,
}

impl Loader {
    /// For images of `rows` × `cols`.
    pub fn new(augmentation: Augmentation, rows: usize, cols: usize) -> Self {
        let augmented = (!augmentation.is_none())
            .then(|| Augmented { augmenter: Augmenter::new(augmentation, rows, cols), image: vec![0; rows * cols] });
        Self { augmented, labels: Vec::new() }
    }

    /// The labels of the batch that was loaded last.
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// Loads the images at `indices` as they are, in the form that is faster.
    pub fn load(&mut self, data: &Dataset, indices: &[u32], input: &mut impl BatchInput) {
        load_labels(data, indices, &mut self.labels);
        fetch(data, indices);
        let images = indices.iter().map(|&index| data.image(index as usize));
        if let Some(nonzeros) = input.nonzeros_mut(indices.len()) {
            for image in images.clone() {
                nonzeros.push_row(image.len(), |found| collect_lit(image, found));
            }
            if nonzeros.is_preferable() {
                return;
            }
        }
        for (image, mut row) in images.zip(input.input_mut(indices.len()).rows_mut()) {
            normalise_image(image, row.as_slice_mut().expect(ROW_MAJOR));
        }
    }

    /// Loads the images at `indices` to train on, each changed at random first where there is an augmentation.
    pub fn load_augmented(
        &mut self,
        data: &Dataset,
        indices: &[u32],
        input: &mut impl BatchInput,
        random: &mut Random,
    ) {
        let Some(Augmented { augmenter, image }) = &mut self.augmented else {
            return self.load(data, indices, input);
        };
        load_labels(data, indices, &mut self.labels);
        for (&index, mut row) in indices.iter().zip(input.input_mut(indices.len()).rows_mut()) {
            augmenter.augment(data.image(index as usize), image, random);
            normalise_image(image, row.as_slice_mut().expect(ROW_MAJOR));
        }
    }
}

fn load_labels(data: &Dataset, indices: &[u32], labels: &mut Vec<u8>) {
    labels.clear();
    labels.extend(indices.iter().map(|&index| data.label(index as usize)));
}

/// Looks at a byte of each cache line of the images, so that the processor asks the memory for many of them at once:
/// shuffled, they lie anywhere, and to read one image after another waits for each.
fn fetch(data: &Dataset, indices: &[u32]) {
    const CACHE_LINE: usize = 64;
    let lines = indices.iter().flat_map(|&index| data.image(index as usize).iter().step_by(CACHE_LINE));
    black_box(lines.fold(0, |all, &pixel| all | pixel));
}
