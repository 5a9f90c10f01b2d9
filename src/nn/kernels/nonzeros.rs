//! The numbers of a batch that are not 0: how they are found, and how they lie.

use ndarray::ArrayView2;

use super::spans::{BLOCK, Term};
use super::{ROW_MAJOR, Scalar};

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
    /// Numbers that were looked at, zeros included.
    len: usize,
    /// Memory for products.
    pub(super) workspace: Workspace<T>,
}

/// What a product needs on its way.
pub(super) struct Workspace<T> {
    /// The terms that y is to have.
    pub terms: Vec<Term<T>>,
    /// A block of W's columns, row by row.
    pub packed: Vec<[T; BLOCK]>,
}

impl<T> Default for Workspace<T> {
    fn default() -> Self {
        Self { terms: Vec::new(), packed: Vec::new() }
    }
}

impl<T: Scalar> Default for Nonzeros<T> {
    /// Of a batch without rows.
    fn default() -> Self {
        Self {
            by_row: Vec::new(),
            row_starts: vec![0],
            by_column: Vec::new(),
            column_starts: Vec::new(),
            len: 0,
            workspace: Workspace::default(),
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

    pub fn n_rows(&self) -> usize {
        self.row_starts.len() - 1
    }

    /// Numbers that were looked at, zeros included.
    pub(super) fn n_numbers(&self) -> usize {
        self.len
    }

    pub(super) fn n_found(&self) -> usize {
        self.row_starts[self.row_starts.len() - 1]
    }

    /// Where each row's numbers begin in `found`, and where the last one's end.
    pub(super) fn row_starts(&self) -> &[usize] {
        &self.row_starts
    }

    /// (column, number) of each, all rows one after another.
    pub(super) fn found(&self) -> &[(u32, T)] {
        &self.by_row[..self.n_found()]
    }

    /// (column, number) of each, row by row.
    pub fn rows(&self) -> impl Iterator<Item = &[(u32, T)]> {
        self.row_starts.windows(2).map(|ends| &self.by_row[ends[0]..ends[1]])
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
}
