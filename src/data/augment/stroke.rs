//! Strokes made wider or narrower.

/// Room to change the strokes of images of one size.
///
/// Widening takes the most ink around each pixel, narrowing the least (grey-level dilation and erosion). The
/// neighbourhood is the mean of a cross, which moves diagonal edges by 0.7 pixels, and a square, which moves them by
/// 1.4; both move upright edges by 1. A part of that is a mixture with the image as it was, which is exact for
/// anti-aliased upright edges. A stroke has two edges, so its width changes by twice what they move.
#[derive(Clone)]
pub struct StrokeWidth {
    cols: usize,
    /// The image with a frame of one pixel around it that changes nothing.
    padded: Vec<u8>,
    /// The most or least of three pixels one above the other, for each column of the padded image.
    columns: Vec<u8>,
}

impl StrokeWidth {
    pub fn new(rows: usize, cols: usize) -> Self {
        Self { cols, padded: vec![0; (rows + 2) * (cols + 2)], columns: vec![0; cols + 2] }
    }

    /// Makes strokes wider by `pixels`, −2 to 2.
    pub fn change(&mut self, image: &mut [u8], pixels: f64) {
        let weight = (pixels.abs() * 128.0 + 0.5) as u32;
        if pixels > 0.0 {
            self.blend(image, weight, 0, u8::max);
        } else {
            self.blend(image, weight, 255, u8::min);
        }
    }

    /// Mixes the image with what `pick` makes of each pixel's neighbourhood, by `weight` of 256; `neutral` is never
    /// picked.
    fn blend(&mut self, image: &mut [u8], weight: u32, neutral: u8, pick: impl Fn(u8, u8) -> u8) {
        let cols = self.cols;
        let stride = cols + 2;
        self.padded.fill(neutral);
        for (padded, row) in self.padded[stride..].chunks_exact_mut(stride).zip(image.chunks_exact(cols)) {
            padded[1..=cols].copy_from_slice(row);
        }
        for (row_idx, row) in image.chunks_exact_mut(cols).enumerate() {
            let [above, here, below] = [0, 1, 2].map(|i| &self.padded[(row_idx + i) * stride..][..stride]);
            for (column, ((&a, &b), &c)) in self.columns.iter_mut().zip(above.iter().zip(here).zip(below)) {
                *column = pick(pick(a, b), c);
            }
            let sides = here.windows(3).zip(self.columns.windows(3));
            for (pixel, (here, columns)) in row.iter_mut().zip(sides) {
                let cross = pick(pick(here[0], here[2]), columns[1]);
                let square = pick(pick(columns[0], columns[2]), columns[1]);
                let picked = (u32::from(cross) + u32::from(square)) * weight;
                *pixel = ((picked + 2 * u32::from(*pixel) * (256 - weight) + 256) / 512) as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn widening_only_adds_ink_and_narrowing_only_takes_it(
            (cols, image) in (1usize..20, 1usize..20).prop_flat_map(|(rows, cols)| {
                (Just(cols), prop::collection::vec(prop::num::u8::ANY, rows * cols))
            }),
            pixels in 0.0..=2.0,
        ) {
            let mut stroke_width = StrokeWidth::new(image.len() / cols, cols);
            let mut wider = image.clone();
            stroke_width.change(&mut wider, pixels);
            let mut narrower = image.clone();
            stroke_width.change(&mut narrower, -pixels);
            for ((wider, narrower), pixel) in wider.into_iter().zip(narrower).zip(image) {
                prop_assert!(narrower <= pixel && pixel <= wider, "{narrower} {pixel} {wider}");
            }
        }
    }

    #[test]
    fn the_width_of_a_stroke_changes_by_as_many_pixels() {
        const N: usize = 16;
        for pixels in [-2.0, -1.5, -1.0, -0.3, 0.0, 0.25, 1.0, 1.7, 2.0] {
            // Five pixels wide from border to border, upright and lying.
            for stride in [1, N] {
                let mut image: Vec<u8> =
                    (0..N * N).map(|i| if (5..10).contains(&(i / stride % N)) { 255 } else { 0 }).collect();
                StrokeWidth::new(N, N).change(&mut image, pixels);
                let ink: f64 = image.iter().map(|&ink| f64::from(ink) / 255.0).sum();
                assert!((ink / N as f64 - (5.0 + pixels)).abs() < 0.01, "{pixels}: {ink}");
            }
        }
    }

    #[test]
    fn the_width_of_a_slanting_stroke_changes_nearly_alike() {
        const N: isize = 48;
        for pixels in [-2.0, 2.0] {
            let mut image: Vec<u8> = (0..N * N).map(|i| if (i / N - i % N).abs() <= 5 { 255 } else { 0 }).collect();
            let before: f64 = image.iter().map(|&ink| f64::from(ink)).sum();
            StrokeWidth::new(N as usize, N as usize).change(&mut image, pixels);
            let after: f64 = image.iter().map(|&ink| f64::from(ink)).sum();
            // The stroke is 11/√2 pixels wide.
            let change = (after / before - 1.0) * 11.0 / 2f64.sqrt();
            assert!((change / pixels - 1.06).abs() < 0.1, "{change} for {pixels}");
        }
    }
}
