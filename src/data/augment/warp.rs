//! One resampling of an image along a displacement and an affine map.

use super::affine::Affine;

/// Source positions are kept in this many parts of a pixel, so that interpolating is exact in whole numbers.
const PARTS: u32 = 256;

/// Room to resample images of one size.
#[derive(Clone)]
pub struct Warp {
    cols: usize,
    /// The source image with paper around it: one pixel before, two after.
    padded: Vec<u8>,
    /// Source positions of one row's pixels, from the padded image's corner, in parts of a pixel.
    x: Vec<u32>,
    y: Vec<u32>,
}

impl Warp {
    pub fn new(rows: usize, cols: usize) -> Self {
        Self { cols, padded: vec![0; (rows + 3) * (cols + 3)], x: vec![0; cols], y: vec![0; cols] }
    }

    /// Each output pixel at p becomes the source at A⁻¹(p + d(p)), interpolated bilinearly, with A the affine map
    /// and d the displacement, if any; the source is paper outside.
    pub fn resample(
        &mut self,
        image: &[u8],
        output: &mut [u8],
        affine: &Affine,
        displacement: Option<(&[f32], &[f32])>,
    ) {
        let cols = self.cols;
        let stride = cols + 3;
        for (padded, row) in self.padded[stride..].chunks_exact_mut(stride).zip(image.chunks_exact(cols)) {
            padded[1..=cols].copy_from_slice(row);
        }
        let most = [cols, image.len() / cols].map(|n| (n + 1) as f32);
        let inverse = affine.inverse().map(|row| row.map(|number| number as f32));
        for (row_idx, output) in output.chunks_exact_mut(cols).enumerate() {
            let here = row_idx * cols..(row_idx + 1) * cols;
            let displacement = displacement.map(|(x, y)| (&x[here.clone()], &y[here]));
            for ((to, [a, b, e]), most) in [&mut self.x, &mut self.y].into_iter().zip(inverse).zip(most) {
                let y = row_idx as f32;
                let place = |x: f32, y: f32| parts((a * x + b * y + e + 1.0).clamp(0.0, most));
                match displacement {
                    None => to.iter_mut().enumerate().for_each(|(x, to)| *to = place(x as f32, y)),
                    Some((dx, dy)) => {
                        for (x, (to, (dx, dy))) in to.iter_mut().zip(dx.iter().zip(dy)).enumerate() {
                            *to = place(x as f32 + dx, y + dy);
                        }
                    }
                }
            }
            for (to, (&x, &y)) in output.iter_mut().zip(self.x.iter().zip(&self.y)) {
                let corner = (y / PARTS) as usize * stride + (x / PARTS) as usize;
                let upper = &self.padded[corner..corner + 2];
                let lower = &self.padded[corner + stride..corner + stride + 2];
                let mix = |a: u32, b: u32, part: u32| a * (PARTS - part) + b * part;
                let across = |row: &[u8]| mix(row[0].into(), row[1].into(), x % PARTS);
                let ink = mix(across(upper), across(lower), y % PARTS);
                *to = ((ink + PARTS * PARTS / 2) / (PARTS * PARTS)) as u8;
            }
        }
    }
}

/// A position of at least 0 in parts of a pixel, to the nearest.
fn parts(position: f32) -> u32 {
    (position * PARTS as f32 + 0.5) as u32
}
