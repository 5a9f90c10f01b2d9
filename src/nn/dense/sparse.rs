//! Products with a matrix that is mostly zeros, over its non-zero numbers only.
//!
//! 81 % of MNIST's pixels are 0. The first layer's product and its weight's gradient then are a fifth of the work:
//! y = x·W adds up the rows of W at the lit pixels, and ∂L/∂W = xᵀ·∂L/∂y adds up, for each pixel, the rows of ∂L/∂y
//! of the images in which it is lit.

use ndarray::{ArrayView2, ArrayViewMut2};

use crate::nn::Scalar;
use crate::nn::layer::ROW_MAJOR;

/// Above this share of non-zero numbers the dense product is faster.
const MAX_DENSITY: f64 = 0.4;
/// Numbers looked at together: where all of them are 0, none is looked at alone.
const GROUP: usize = 8;
/// Columns that are summed at the same time, in registers: eight of four numbers each.
const BLOCK: usize = 32;
/// Non-zero numbers of a row that are collected before they are used.
const MAX_COLLECTED: usize = 256;

/// Whether so much of `x` is 0 that the products here are faster than dense ones.
pub fn is_sparse<T: Scalar>(x: ArrayView2<T>) -> bool {
    let numbers = x.to_slice().expect(ROW_MAJOR);
    let n_nonzero = numbers.iter().map(|&x| usize::from(x != T::zero())).sum::<usize>();
    (n_nonzero as f64) < MAX_DENSITY * numbers.len() as f64
}

/// Calls `found` for each non-zero number of `row` with its index.
fn for_each_nonzero<T: Scalar>(row: &[T], mut found: impl FnMut(usize, T)) {
    let (groups, rest) = row.as_chunks::<GROUP>();
    for (group_idx, group) in groups.iter().enumerate() {
        if group.iter().fold(false, |any, &x| any | (x != T::zero())) {
            for (offset, &x) in group.iter().enumerate() {
                if x != T::zero() {
                    found(group_idx * GROUP + offset, x);
                }
            }
        }
    }
    for (offset, &x) in rest.iter().enumerate() {
        if x != T::zero() {
            found(groups.len() * GROUP + offset, x);
        }
    }
}

/// y += Σ factor·(the row of `matrix` at index) over `terms`, (index, factor) each; `matrix` has rows of y's length.
fn add_rows<T: Scalar>(y: &mut [T], terms: &[(u32, T)], matrix: &[T]) {
    let n_cols = y.len();
    let (blocks, rest) = y.as_chunks_mut::<BLOCK>();
    let mut col = 0;
    for block in blocks {
        add_block(block, terms, matrix, n_cols, col);
        col += BLOCK;
    }
    let (blocks, rest) = rest.as_chunks_mut::<4>();
    for block in blocks {
        add_block(block, terms, matrix, n_cols, col);
        col += 4;
    }
    for y in rest.as_chunks_mut::<1>().0 {
        add_block(y, terms, matrix, n_cols, col);
        col += 1;
    }
}

/// The same for B columns from `col` on, summed in registers.
#[inline(always)]
fn add_block<T: Scalar, const B: usize>(y: &mut [T; B], terms: &[(u32, T)], matrix: &[T], n_cols: usize, col: usize) {
    let mut sum = *y;
    for &(index, factor) in terms {
        let row: &[T; B] = matrix[index as usize * n_cols + col..].first_chunk().expect("a row has all columns");
        for (sum, &number) in sum.iter_mut().zip(row) {
            *sum += factor * number;
        }
    }
    *y = sum;
}

/// y += x·W, with x (batch, fan-in) mostly zeros, W (fan-in, fan-out), y (batch, fan-out).
pub fn multiply_add<T: Scalar>(x: ArrayView2<T>, weight: ArrayView2<T>, mut y: ArrayViewMut2<T>) {
    let weight = weight.to_slice().expect(ROW_MAJOR);
    let mut terms = [(0, T::zero()); MAX_COLLECTED];
    for (x, mut y) in x.rows().into_iter().zip(y.rows_mut()) {
        let y = y.as_slice_mut().expect(ROW_MAJOR);
        let mut n_terms = 0;
        for_each_nonzero(x.to_slice().expect(ROW_MAJOR), |index, x| {
            if n_terms == MAX_COLLECTED {
                add_rows(y, &terms, weight);
                n_terms = 0;
            }
            terms[n_terms] = (index as u32, x);
            n_terms += 1;
        });
        add_rows(y, &terms[..n_terms], weight);
    }
}

