//! Variations of a training image, drawn anew each time it is seen, so that a network learns what may vary in
//! handwriting and what may not. Simard, Steinkraus and Platt, "Best practices for convolutional neural networks
//! applied to visual document analysis", 2003; Cireşan, Meier, Gambardella and Schmidhuber, "Deep, big, simple
//! neural nets for handwritten digit recognition", 2010.
//!
//! Bytes in, bytes out: what a byte means to a network is the business of [`pixels`](super::pixels) alone. Shift,
//! rotation, scale, shear and elastic deformation are one map from output to source positions, so that the image is
//! interpolated, and thereby blurred, once; then the strokes are made thicker or thinner; then comes the noise.

mod affine;
mod augmenter;
mod elastic;
mod stroke;
mod warp;

use serde::{Deserialize, Serialize};

pub use augmenter::Augmenter;

use crate::error::{Faults, between};

/// How strongly training images are varied; 0 is not at all. Every amount is drawn for each image from the uniform
/// distribution between its two extremes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Augmentation {
    /// Pixels to either side, horizontally and vertically.
    pub shift: f64,
    /// Degrees to either side, about the image's centre.
    pub rotation: f64,
    /// Share by which width and height, each by its own, grow or shrink: 0.1 is a factor from 0.9 to 1.1.
    pub scale: f64,
    /// Degrees by which upright lines slant to either side.
    pub shear: f64,
    pub elastic: Elastic,
    /// Pixels by which strokes become wider or narrower.
    pub thickness: f64,
    /// Standard deviation of what is added to each pixel, as a share of full ink.
    pub noise: f64,
}

/// Random displacement of every point, similar for points close to each other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Elastic {
    /// Standard deviation of the displacement in each direction, in pixels, at most half the smoothness; 0 is none.
    /// Simard's α is 2·√(3π)·smoothness times this: his α = 34, σ = 4 is a strength of 1.38.
    pub strength: f64,
    /// Standard deviation σ of the Gaussian that smooths the displacements, in pixels.
    pub smoothness: f64,
}

impl Default for Elastic {
    fn default() -> Self {
        Self { strength: 0.0, smoothness: 4.0 }
    }
}

impl Augmentation {
    /// Whether images stay as they are.
    pub fn is_none(&self) -> bool {
        let Self { shift, rotation, scale, shear, elastic, thickness, noise } = *self;
        [shift, rotation, scale, shear, elastic.strength, thickness, noise].iter().all(|&amount| amount == 0.0)
    }

    /// Finds the settings out of range.
    pub fn faults(&self) -> Faults {
        let smoothness = between(2.0, 100.0);
        let smoothness = smoothness.followed_by(" pixels").check("elastic.smoothness", self.elastic.smoothness);
        // Where that is wrong, as far as it ever goes.
        let most_strength = if smoothness.is_ok() { self.elastic.smoothness / 2.0 } else { 50.0 };
        let mut faults = Faults::default();
        for (field, value, least, most, unit) in [
            ("shift", self.shift, 0.0, 100.0, " pixels"),
            ("rotation", self.rotation, 0.0, 45.0, " degrees"),
            ("scale", self.scale, 0.0, 0.5, ""),
            ("shear", self.shear, 0.0, 45.0, " degrees"),
            // Stronger, and most images would fold over themselves.
            ("elastic.strength", self.elastic.strength, 0.0, most_strength, " pixels"),
            ("thickness", self.thickness, 0.0, 2.0, " pixels"),
            ("noise", self.noise, 0.0, 1.0, ""),
        ] {
            faults.note(between(least, most).followed_by(unit).check(field, value));
        }
        faults.note(smoothness);
        faults
    }
}
