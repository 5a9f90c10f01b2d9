//! Products with a matrix that is mostly zeros, over its non-zero numbers only.
//!
//! Four fifths of MNIST's pixels are 0, and the first layer's product and its weight's gradient then are a fifth of
//! the work: y = x·W adds up the rows of W at the lit pixels, and ∂L/∂W = xᵀ·∂L/∂y adds up, for each pixel, the rows
//! of ∂L/∂y of the images in which it is lit. Conv2d's gradients use them too, for the ∂L/∂y that a max-pool lets
//! through. What is skipped counts as 0, even where the other factor has run away to ∞.

use ndarray::{ArrayView2, ArrayViewMut2};

use super::nonzeros::Workspace;
use super::spans::{BLOCK, Term, sum_spans};
use super::{Nonzeros, ROW_MAJOR, Scalar};

/// A dense product with so few rows is over before the weight has been packed for it.
pub const MAX_ROWS_UNPACKED: usize = 3;
/// For so many rows of x it pays to pack W, block by block of columns: each then stays in the first caches.
const MIN_ROWS_PACKED: usize = 128;
/// Above this share of non-zero numbers the dense product is faster.
const MAX_DENSITY: f64 = 0.4;

/// Whether a product with x is faster here than as a dense one.
pub fn is_preferable<T: Scalar>(x: ArrayView2<T>) -> bool {
    let numbers = x.to_slice().expect(ROW_MAJOR);
    let n_nonzero = || numbers.iter().map(|&x| u32::from(x != T::zero())).sum::<u32>() as usize;
    x.nrows() <= MAX_ROWS_UNPACKED || is_few(n_nonzero(), numbers.len())
}

fn is_few(n_nonzero: usize, len: usize) -> bool {
    (n_nonzero as f64) < MAX_DENSITY * len as f64
}

/// Turns (index, factor) of rows of `n_cols` numbers into terms, so that the multiplication is not made again for each
/// block of columns.
pub fn locate<T: Scalar>(rows: &[(u32, T)], n_cols: usize, terms: &mut Vec<Term<T>>) {
    terms.clear();
    terms.extend(rows.iter().map(|&(index, factor)| (index * n_cols as u32, factor)));
}

impl<T: Scalar> Nonzeros<T> {
    /// Whether a product with x is faster here than as a dense one.
    pub fn is_preferable(&self) -> bool {
        self.n_rows() <= MAX_ROWS_UNPACKED || is_few(self.n_found(), self.n_numbers())
    }

    /// y += x·W, with W (fan-in, fan-out) and y (batch, fan-out).
    pub fn multiply_add(&mut self, weight: ArrayView2<T>, mut y: ArrayViewMut2<T>) {
        let n_cols = weight.ncols();
        let weight = weight.to_slice().expect(ROW_MAJOR);
        let Workspace { mut terms, mut packed } = std::mem::take(&mut self.workspace);
        let n_packed = if self.n_rows() < MIN_ROWS_PACKED { 0 } else { n_cols - n_cols % BLOCK };
        if n_packed > 0 {
            locate(self.found(), BLOCK, &mut terms);
        }
        for first in (0..n_packed).step_by(BLOCK) {
            packed.clear();
            let columns = |row: &[T]| *row[first..].first_chunk::<BLOCK>().expect("a block of the row");
            packed.extend(weight.chunks_exact(n_cols).map(columns));
            for (ends, mut y) in self.row_starts().windows(2).zip(y.rows_mut()) {
                let y = &mut y.as_slice_mut().expect(ROW_MAJOR)[first..first + BLOCK];
                sum_spans(y, &terms[ends[0]..ends[1]], packed.as_flattened(), true);
            }
        }
        if n_packed < n_cols {
            for (row, mut y) in self.rows().zip(y.rows_mut()) {
                locate(row, n_cols, &mut terms);
                sum_spans(&mut y.as_slice_mut().expect(ROW_MAJOR)[n_packed..], &terms, &weight[n_packed..], true);
            }
        }
        self.workspace = Workspace { terms, packed };
    }

