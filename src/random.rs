//! Random numbers: one seed, one named generator, one stream for each use.

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// xoshiro256++ (Blackman and Vigna, 2019), the same on every machine.
pub type Random = Xoshiro256PlusPlus;

/// What a run draws random numbers for. Each use has a stream of its own, 2^128 numbers apart from the next, so
/// that, for example, a bigger network does not change the order of the images.
///
/// Which stream a use gets is its position in this list: another order would give every recipe other bits. A new use
/// goes to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// The parameters at the start.
    Start,
    /// Which training images are set aside for validation.
    Split,
    /// The order of the images in each epoch.
    Order,
    /// What layers draw while training.
    Layers,
    /// The augmentation of images.
    Augmentation,
    /// What chance alone makes of a comparison of runs.
    Luck,
}

/// The generator for one use in the run with this seed.
pub fn stream(seed: u32, stream: Stream) -> Random {
    let mut random = Random::seed_from_u64(seed.into());
    for _ in 0..stream as usize {
        random.jump();
    }
    random
}
