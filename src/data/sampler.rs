//! In which order a run sees its images.

use rand::seq::SliceRandom;

use crate::random::{Random, Stream, stream};

/// An epoch's order of images, and the generator that shuffles it for the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Shuffled {
    pub indices: Vec<u32>,
    pub random: Random,
}

/// Deals out the training images' indices in mini-batches, each index once an epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampler {
    order: Vec<u32>,
    position: usize,
    /// Present where every epoch has an order of its own.
    random: Option<Random>,
}

impl Sampler {
    /// A sampler over `indices`: in their order, or shuffled anew for each epoch.
    pub fn new(indices: Vec<u32>, shuffle: bool, seed: u32) -> Self {
        let random = shuffle.then(|| stream(seed, Stream::Order));
        Self { order: indices, position: 0, random }
    }

    /// Starts an epoch from its first image.
    pub fn begin_epoch(&mut self) {
        self.position = 0;
        if let Some(random) = &mut self.random {
            self.order.shuffle(random);
        }
    }

    /// The next indices of this epoch, at most `n`; none when the epoch is over.
    pub fn take(&mut self, n: usize) -> &[u32] {
        let start = self.position;
        self.position = (start + n).min(self.order.len());
        &self.order[start..self.position]
    }

    /// This epoch's order, if it was shuffled.
    pub fn shuffled(&self) -> Option<Shuffled> {
        let random = self.random.clone()?;
        Some(Shuffled { indices: self.order.clone(), random })
    }

    /// Starts an epoch in the order that `shuffled` gave; whether it is one of the same images.
    pub fn take_shuffled(&mut self, Shuffled { indices, random }: Shuffled) -> bool {
        let is_of_same_images = are_the_same(&self.order, &indices);
        if is_of_same_images {
            *self = Self { order: indices, position: 0, random: Some(random) };
        }
        is_of_same_images
    }

    /// How many images of this epoch have been dealt out.
    pub fn position(&self) -> usize {
        self.position
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}

/// Whether `others` are `indices`, of which there is none twice, in whatever order.
fn are_the_same(indices: &[u32], others: &[u32]) -> bool {
    let mut is_missing = vec![false; indices.iter().max().map_or(0, |&largest| largest as usize + 1)];
    indices.iter().for_each(|&index| is_missing[index as usize] = true);
    let mut find = |index: u32| is_missing.get_mut(index as usize).is_some_and(std::mem::take);
    indices.len() == others.len() && others.iter().all(|&index| find(index))
}

/// Sets `n_validation` of `n` images aside by a seeded draw: (training, validation), each in file order.
pub fn split(n: usize, n_validation: usize, seed: u32) -> (Vec<u32>, Vec<u32>) {
    let mut shuffled: Vec<u32> = (0..n as u32).collect();
    if n_validation > 0 {
        shuffled.shuffle(&mut stream(seed, Stream::Split));
    }
    let mut is_validation = vec![false; n];
    shuffled[..n_validation].iter().for_each(|&index| is_validation[index as usize] = true);
    (0..n as u32).partition(|&index| !is_validation[index as usize])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_epoch_visits_each_image_once(n in 0usize..500, batch_size in 1usize..70, shuffle: bool, seed: u32) {
            let mut sampler = Sampler::new((0..n as u32).collect(), shuffle, seed);
            for _ in 0..3 {
                sampler.begin_epoch();
                let mut seen = Vec::new();
                loop {
                    let batch = sampler.take(batch_size);
                    if batch.is_empty() {
                        break;
                    }
                    seen.extend_from_slice(batch);
                }
                prop_assert!(shuffle || seen.is_sorted());
                seen.sort_unstable();
                prop_assert_eq!(seen, (0..n as u32).collect::<Vec<_>>());
            }
        }

        #[test]
        fn a_split_parts_the_images_without_loss(n in 1usize..500, share in 0.0f64..1.0, seed: u32) {
            let n_validation = (n as f64 * share) as usize;
            let (training, validation) = split(n, n_validation, seed);
            prop_assert_eq!(validation.len(), n_validation);
            let mut all = [training, validation].concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..n as u32).collect::<Vec<_>>());
        }
    }

    #[test]
    fn two_shuffled_epochs_differ() {
        let mut sampler = Sampler::new((0..100).collect(), true, 1);
        sampler.begin_epoch();
        let first = sampler.take(100).to_vec();
        sampler.begin_epoch();
        assert_ne!(first, sampler.take(100));
    }
}
