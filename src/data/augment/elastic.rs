//! Elastic deformation: a smooth random displacement for every pixel.
//!
//! Simard et al. (2003) draw a displacement for each pixel from U(−1, 1), convolve with a Gaussian of standard
//! deviation σ and multiply by α. Away from the border that is a stationary random field whose values at a distance
//! of d are correlated by exp(−d²/4σ²). Here the displacements are drawn on a coarse lattice and interpolated with
//! cubic B-splines, a tenth of the work: the cubic B-spline of a lattice with spacing h has the standard deviation
//! h/√3, so h = √3·σ makes nearly the same field. Each image lays the lattice elsewhere, which makes the field
//! stationary.

use rand::Rng;

use super::Elastic;
use crate::random::Random;

/// The variance along one axis that B-splines make of independent numbers of variance 1, averaged over where the
/// lattice may lie: the septic B-spline's value at 0.
const VARIANCE: f64 = 151.0 / 315.0;

/// The cubic B-splines that overlap a position, from `cell` on, and their values there.
#[derive(Clone, Copy, Default)]
struct Taps {
    cell: usize,
    weights: [f32; 4],
}

/// One direction of the displacement.
#[derive(Clone, Default)]
struct Component {
    /// Lattice rows × lattice columns, from −1 to 1.
    lattice: Vec<f32>,
    /// Lattice rows × image columns: interpolated horizontally.
    stretched: Vec<f32>,
    /// Image rows × image columns, in pixels.
    displacement: Vec<f32>,
}

/// Displacements of the pixels of one image.
#[derive(Clone)]
pub struct Displacement {
    cols: usize,
    /// Lattice spacings a pixel.
    density: f64,
    lattice_cols: usize,
    x: Component,
    y: Component,
    row_taps: Vec<Taps>,
    col_taps: Vec<Taps>,
    /// From lattice numbers to pixels; less towards the border that the displacement points at.
    row_gain: Vec<f32>,
    col_gain: Vec<f32>,
}

impl Displacement {
    pub fn new(spec: Elastic, rows: usize, cols: usize) -> Self {
        let density = 1.0 / (spec.smoothness * 3f64.sqrt());
        // Four splines overlap a point, and the lattice begins up to one spacing before the image.
        let lattice_size = |n: usize| ((n - 1) as f64 * density + 1.0) as usize + 4;
        let (lattice_rows, lattice_cols) = (lattice_size(rows), lattice_size(cols));
        let component = || Component {
            lattice: vec![0.0; lattice_rows * lattice_cols],
            stretched: vec![0.0; lattice_rows * cols],
            displacement: vec![0.0; rows * cols],
        };
        Self {
            cols,
            density,
            lattice_cols,
            x: component(),
            y: component(),
            row_taps: vec![Taps::default(); rows],
            col_taps: vec![Taps::default(); cols],
            row_gain: gains(spec.strength, rows),
            col_gain: gains(spec.strength, cols),
        }
    }

    /// Draws the displacements for another image: rows × columns in x and in y, in pixels.
    pub fn draw(&mut self, random: &mut Random) -> (&[f32], &[f32]) {
        let offsets = random.next_u64();
        place(&mut self.row_taps, self.density, share(offsets as u32));
        place(&mut self.col_taps, self.density, share((offsets >> 32) as u32));
        for (x, y) in self.x.lattice.iter_mut().zip(&mut self.y.lattice) {
            let bits = random.next_u64();
            *x = symmetric(bits as u32);
            *y = symmetric((bits >> 32) as u32);
        }
        self.x.interpolate(self.lattice_cols, &self.row_taps, &self.col_taps);
        self.y.interpolate(self.lattice_cols, &self.row_taps, &self.col_taps);
        for row in self.x.displacement.chunks_exact_mut(self.cols) {
            row.iter_mut().zip(&self.col_gain).for_each(|(x, gain)| *x *= gain);
        }
        for (row, gain) in self.y.displacement.chunks_exact_mut(self.cols).zip(&self.row_gain) {
            row.iter_mut().for_each(|y| *y *= gain);
        }
        (&self.x.displacement, &self.y.displacement)
    }
}

impl Component {
    fn interpolate(&mut self, lattice_cols: usize, row_taps: &[Taps], col_taps: &[Taps]) {
        let cols = col_taps.len();
        for (stretched, lattice) in self.stretched.chunks_exact_mut(cols).zip(self.lattice.chunks_exact(lattice_cols)) {
            for (to, taps) in stretched.iter_mut().zip(col_taps) {
                let [w0, w1, w2, w3] = taps.weights;
                let from = &lattice[taps.cell..taps.cell + 4];
                *to = w0 * from[0] + w1 * from[1] + w2 * from[2] + w3 * from[3];
            }
        }
        for (displacement, taps) in self.displacement.chunks_exact_mut(cols).zip(row_taps) {
            let [w0, w1, w2, w3] = taps.weights;
            let mut rows = self.stretched[taps.cell * cols..].chunks_exact(cols);
            let mut next = || rows.next().expect("four splines overlap every row");
            let above = next().iter().zip(next());
            let below = next().iter().zip(next());
            for (to, ((a, b), (c, d))) in displacement.iter_mut().zip(above.zip(below)) {
                *to = w0 * a + w1 * b + w2 * c + w3 * d;
            }
        }
    }
}