/// The non-zero numbers of a batch x, column by column.
pub struct Columns<T> {
    /// Where each column's numbers begin, and where the last one's end.
    starts: Vec<u32>,
    /// (row, number) of each.
    terms: Vec<(u32, T)>,
    /// (column, row, number) in the order of the rows.
    found: Vec<(u32, u32, T)>,
}

impl<T: Scalar> Columns<T> {
    pub fn new() -> Self {
        Self { starts: Vec::new(), terms: Vec::new(), found: Vec::new() }
    }

    /// Reads a batch.
    pub fn read(&mut self, x: ArrayView2<T>) {
        self.found.clear();
        self.starts.clear();
        self.starts.resize(x.ncols() + 2, 0);
        for (row_idx, row) in x.rows().into_iter().enumerate() {
            for_each_nonzero(row.to_slice().expect(ROW_MAJOR), |col, number| {
                self.found.push((col as u32, row_idx as u32, number));
                self.starts[col + 2] += 1;
            });
        }
        for col in 2..self.starts.len() {
            self.starts[col] += self.starts[col - 1];
        }
        // A counting sort: starts[col + 1] walks from the beginning of its column to the end, the beginning of the next.
        self.terms.resize(self.found.len(), (0, T::zero()));
        for &(col, row, number) in &self.found {
            let place = &mut self.starts[col as usize + 1];
            self.terms[*place as usize] = (row, number);
            *place += 1;
        }
    }

    /// gradient = xᵀ·∂L/∂y, or added to what is there; ∂L/∂y (batch, fan-out), gradient (fan-in, fan-out).
    pub fn weight_gradient(&self, output_gradient: ArrayView2<T>, mut gradient: ArrayViewMut2<T>, accumulate: bool) {
        let output_gradient = output_gradient.to_slice().expect(ROW_MAJOR);
        for (mut row, ends) in gradient.rows_mut().into_iter().zip(self.starts.windows(2)) {
            let row = row.as_slice_mut().expect(ROW_MAJOR);
            if !accumulate {
                row.fill(T::zero());
            }
            add_rows(row, &self.terms[ends[0] as usize..ends[1] as usize], output_gradient);
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
            batch in 0usize..9, fan_in in 1usize..700, fan_out in 1usize..75, density in 0.0f64..0.8, accumulate: bool,
            seed: u32,
        ) {
            let mut random = stream(seed, Stream::Start);
            let x = matrix((batch, fan_in), density, &mut random);
            let weight = matrix((fan_in, fan_out), 1.0, &mut random);
            let dy = matrix((batch, fan_out), 1.0, &mut random);

            let mut expected = matrix((batch, fan_out), 1.0, &mut random);
            let mut y = expected.clone();
            general_mat_mul(1.0, &x, &weight, 1.0, &mut expected);
            multiply_add(x.view(), weight.view(), y.view_mut());
            prop_assert!(are_close(&y, &expected));

            let mut expected = matrix((fan_in, fan_out), 1.0, &mut random);
            let mut gradient = expected.clone();
            general_mat_mul(1.0, &x.t(), &dy, if accumulate { 1.0 } else { 0.0 }, &mut expected);
            let mut columns = Columns::new();
            // A larger batch before must leave nothing behind.
            columns.read(matrix((20, fan_in), 0.5, &mut random).view());
            columns.read(x.view());
            columns.weight_gradient(dy.view(), gradient.view_mut(), accumulate);
            prop_assert!(are_close(&gradient, &expected));
        }
    }

    #[test]
    fn a_picture_is_sparse_and_noise_is_not() {
        let mut random = stream(1, Stream::Start);
        assert!(is_sparse(matrix((10, 100), 0.2, &mut random).view()));
        assert!(!is_sparse(matrix((10, 100), 0.6, &mut random).view()));
    }
}
