//! Sums of multiples of stretches of numbers: what products over non-zero numbers are made of.

use super::Scalar;

/// Numbers that are summed at the same time, in registers: eight of four numbers each.
const BLOCK: usize = 32;

/// y += Σ factor·(as many of `numbers` as y has, from `offset(index)` on) over `terms`, (index, factor) each.
pub fn add_spans<T: Scalar>(y: &mut [T], terms: &[(u32, T)], numbers: &[T], offset: impl Fn(usize) -> usize + Copy) {
    let y = add_blocks::<T, BLOCK>(y, 0, terms, numbers, offset);
    let y = add_blocks::<T, 16>(y.0, y.1, terms, numbers, offset);
    let y = add_blocks::<T, 8>(y.0, y.1, terms, numbers, offset);
    let y = add_blocks::<T, 4>(y.0, y.1, terms, numbers, offset);
    add_blocks::<T, 1>(y.0, y.1, terms, numbers, offset);
}

/// The same for as many blocks of B numbers as y has; `done` numbers of the whole came before. Returns what is left.
#[inline(never)]
fn add_blocks<'y, T: Scalar, const B: usize>(
    y: &'y mut [T],
    mut done: usize,
    terms: &[(u32, T)],
    numbers: &[T],
    offset: impl Fn(usize) -> usize + Copy,
) -> (&'y mut [T], usize) {
    let (blocks, rest) = y.as_chunks_mut::<B>();
    for y in blocks {
        let mut sum = *y;
        for &(index, factor) in terms {
            let span: &[T; B] = numbers[offset(index as usize) + done..].first_chunk().expect("a span is as long as y");
            for (sum, &number) in sum.iter_mut().zip(span) {
                *sum += factor * number;
            }
        }
        *y = sum;
        done += B;
    }
    (rest, done)
}