    /// W += factor·xᵀ·∂L/∂y, with ∂L/∂y (batch, fan-out) and W (fan-in, fan-out), touching only the rows of W that a
    /// non-zero number reached.
    pub fn add_outer_products(&self, factor: T, output_gradient: ArrayView2<T>, mut weight: ArrayViewMut2<T>) {
        let n_columns = weight.ncols();
        let weight = weight.as_slice_mut().expect(ROW_MAJOR);
        for (terms, gradient) in self.rows().zip(output_gradient.rows()) {
            let gradient = gradient.to_slice().expect(ROW_MAJOR);
            for &(index, x) in terms {
                let row = &mut weight[index as usize * n_columns..][..n_columns];
                for (w, &g) in row.iter_mut().zip(gradient) {
                    *w += factor * x * g;
                }
            }
        }
    }

    /// gradient = xᵀ·∂L/∂y, or added to what is there; ∂L/∂y (batch, fan-out), gradient (fan-in, fan-out).
    pub fn weight_gradient(
        &mut self,
        output_gradient: ArrayView2<T>,
        mut gradient: ArrayViewMut2<T>,
        accumulate: bool,
    ) {
        let output_gradient = output_gradient.to_slice().expect(ROW_MAJOR);
        let (fan_in, fan_out) = gradient.dim();
        for (mut row, terms) in gradient.rows_mut().into_iter().zip(self.columns(fan_in, |row| row * fan_out)) {
            sum_spans(row.as_slice_mut().expect(ROW_MAJOR), terms, output_gradient, accumulate);
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, linalg::general_mat_mul};
    use proptest::prelude::*;
    use rand::RngExt;

    use super::*;
    use crate::random::{Random, Stream, stream};

    fn matrix(shape: (usize, usize), density: f64, random: &mut Random) -> Array2<f64> {
        Array2::from_shape_simple_fn(shape, || {
            if random.random_bool(density) { random.random_range(-1.0..1.0) } else { 0.0 }
        })
    }

    fn are_close(a: &Array2<f64>, b: &Array2<f64>) -> bool {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12 * (1.0 + b.abs()))
    }

    proptest! {
        #[test]
        fn the_sparse_products_are_the_dense_ones(
            batch in prop_oneof![0usize..9, 126usize..131], fan_in in 1usize..700, fan_out in 1usize..75,
            density in 0.0f64..0.8, accumulate: bool, seed: u32,
        ) {
            let mut random = stream(seed, Stream::Start);
            let x = matrix((batch, fan_in), density, &mut random);
            let weight = matrix((fan_in, fan_out), 1.0, &mut random);
            let dy = matrix((batch, fan_out), 1.0, &mut random);

            let mut expected = matrix((batch, fan_out), 1.0, &mut random);
            let mut y = expected.clone();
            general_mat_mul(1.0, &x, &weight, 1.0, &mut expected);
            let mut nonzeros = Nonzeros::default();
            // A larger batch before must leave nothing behind.
            nonzeros.read(matrix((20, fan_in), 0.5, &mut random).view());
            nonzeros.read(x.view());
            nonzeros.multiply_add(weight.view(), y.view_mut());
            prop_assert!(are_close(&y, &expected));

            let mut updated = weight.clone();
            nonzeros.add_outer_products(-0.5, dy.view(), updated.view_mut());
            prop_assert!(are_close(&updated, &(&weight - 0.5 * x.t().dot(&dy))));

            let mut expected = matrix((fan_in, fan_out), 1.0, &mut random);
            let mut gradient = expected.clone();
            general_mat_mul(1.0, &x.t(), &dy, if accumulate { 1.0 } else { 0.0 }, &mut expected);
            nonzeros.weight_gradient(dy.view(), gradient.view_mut(), accumulate);
            prop_assert!(are_close(&gradient, &expected));
        }
    }

    #[test]
    fn a_picture_is_sparse_and_noise_is_not() {
        let mut random = stream(1, Stream::Start);
        assert!(is_preferable(matrix((10, 100), 0.2, &mut random).view()));
        assert!(!is_preferable(matrix((10, 100), 0.6, &mut random).view()));
    }
}
