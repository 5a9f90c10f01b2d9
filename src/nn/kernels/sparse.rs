//! Products with a matrix that is mostly zeros, over its non-zero numbers only.
//!
//! 81 % of MNIST's pixels are 0. The first layer's product and its weight's gradient then are a fifth of the work:
//! y = x·W adds up the rows of W at the lit pixels, and ∂L/∂W = xᵀ·∂L/∂y adds up, for each pixel, the rows of ∂L/∂y
//! of the images in which it is lit. Conv2d's gradients use them too, for the ∂L/∂y that a max-pool lets through. What
//! is skipped counts as 0, even where the other factor has run away to ∞.

use ndarray::{ArrayView2, ArrayViewMut2};

use super::spans::{BLOCK, Term, sum_spans};
use super::{ROW_MAJOR, Scalar};

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

/// Puts (index, `number(item)`) of each item that `is_nonzero` at the beginning of `found`, which has room for all
/// items; returns how many there are. Of `GROUP` items at a time, none is looked at alone where all are zeros; else
/// every number is written, and the next overwrites it if it was 0: a branch that the processor cannot foresee costs
/// more.
pub fn collect_nonzero<const GROUP: usize, X: Copy, T: Copy>(
    items: &[X],
    found: &mut [(u32, T)],
    is_nonzero: impl Fn(X) -> bool,
    number: impl Fn(X) -> T,
) -> usize {
    let found = &mut found[..items.len()];
    let mut n_found = 0;
    let mut collect = |start: usize, group: &[X]| {
        for (offset, &item) in group.iter().enumerate() {
            found[n_found] = ((start + offset) as u32, number(item));
            n_found += usize::from(is_nonzero(item));
        }
    };
    let (groups, rest) = items.as_chunks::<GROUP>();
    for (group_idx, group) in groups.iter().enumerate() {
        if group.iter().fold(false, |any, &item| any | is_nonzero(item)) {
            collect(group_idx * GROUP, group);
        }
    }
    collect(items.len() - rest.len(), rest);
    n_found
}

/// The same of plain numbers.
fn collect_numbers<T: Scalar>(row: &[T], found: &mut [(u32, T)]) -> usize {
    collect_nonzero::<8, _, _>(row, found, T::is_nonzero, |x| x)
}

/// Turns (index, factor) of rows of `n_cols` numbers into terms, so that the multiplication is not made again for each
/// block of columns.
pub fn locate<T: Scalar>(rows: &[(u32, T)], n_cols: usize, terms: &mut Vec<Term<T>>) {
    terms.clear();
    terms.extend(rows.iter().map(|&(index, factor)| (index * n_cols as u32, factor)));
}

/// y += x·W, with x (batch, fan-in) mostly zeros, W (fan-in, fan-out), y (batch, fan-out).
pub fn multiply_add<T: Scalar>(x: ArrayView2<T>, weight: ArrayView2<T>, mut y: ArrayViewMut2<T>) {
    let n_cols = weight.ncols();
    let weight = weight.to_slice().expect(ROW_MAJOR);
    let mut found = vec![(0, T::zero()); x.ncols()];
    let mut terms = Vec::with_capacity(x.ncols());
    for (x, mut y) in x.rows().into_iter().zip(y.rows_mut()) {
        let n_found = collect_numbers(x.to_slice().expect(ROW_MAJOR), &mut found);
        locate(&found[..n_found], n_cols, &mut terms);
        sum_spans(y.as_slice_mut().expect(ROW_MAJOR), &terms, weight, true);
    }
}

/// The non-zero numbers of a batch x (batch, fan-in), by row and by column.
pub struct Nonzeros<T> {
    /// (column, number) of each, row by row.
    by_row: Vec<(u32, T)>,
    /// Where each row's numbers begin, and where the last one's end.
    row_starts: Vec<usize>,
    /// (place of its row, number) of each, column by column.
    by_column: Vec<Term<T>>,
    /// Where each column's numbers begin, and where the last one's end.
    column_starts: Vec<usize>,
    /// The terms that y is to have.
    terms: Vec<Term<T>>,
    /// A block of W's columns, row by row.
    packed: Vec<[T; BLOCK]>,
    /// Numbers that were looked at, zeros included.
    len: usize,
}

impl<T: Scalar> Default for Nonzeros<T> {
    /// Of a batch without rows.
    fn default() -> Self {
        Self {
            by_row: Vec::new(),
            row_starts: vec![0],
            by_column: Vec::new(),
            column_starts: Vec::new(),
            terms: Vec::new(),
            packed: Vec::new(),
            len: 0,
        }
    }
}

impl<T: Scalar> Nonzeros<T> {
    /// Begins another batch, without rows.
    pub fn clear(&mut self) {
        self.row_starts.truncate(1);
        self.len = 0;
    }

