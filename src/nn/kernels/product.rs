//! The dense matrix product, C += A·B.
//!
//! B is packed into panels of up to eight columns, so that the innermost loop reads it number after number; four rows
//! of A go through a panel together, their 4 × 8 sums in eight vector registers. That is Goto and van de Geijn's
//! method, "Anatomy of high-performance matrix multiplication", 2008, with fewer levels. Sums are made in a fixed
//! order, the same on every machine.

use std::array::from_fn;

use super::{Scalar, workspace};

/// Rows of B that are packed at once: a panel of them stays in the processor's first cache.
const DEPTH: usize = 256;
/// Rows of A that go through all panels before the next do: they stay in the second cache.
const ROWS: usize = 256;

/// A matrix as it lies in memory, or its transpose.
#[derive(Clone, Copy)]
pub enum Matrix<'a, T> {
    /// Row i begins at i·step; rows may overlap.
    ByRow { numbers: &'a [T], step: usize },
    /// Column j begins at j·step.
    ByColumn { numbers: &'a [T], step: usize },
}

impl<'a, T> Matrix<'a, T> {
    pub fn transposed(self) -> Self {
        match self {
            Self::ByRow { numbers, step } => Self::ByColumn { numbers, step },
            Self::ByColumn { numbers, step } => Self::ByRow { numbers, step },
        }
    }

    /// Without its first `i` rows.
    fn skip_rows(self, i: usize) -> Self {
        match self {
            Self::ByRow { numbers, step } => Self::ByRow { numbers: &numbers[i * step..], step },
            Self::ByColumn { numbers, step } => Self::ByColumn { numbers: &numbers[i..], step },
        }
    }

    /// Without its first `j` columns.
    fn skip_columns(self, j: usize) -> Self {
        self.transposed().skip_rows(j).transposed()
    }
}

/// C += A·B with A (`n_rows`, `depth`), B (`depth`, `n_columns`) and C (`n_rows`, `n_columns`), whose row i begins at
/// i·`c_step`.
pub fn multiply_add<T: Scalar>(
    (n_rows, depth, n_columns): (usize, usize, usize),
    a: Matrix<T>,
    b: Matrix<T>,
    c: &mut [T],
    c_step: usize,
    scratch: &mut Vec<T>,
) {
    for k in (0..depth).step_by(DEPTH) {
        let n_deep = DEPTH.min(depth - k);
        let packed = workspace(scratch, n_deep * n_columns);
        pack(b.skip_rows(k), n_deep, n_columns, packed);
        for i in (0..n_rows).step_by(ROWS) {
            let a = a.skip_rows(i).skip_columns(k);
            multiply_packed(ROWS.min(n_rows - i), a, packed, n_deep, &mut c[i * c_step..], c_step, n_columns);
        }
    }
}

/// The panels of a matrix with `n_columns`: for each, its first column and how many it has.
fn panels(n_columns: usize) -> impl Iterator<Item = (usize, usize)> {
    let width = move |first| [8, 4, 2, 1].into_iter().find(|width| first + width <= n_columns);
    let panel = move |first| width(first).map(|width| (first, width));
    std::iter::successors(panel(0), move |&(first, width)| panel(first + width))
}

/// Packs the first `depth` rows of B: panel by panel, each row by row.
pub fn pack<T: Scalar>(b: Matrix<T>, depth: usize, n_columns: usize, packed: &mut [T]) {
    let mut rest = packed;
    for (first, width) in panels(n_columns) {
        let panel;
        (panel, rest) = rest.split_at_mut(depth * width);
        let pack = match width {
            8 => pack_panel::<T, 8>,
            4 => pack_panel::<T, 4>,
            2 => pack_panel::<T, 2>,
            _ => pack_panel::<T, 1>,
        };
        pack(b.skip_columns(first), panel);
    }
}

fn pack_panel<T: Scalar, const N: usize>(b: Matrix<T>, panel: &mut [T]) {
    let (panel, _) = panel.as_chunks_mut::<N>();
    // The columns of B are the rows of its transpose.
    match b.transposed() {
        Matrix::ByRow { numbers, step } => {
            let depth = panel.len();
            panel.iter_mut().zip(along_rows(numbers, step, depth)).for_each(|(to, from)| *to = from);
        }
        Matrix::ByColumn { numbers, step } => {
            panel.iter_mut().zip(by_columns(numbers, step)).for_each(|(to, from)| *to = from);
        }
    }
}

/// Adds A·B to C, with all of B's `depth` rows as `pack` left them.
pub fn multiply_packed<T: Scalar>(
    n_rows: usize,
    a: Matrix<T>,
    packed: &[T],
    depth: usize,
    c: &mut [T],
    c_step: usize,
    n_columns: usize,
) {
    let mut rest = packed;
    for (first, width) in panels(n_columns) {
        let panel;
        (panel, rest) = rest.split_at(depth * width);
        let multiply = match width {
            8 => multiply_panel::<T, 8>,
            4 => multiply_panel::<T, 4>,
            2 => multiply_panel::<T, 2>,
            _ => multiply_panel::<T, 1>,
        };
        multiply(n_rows, a, panel, &mut c[first..], c_step);
    }
}

fn multiply_panel<T: Scalar, const N: usize>(n_rows: usize, a: Matrix<T>, panel: &[T], c: &mut [T], c_step: usize) {
    let (panel, _) = panel.as_chunks::<N>();
    let n_in_fours = n_rows - n_rows % 4;
    for i in (0..n_in_fours).step_by(4) {
        multiply_rows::<T, 4, N>(a.skip_rows(i), panel, &mut c[i * c_step..], c_step);
    }
    for i in n_in_fours..n_rows {
        multiply_rows::<T, 1, N>(a.skip_rows(i), panel, &mut c[i * c_step..], c_step);
    }
}

/// The same for the first P rows. A function of its own: in a large one, a browser's compiler runs out of registers.
#[inline(never)]
fn multiply_rows<T: Scalar, const P: usize, const N: usize>(
    a: Matrix<T>,
    panel: &[[T; N]],
    c: &mut [T],
    c_step: usize,
) {
    let sums = from_fn(|p| *c[p * c_step..].first_chunk().expect("C has all columns"));
    let sums: [[T; N]; P] = match a {
        Matrix::ByRow { numbers, step } => add_up(sums, along_rows(numbers, step, panel.len()), panel),
        Matrix::ByColumn { numbers, step } => add_up(sums, by_columns(numbers, step), panel),
    };
    for (p, sums) in sums.into_iter().enumerate() {
        *c[p * c_step..].first_chunk_mut().expect("C has all columns") = sums;
    }
}

/// `sums[p][n] + Σ x[k][p]·b[k][n]` over k.
#[inline(always)]
fn add_up<T: Scalar, const P: usize, const N: usize>(
    mut sums: [[T; N]; P],
    x: impl Iterator<Item = [T; P]>,
    b: &[[T; N]],
) -> [[T; N]; P] {
    for (b, x) in b.iter().zip(x) {
        for (sums, x) in sums.iter_mut().zip(x) {
            for (sum, &b) in sums.iter_mut().zip(b) {
                *sum += x * b;
            }
        }
    }
    sums
}

/// The first P rows of a matrix kept by row: number 0 of each, number 1 of each, …
#[inline(always)]
fn along_rows<T: Scalar, const P: usize>(numbers: &[T], step: usize, depth: usize) -> impl Iterator<Item = [T; P]> {
    let rows: [&[T]; P] = from_fn(|p| &numbers[p * step..][..depth]);
    (0..depth).map(move |k| from_fn(|p| rows[p][k]))
}

/// The same of a matrix kept by column.
#[inline(always)]
fn by_columns<T: Scalar, const P: usize>(numbers: &[T], step: usize) -> impl Iterator<Item = [T; P]> {
    numbers.chunks(step).map(|column| *column.first_chunk().expect("a column has all rows"))
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;
    use proptest::prelude::*;
    use rand::RngExt;

    use super::*;
    use crate::random::{Stream, stream};

    /// Row-major numbers as a matrix, or column-major ones of the same matrix.
    fn lay_out<'a>(rows: &'a Array2<f64>, columns: &'a Array2<f64>, by_row: bool) -> Matrix<'a, f64> {
        if by_row {
            Matrix::ByRow { numbers: rows.as_slice().expect("row-major"), step: rows.ncols() }
        } else {
            Matrix::ByColumn { numbers: columns.as_slice().expect("row-major"), step: columns.ncols() }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_product_is_what_its_definition_says(
            n_rows in prop_oneof![0..12usize, 250..260usize],
            depth in prop_oneof![1..12usize, 250..260usize, 510..515usize],
            n_columns in 1..30usize,
            a_by_row: bool,
            b_by_row: bool,
            seed: u32,
        ) {
            let mut random = stream(seed, Stream::Start);
            let mut matrix = |shape| Array2::<f64>::from_shape_simple_fn(shape, || random.random_range(-1.0..1.0));
            let (a, b, mut c) = (matrix((n_rows, depth)), matrix((depth, n_columns)), matrix((n_rows, n_columns)));
            let expected = &c + &a.dot(&b);
            let (a_columns, b_columns) = (a.t().as_standard_layout().to_owned(), b.t().as_standard_layout().to_owned());
            let (a, b) = (lay_out(&a, &a_columns, a_by_row), lay_out(&b, &b_columns, b_by_row));
            let size = (n_rows, depth, n_columns);
            multiply_add(size, a, b, c.as_slice_mut().expect("row-major"), n_columns, &mut Vec::new());
            prop_assert!(c.iter().zip(&expected).all(|(c, expected)| (c - expected).abs() < 1e-12 * depth as f64));
        }
    }
}
