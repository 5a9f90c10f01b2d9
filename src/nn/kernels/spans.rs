//! y = Σ factor·span: adds up stretches (spans) of one list of numbers, each times its factor. A sparse product is such
//! a sum: x·W = Σ xᵢ·(row i of W) over the i with xᵢ ≠ 0.

use super::Scalar;

/// Numbers that are summed at the same time, in registers: eight of four numbers each.
pub const BLOCK: usize = 32;

/// A span to be added up: where its first number lies, and the factor it comes with.
pub type Term<T> = (u32, T);

/// y = Σ factor·(as many of `numbers` as y has, from the term's place on) over `terms`. With `accumulate`, that is
/// added to what y holds.
pub fn sum_spans<T: Scalar>(y: &mut [T], terms: &[Term<T>], numbers: &[T], accumulate: bool) {
    let (blocks, rest) = y.as_chunks_mut::<BLOCK>();
    let mut done = 0;
    for block in blocks {
        sum_block(block, terms, numbers, done, accumulate);
        done += BLOCK;
    }
    let (blocks, rest) = rest.as_chunks_mut::<8>();
    for block in blocks {
        sum_block(block, terms, numbers, done, accumulate);
        done += 8;
    }
    for y in rest.as_chunks_mut::<1>().0 {
        sum_block(y, terms, numbers, done, accumulate);
        done += 1;
    }
}

/// The same for a block of y before which `done` numbers came. Two terms at a time, as the loop's own steps cost as
/// much as half a term; an odd one comes first, so that the sums need not leave the registers.
#[inline(always)]
fn sum_block<T: Scalar, const B: usize>(
    y: &mut [T; B],
    terms: &[Term<T>],
    numbers: &[T],
    done: usize,
    accumulate: bool,
) {
    // Without terms there may be no numbers either.
    let numbers = numbers.get(done..).unwrap_or_default();
    let span = |place: u32| numbers[place as usize..].first_chunk::<B>().expect("a span is as long as y");
    let mut sum = if accumulate { *y } else { [T::zero(); B] };
    let (odd, pairs) = terms.as_rchunks::<2>();
    if let &[(place, factor)] = odd {
        add_span(&mut sum, factor, span(place));
    }
    for &[(place_a, a), (place_b, b)] in pairs {
        let (span_a, span_b) = (span(place_a), span(place_b));
        add_span(&mut sum, a, span_a);
        add_span(&mut sum, b, span_b);
    }
    *y = sum;
}

/// sum += factor·span
#[inline(always)]
fn add_span<T: Scalar, const B: usize>(sum: &mut [T; B], factor: T, span: &[T; B]) {
    for (sum, &number) in sum.iter_mut().zip(span) {
        *sum += factor * number;
    }
}