    /// Adds a row of `len` numbers. `collect` is to write (column, number) of each that is not 0, in the order of the
    /// columns, to the beginning of a place for `len` of them, and to return how many there are.
    pub fn push_row(&mut self, len: usize, collect: impl FnOnce(&mut [(u32, T)]) -> usize) {
        let n_found = self.n_found();
        if self.by_row.len() < n_found + len {
            self.by_row.resize(n_found + len, (0, T::zero()));
        }
        let n_found = n_found + collect(&mut self.by_row[n_found..][..len]);
        self.row_starts.push(n_found);
        self.len += len;
    }

    /// Finds the non-zero numbers of x (batch, fan-in).
    pub fn read(&mut self, x: ArrayView2<T>) {
        self.clear();
        for row in x.rows() {
            let row = row.to_slice().expect(ROW_MAJOR);
            self.push_row(row.len(), |found| collect_numbers(row, found));
        }
    }

    /// Whether a product with x is faster here than as a dense one.
    pub fn is_preferable(&self) -> bool {
        self.n_rows() <= MAX_ROWS_UNPACKED || is_few(self.n_found(), self.len)
    }

    pub fn n_rows(&self) -> usize {
        self.row_starts.len() - 1
    }

    fn n_found(&self) -> usize {
        self.row_starts[self.row_starts.len() - 1]
    }

    /// (column, number) of each, row by row.
    pub fn rows(&self) -> impl Iterator<Item = &[(u32, T)]> {
        self.row_starts.windows(2).map(|ends| &self.by_row[ends[0]..ends[1]])
    }

    /// y += x·W, with W (fan-in, fan-out) and y (batch, fan-out).
    pub fn multiply_add(&mut self, weight: ArrayView2<T>, mut y: ArrayViewMut2<T>) {
        let n_cols = weight.ncols();
        let weight = weight.to_slice().expect(ROW_MAJOR);
        let mut terms = std::mem::take(&mut self.terms);
        let n_packed = if self.n_rows() < MIN_ROWS_PACKED { 0 } else { n_cols - n_cols % BLOCK };
        if n_packed > 0 {
            locate(&self.by_row[..self.n_found()], BLOCK, &mut terms);
        }
        for first in (0..n_packed).step_by(BLOCK) {
            self.packed.clear();
            let columns = |row: &[T]| *row[first..].first_chunk::<BLOCK>().expect("a block of the row");
            self.packed.extend(weight.chunks_exact(n_cols).map(columns));
            for (ends, mut y) in self.row_starts.windows(2).zip(y.rows_mut()) {
                let y = &mut y.as_slice_mut().expect(ROW_MAJOR)[first..first + BLOCK];
                sum_spans(y, &terms[ends[0]..ends[1]], self.packed.as_flattened(), true);
            }
        }
        if n_packed < n_cols {
            for (row, mut y) in self.rows().zip(y.rows_mut()) {
                locate(row, n_cols, &mut terms);
                sum_spans(&mut y.as_slice_mut().expect(ROW_MAJOR)[n_packed..], &terms, &weight[n_packed..], true);
            }
        }
        self.terms = terms;
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

    /// Sorts what was read by its column, of which there are `n_columns`, each with the place of its row: a counting
    /// sort, which keeps the rows' order.
    fn transpose(&mut self, n_columns: usize, place: impl Fn(usize) -> usize) {
        let n_found = self.n_found();
        // starts[c + 1] first counts column c − 1, then walks from the beginning of column c to its end.
        let mut starts = std::mem::take(&mut self.column_starts);
        starts.clear();
        starts.resize(n_columns + 2, 0);
        for &(column, _) in &self.by_row[..n_found] {
            starts[column as usize + 2] += 1;
        }
        for column in 2..starts.len() {
            starts[column] += starts[column - 1];
        }
        if self.by_column.len() < n_found {
            self.by_column.resize(n_found, (0, T::zero()));
        }
        let (row_starts, by_row, by_column) = (&self.row_starts, &self.by_row, &mut self.by_column);
        for (row_idx, ends) in row_starts.windows(2).enumerate() {
            let place = place(row_idx) as u32;
            for &(column, number) in &by_row[ends[0]..ends[1]] {
                let to = &mut starts[column as usize + 1];
                by_column[*to] = (place, number);
                *to += 1;
            }
        }
        self.column_starts = starts;
    }

    /// For each of x's columns, of which there are `n_columns`, the terms of its product with spans that begin at
    /// `place(row)`.
    pub fn columns(&mut self, n_columns: usize, place: impl Fn(usize) -> usize) -> impl Iterator<Item = &[Term<T>]> {
        self.transpose(n_columns, place);
        self.column_starts[..=n_columns].windows(2).map(|ends| &self.by_column[ends[0]..ends[1]])
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
            let mut at_once = y.clone();
            nonzeros.multiply_add(weight.view(), y.view_mut());
            prop_assert!(are_close(&y, &expected));
            multiply_add(x.view(), weight.view(), at_once.view_mut());
            prop_assert!(are_close(&at_once, &expected));

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
