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
        for (row_idx, output) in output.chunks_exact_mut(cols).enumerate() {
            let here = row_idx * cols..(row_idx + 1) * cols;
            self.locate(row_idx, &affine.inverse(), displacement.map(|(x, y)| (&x[here.clone()], &y[here])));
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

    /// Finds where the pixels of an output row come from; all that is outside comes from the frame of paper.
    fn locate(&mut self, row_idx: usize, inverse: &[[f64; 3]; 2], displacement: Option<(&[f32], &[f32])>) {
        let y = row_idx as f64;
        let rows = self.padded.len() / (self.cols + 3) - 3;
        for (positions, [a, b, e], n) in [(&mut self.x, inverse[0], self.cols), (&mut self.y, inverse[1], rows)] {
            let place = |x: f64, y: f64| parts((a * x + b * y + e + 1.0).clamp(0.0, (n + 1) as f64));
            match displacement {
                None => positions.iter_mut().zip(0i32..).for_each(|(to, x)| *to = place(x.into(), y)),
                Some((dx, dy)) => {
                    for ((to, (&dx, &dy)), x) in positions.iter_mut().zip(dx.iter().zip(dy)).zip(0i32..) {
                        *to = place(f64::from(x) + f64::from(dx), y + f64::from(dy));
                    }
                }
            }
        }
    }
}

/// A position from 0 to 2²⁴ in parts of a pixel, to the nearest.
///
/// Numbers from 2⁵² on are whole, and from 2⁵²/256 on 1/256 apart, so that the lowest bits of a sum count parts.
/// Unlike a cast, which must mind what is not a number, an addition takes several positions at once on every
/// processor.
fn parts(position: f64) -> u32 {
    const WHOLE: f64 = (1u64 << 52) as f64;
    (position + WHOLE / f64::from(PARTS)).to_bits() as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn image() -> impl Strategy<Value = (usize, Vec<u8>)> {
        (1usize..24, 1usize..24)
            .prop_flat_map(|(rows, cols)| (Just(cols), prop::collection::vec(prop::num::u8::ANY, rows * cols)))
    }

    /// Ink in a box that need not reach the border, on paper.
    fn boxed_ink() -> impl Strategy<Value = (usize, Vec<u8>)> {
        (image(), 0usize..8).prop_map(|((cols, mut image), margin)| {
            let rows = image.len() / cols;
            for (i, pixel) in image.iter_mut().enumerate() {
                let (y, x) = (i / cols, i % cols);
                if y < margin || x < margin || y + margin >= rows || x + margin >= cols {
                    *pixel = 0;
                }
            }
            (cols, image)
        })
    }

    fn affine(rows: usize, cols: usize, [scale_x, scale_y, shear, rotation, shift_x, shift_y]: [f64; 6]) -> Affine {
        let scale = [1.0 + 0.5 * scale_x, 1.0 + 0.5 * scale_y];
        Affine::new(scale, 45.0 * shear, 45.0 * rotation, [9.0 * shift_x, 9.0 * shift_y], rows, cols)
    }

    /// The ink at a source position: each pixel's, weighted by how near it is.
    fn sample(image: &[u8], cols: usize, [x, y]: [f64; 2]) -> f64 {
        let weight = |i: usize, position: f64| (1.0 - (i as f64 - position).abs()).max(0.0);
        let pixels = image.iter().enumerate();
        pixels.map(|(i, &ink)| f64::from(ink) * weight(i % cols, x) * weight(i / cols, y)).sum()
    }

    fn source(affine: &Affine, x: f64, y: f64) -> [f64; 2] {
        affine.inverse().map(|[a, b, e]| a * x + b * y + e)
    }

    proptest! {
        #[test]
        fn resampling_agrees_with_a_naive_one(
            (cols, image) in image(), amounts in prop::array::uniform6(-1.0..1.0), push in -3f32..3.0
        ) {
            let rows = image.len() / cols;
            let affine = affine(rows, cols, amounts);
            let dx: Vec<f32> = (0..image.len()).map(|i| push * (i % 7) as f32 / 7.0).collect();
            let dy: Vec<f32> = (0..image.len()).map(|i| push * (i % 5) as f32 / 5.0).collect();
            let mut output = vec![0; image.len()];
            Warp::new(rows, cols).resample(&image, &mut output, &affine, Some((&dx, &dy)));
            for (i, &found) in output.iter().enumerate() {
                let (x, y) = ((i % cols) as f64 + f64::from(dx[i]), (i / cols) as f64 + f64::from(dy[i]));
                let expected = sample(&image, cols, source(&affine, x, y));
                // Half a part of a pixel in each direction, and the rounding of the result.
                prop_assert!((f64::from(found) - expected).abs() <= 1.6, "{found} {expected}");
            }
        }

        #[test]
        fn a_shift_by_whole_pixels_moves_the_array((cols, image) in image(), down in -5isize..6, right in -5isize..6) {
            let rows = image.len() / cols;
            let affine = Affine::new([1.0; 2], 0.0, 0.0, [right as f64, down as f64], rows, cols);
            let mut output = vec![0; image.len()];
            Warp::new(rows, cols).resample(&image, &mut output, &affine, None);
            for (i, &found) in output.iter().enumerate() {
                let (y, x) = ((i / cols) as isize - down, (i % cols) as isize - right);
                let inside = (0..rows as isize).contains(&y) && (0..cols as isize).contains(&x);
                prop_assert_eq!(found, if inside { image[y as usize * cols + x as usize] } else { 0 });
            }
        }

        #[test]
        fn no_ink_leaves_an_image_that_it_fits(
            (cols, image) in boxed_ink(),
            amounts in prop::array::uniform6(-1.0..1.0),
        ) {
            let rows = image.len() / cols;
            let mut affine = affine(rows, cols, amounts);
            let fits = affine.keep_ink_inside(&image, cols);
            let paper = -12..(rows.max(cols) + 12) as isize;
            for (y, x) in paper.clone().flat_map(|y| paper.clone().map(move |x| (y, x))) {
                let outside = [(x, cols, fits[0]), (y, rows, fits[1])]
                    .iter()
                    .any(|&(i, n, fits)| fits && !(0..n as isize).contains(&i));
                if outside {
                    let lost = sample(&image, cols, source(&affine, x as f64, y as f64));
                    prop_assert!(lost < 1e-9, "{lost} at {x}, {y}");
                }
            }
        }
    }
}
