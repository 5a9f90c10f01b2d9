//! What is drawn for each image, and in which order it is done.

use rand::{Rng, RngExt};

use super::Augmentation;
use super::affine::Affine;
use super::elastic::Displacement;
use super::stroke::StrokeWidth;
use super::warp::Warp;
use crate::random::Random;

/// Varies images of one size.
#[derive(Clone)]
pub struct Augmenter {
    spec: Augmentation,
    rows: usize,
    cols: usize,
    displacement: Option<Displacement>,
    warp: Warp,
    stroke_width: StrokeWidth,
}

impl Augmenter {
    /// For images of `rows` × `cols`, at least 1 × 1, with a `spec` that was [checked](Augmentation::faults).
    pub fn new(spec: Augmentation, rows: usize, cols: usize) -> Self {
        Self {
            spec,
            rows,
            cols,
            displacement: (spec.elastic.strength > 0.0).then(|| Displacement::new(spec.elastic, rows, cols)),
            warp: Warp::new(rows, cols),
            stroke_width: StrokeWidth::new(rows, cols),
        }
    }

    /// Writes a variation of `image` (rows · cols bytes, row-major, 0 paper to 255 ink) to `output`.
    ///
    /// The shift is shortened where it would push ink out of the image, and the elastic displacement leaves the
    /// border where it is: only what has become larger than the image, or wider at the border, is cut off.
    ///
    /// Every image takes the same number of draws from `random`, whatever it shows.
    ///
    /// # Panics
    /// When `image` or `output` do not have rows · cols bytes.
    pub fn augment(&mut self, image: &[u8], output: &mut [u8], random: &mut Random) {
        let n_pixels = self.rows * self.cols;
        assert_eq!((image.len(), output.len()), (n_pixels, n_pixels), "image and output should have rows · cols bytes");
        let spec = self.spec;
        let mut draw = |most: f64| (2.0 * random.random::<f64>() - 1.0) * most;
        let shift = [draw(spec.shift), draw(spec.shift)];
        let scale = [1.0 + draw(spec.scale), 1.0 + draw(spec.scale)];
        let (shear, rotation, thickness) = (draw(spec.shear), draw(spec.rotation), draw(spec.thickness));

        let mut affine = Affine::new(scale, shear, rotation, shift, self.rows, self.cols);
        affine.keep_ink_inside(image, self.cols);
        let displacement = self.displacement.as_mut().map(|displacement| displacement.draw(random));
        self.warp.resample(image, output, &affine, displacement);
        if spec.thickness > 0.0 {
            self.stroke_width.change(output, thickness);
        }
        if spec.noise > 0.0 {
            add_noise(output, spec.noise, random);
        }
    }
}

/// Adds a random number of standard deviation `strength`, a share of full ink, to each pixel, and clamps.
///
/// The numbers are sums of four uniform ones, which are nearly normal (excess kurtosis −0.3, none beyond 3.5
/// standard deviations) and take one draw each.
fn add_noise(image: &mut [u8], strength: f64, random: &mut Random) {
    // Four independent numbers of a range of 2¹⁶ have the variance 4·2³²/12.
    let gain = (255.0 * strength * 3f64.sqrt() / 65536.0) as f32;
    for pixel in image {
        let bits = random.next_u64();
        let sum: u32 = [0, 16, 32, 48].iter().map(|shift| u32::from((bits >> shift) as u16)).sum();
        let noise = (sum as f32 - 4.0 * 32767.5) * gain;
        *pixel = (f32::from(*pixel) + noise + 0.5).clamp(0.0, 255.0) as u8;
    }
}