/// Lays the lattice's first point up to a spacing before the first pixel.
fn place(taps: &mut [Taps], density: f64, offset: f32) {
    for (i, taps) in taps.iter_mut().enumerate() {
        let position = i as f64 * density + f64::from(offset);
        let cell = position as usize;
        *taps = Taps { cell, weights: cubic_b_splines((position - cell as f64) as f32) };
    }
}

/// The four uniform cubic B-splines that overlap the position `f`, from 0 to 1, between two lattice points.
fn cubic_b_splines(f: f32) -> [f32; 4] {
    let g = 1.0 - f;
    [g * g * g / 6.0, f * f * (0.5 * f - 1.0) + 2.0 / 3.0, g * g * (0.5 * g - 1.0) + 2.0 / 3.0, f * f * f / 6.0]
}

/// What lattice numbers are multiplied by to make displacements of standard deviation `strength` along an axis.
///
/// Towards the border that they point at, they shrink to nothing at the first pixels outside. The map is then one of
/// the image onto itself, and no ink is lost. They shrink over three standard deviations, so that what they shift is
/// compressed but hardly ever folded.
fn gains(strength: f64, n: usize) -> Vec<f32> {
    // Numbers from U(−1, 1) have the variance 1/3.
    let gain = strength * 3f64.sqrt() / VARIANCE;
    let ramp = (3.0 * strength).max(1.0);
    (0..n).map(|i| (gain * ((i + 1).min(n - i) as f64 / ramp).min(1.0)) as f32).collect()
}

/// From 0 to below 1.
fn share(bits: u32) -> f32 {
    (bits >> 8) as f32 / (1 << 24) as f32
}

/// From −1 to 1.
fn symmetric(bits: u32) -> f32 {
    bits as i32 as f32 / (1u32 << 31) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Stream, stream};

    const N: usize = 64;
    /// Away from the border, where Simard's field is stationary and ours has not begun to shrink.
    const INNER: std::ops::Range<usize> = 20..44;

    /// The standard deviation at the inner pixels and the correlations at distances of 1 to 12 pixels along x.
    fn statistics(mut draw: impl FnMut() -> Vec<f64>, n_images: usize) -> (f64, Vec<f64>) {
        let mut products = [0.0; 13];
        for _ in 0..n_images {
            let field = draw();
            for y in INNER {
                for x in INNER.start..INNER.end - 12 {
                    for (d, product) in products.iter_mut().enumerate() {
                        *product += field[y * N + x] * field[y * N + x + d];
                    }
                }
            }
        }
        let n = (n_images * INNER.len() * (INNER.len() - 12)) as f64;
        ((products[0] / n).sqrt(), products[1..].iter().map(|product| product / products[0]).collect())
    }

    /// Simard's field as he describes it: U(−1, 1) for each pixel, convolved with a Gaussian.
    fn simard(alpha: f64, sigma: f64, random: &mut Random) -> Vec<f64> {
        let reach = (4.0 * sigma) as isize;
        let kernel: Vec<f64> = (-reach..=reach).map(|d| (-(d * d) as f64 / (2.0 * sigma * sigma)).exp()).collect();
        let total: f64 = kernel.iter().sum();
        let convolve = |field: &[f64], stride: usize, position: fn(usize) -> usize| -> Vec<f64> {
            (0..N * N)
                .map(|i| {
                    let taps = (-reach..=reach).zip(&kernel);
                    taps.filter(|(d, _)| (0..N as isize).contains(&(position(i) as isize + d)))
                        .map(|(d, k)| k / total * field[(i as isize + d * stride as isize) as usize])
                        .sum()
                })
                .collect()
        };
        let noise: Vec<f64> = (0..N * N).map(|_| alpha * f64::from(symmetric(random.next_u32()))).collect();
        convolve(&convolve(&noise, 1, |i| i % N), N, |i| i / N)
    }

    #[test]
    fn the_field_is_like_one_smoothed_by_a_gaussian() {
        let random = &mut stream(1, Stream::Augmentation);
        let spec = Elastic { strength: 1.38, smoothness: 4.0 };
        let mut displacement = Displacement::new(spec, N, N);
        let alpha = 2.0 * (3.0 * std::f64::consts::PI).sqrt() * spec.smoothness * spec.strength;
        let (std_true, correlations_true) = statistics(|| simard(alpha, spec.smoothness, random), 300);
        for component in [0, 1] {
            let draw = || {
                let (x, y) = displacement.draw(random);
                [x, y][component].iter().map(|&d| f64::from(d)).collect()
            };
            let (std, correlations) = statistics(draw, 3_000);
            assert!((std / spec.strength - 1.0).abs() < 0.02, "{std}");
            assert!((std / std_true - 1.0).abs() < 0.06, "{std} {std_true}");
            for (d, (ours, theirs)) in correlations.iter().zip(&correlations_true).enumerate() {
                let exact = (-((d + 1) as f64).powi(2) / (4.0 * spec.smoothness * spec.smoothness)).exp();
                assert!((ours - exact).abs() < 0.04, "{ours} {exact} at {}", d + 1);
                assert!((ours - theirs).abs() < 0.12, "{ours} {theirs} at {}", d + 1);
            }
        }
    }
}
