//! Images unfolded for the convolution.
//!
//! Strip j is what the window sees as it slides down over output column j: a row of kernel·channels numbers for each
//! row of the image. What it sees at position (i, j) then lies in one piece: kernel of these rows, in the order (row,
//! column, channel), from row i·stride on. Unfolding every position by itself would take kernel times the memory.

use std::ops::Range;

use super::{Scalar, Window};

/// The sizes of an image's strips.
#[derive(Clone, Copy)]
pub struct Strips {
    window: Window,
    /// Rows and columns of the image with its border of zeros.
    padded_height: usize,
    padded_width: usize,
}

impl Strips {
    pub fn new(window: Window) -> Self {
        let border = 2 * window.padding;
        Self { window, padded_height: window.height + border, padded_width: window.width + border }
    }

    pub fn window(&self) -> &Window {
        &self.window
    }

    /// Numbers that the image with its border takes; an image without one is taken as it is.
    pub fn n_padded(&self) -> usize {
        if self.window.padding == 0 { 0 } else { self.padded_height * self.padded_width * self.window.channels }
    }

    /// Numbers of a row of a strip.
    fn row(&self) -> usize {
        self.window.kernel * self.window.channels
    }

    /// Numbers of a strip.
    pub fn strip_len(&self) -> usize {
        self.padded_height * self.row()
    }

    /// Numbers that the window sees at a position.
    pub fn fan_in(&self) -> usize {
        self.window.n_seen()
    }

    pub fn n_strips(&self) -> usize {
        self.window.output_width
    }

    /// The number of position (i, j) in row-major order.
    pub fn position(&self, i: usize, j: usize) -> usize {
        i * self.window.output_width + j
    }

    /// Where in the strips the window is at its position (i, j).
    pub fn offset(&self, i: usize, j: usize) -> usize {
        j * self.strip_len() + i * self.step()
    }

    /// Numbers of all strips.
    pub fn n_numbers(&self) -> usize {
        self.window.output_width * self.strip_len()
    }

    /// From one position of the window to the next below it.
    pub fn step(&self) -> usize {
        self.window.stride * self.row()
    }

    /// Writes the strips of `image` (height, width, channels); `padded` has room for `n_padded` numbers.
    pub fn unfold<T: Scalar>(&self, image: &[T], padded: &mut [T], strips: &mut [T]) {
        let Window { channels, stride, .. } = self.window;
        let image = if self.window.padding == 0 {
            image
        } else {
            padded.fill(T::zero());
            for (row, from) in image.chunks_exact(self.window.width * channels).enumerate() {
                padded[self.inner_row(row)].copy_from_slice(from);
            }
            padded
        };
        for (j, strip) in strips.chunks_exact_mut(self.strip_len()).enumerate() {
            let from = &image[j * stride * channels..];
            combine_rows(strip, self.row(), from, self.padded_width * channels, self.row(), |_, x| x);
        }
    }

    /// The way back: writes into `image` the sum of the numbers in `strips` that each of its numbers went to.
    pub fn fold<T: Scalar>(&self, strips: &[T], padded: &mut [T], image: &mut [T]) {
        let Window { channels, stride, .. } = self.window;
        let add_up = |sums: &mut [T]| {
            sums.fill(T::zero());
            for (j, strip) in strips.chunks_exact(self.strip_len()).enumerate() {
                let to = &mut sums[j * stride * channels..];
                combine_rows(to, self.padded_width * channels, strip, self.row(), self.row(), |sum, x| sum + x);
            }
        };
        if self.window.padding == 0 {
            add_up(image);
        } else {
            add_up(padded);
            for (row, to) in image.chunks_exact_mut(self.window.width * channels).enumerate() {
                to.copy_from_slice(&padded[self.inner_row(row)]);
            }
        }
    }

    /// Where a row of the image lies in the image with its border.
    fn inner_row(&self, row: usize) -> Range<usize> {
        let Window { channels, padding, width, .. } = self.window;
        let start = ((row + padding) * self.padded_width + padding) * channels;
        start..start + width * channels
    }

    /// The output rows at which the window sees anything but zeros in `strip`: half of MNIST's are blank.
    pub fn lit<T: Scalar>(&self, strip: &[T]) -> Range<usize> {
        let Window { kernel, stride, output_height, .. } = self.window;
        let is_lit = |row: &[T]| row.iter().fold(false, |any, &x| any | (x != T::zero()));
        let mut rows = strip.chunks_exact(self.row());
        let Some(first) = rows.position(is_lit) else { return 0..0 };
        let last = strip.chunks_exact(self.row()).rposition(is_lit).expect("one row is lit");
        let start = (first + 1).saturating_sub(kernel).div_ceil(stride);
        let end = (last / stride + 1).min(output_height);
        if start < end { start..end } else { 0..0 }
    }
}

/// `to[r][c] = f(to[r][c], from[r][c])` for c below `n`, where the rows r begin `to_stride` and `from_stride` apart.
fn combine_rows<T: Scalar>(
    to: &mut [T],
    to_stride: usize,
    from: &[T],
    from_stride: usize,
    n: usize,
    f: impl Fn(T, T) -> T + Copy,
) {
    let mut column = 0;
    while column + 8 <= n {
        combine_columns::<T, 8>(&mut to[column..], to_stride, &from[column..], from_stride, f);
        column += 8;
    }
    while column + 4 <= n {
        combine_columns::<T, 4>(&mut to[column..], to_stride, &from[column..], from_stride, f);
        column += 4;
    }
    while column < n {
        combine_columns::<T, 1>(&mut to[column..], to_stride, &from[column..], from_stride, f);
        column += 1;
    }
}

/// The same for the first N columns: they are so few that copying each row by itself would take longer to begin than to
/// do.
fn combine_columns<T: Scalar, const N: usize>(
    to: &mut [T],
    to_stride: usize,
    from: &[T],
    from_stride: usize,
    f: impl Fn(T, T) -> T,
) {
    for (to, from) in to.chunks_mut(to_stride).zip(from.chunks(from_stride)) {
        let (Some(to), Some(from)) = (to.first_chunk_mut::<N>(), from.first_chunk::<N>()) else { break };
        *to = std::array::from_fn(|idx| f(to[idx], from[idx]));
    }
}
