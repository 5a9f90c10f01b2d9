//! The product of a few rows with a transposed matrix, as dot products with its rows where they lie.

use ndarray::{ArrayView2, ArrayViewMut2};

use super::{ROW_MAJOR, Scalar};

/// Sums kept side by side, so that the processor adds eight numbers at once; they are added up in a fixed order.
const LANES: usize = 8;

fn dot<T: Scalar>(a: &[T], b: &[T]) -> T {
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b.as_chunks::<LANES>();
    let mut sums = [T::zero(); LANES];
    for (a, b) in a.iter().zip(b) {
        for ((sum, &a), &b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let products = a_rest.iter().zip(b_rest).map(|(&a, &b)| a * b);
    sums.into_iter().chain(products).fold(T::zero(), |sum, x| sum + x)
}

/// y = factor·x·Wᵀ, with x (rows, fan-out), W (fan-in, fan-out), y (rows, fan-in).
pub fn multiply_transposed<T: Scalar>(factor: T, x: ArrayView2<T>, weight: ArrayView2<T>, mut y: ArrayViewMut2<T>) {
    let weight = weight.to_slice().expect(ROW_MAJOR);
    for (x, mut y) in x.rows().into_iter().zip(y.rows_mut()) {
        let x = x.to_slice().expect(ROW_MAJOR);
        let y = y.as_slice_mut().expect(ROW_MAJOR);
        for (y, row) in y.iter_mut().zip(weight.chunks_exact(x.len())) {
            *y = factor * dot(x, row);
        }
    }
}

/// For one sample, dx = scale·dy·Wᵀ and then W += factor·xᵀ·dy, with x and dx (fan-in), dy (fan-out), W (fan-in,
/// fan-out). Each row of W is taken from memory once for both.
pub fn multiply_transposed_and_add<T: Scalar>(
    scale: T,
    dy: &[T],
    mut weight: ArrayViewMut2<T>,
    factor: T,
    x: &[T],
    dx: &mut [T],
) {
    let weight = weight.as_slice_mut().expect(ROW_MAJOR);
    for ((dx, &x), row) in dx.iter_mut().zip(x).zip(weight.chunks_exact_mut(dy.len())) {
        *dx = scale * dot_and_add(dy, factor * x, row);
    }
}

/// a·b, and then b += factor·a.
fn dot_and_add<T: Scalar>(a: &[T], factor: T, b: &mut [T]) -> T {
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b.as_chunks_mut::<LANES>();
    let mut sums = [T::zero(); LANES];
    for (a, b) in a.iter().zip(b) {
        for ((sum, &a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * *b;
            *b += factor * a;
        }
    }
    let mut sum = sums.into_iter().fold(T::zero(), |sum, x| sum + x);
    for (&a, b) in a_rest.iter().zip(b_rest) {
        sum += a * *b;
        *b += factor * a;
    }
    sum
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;

    #[test]
    fn one_pass_over_the_weight_does_what_two_would() {
        for n in [1, 8, 21] {
            let weight = Array2::from_shape_fn((5, n), |(i, j)| libm::sin((3 * i + 5 * j) as f64));
            let x = Array2::from_shape_fn((1, 5), |(_, i)| libm::cos(i as f64));
            let dy = Array2::from_shape_fn((1, n), |(_, j)| libm::cos(2.0 * j as f64));
            let (mut updated, mut dx) = (weight.clone(), [0.0; 5]);
            let row = |matrix: &Array2<f64>| matrix.row(0).to_vec();
            multiply_transposed_and_add(2.0, &row(&dy), updated.view_mut(), -0.5, &row(&x), &mut dx);
            let expected = 2.0 * dy.dot(&weight.t());
            assert!(dx.iter().zip(&expected).all(|(dx, expected)| (dx - expected).abs() < 1e-12));
            let expected = &weight - 0.5 * x.t().dot(&dy);
            assert!(updated.iter().zip(&expected).all(|(w, expected)| (w - expected).abs() < 1e-12));
        }
    }

    #[test]
    fn a_product_with_the_transposed_is_the_dense_one() {
        let matrix = |shape: (usize, usize), phase: f64| {
            Array2::from_shape_fn(shape, |(i, j)| libm::sin(phase + 7.0 * i as f64 + 3.0 * j as f64))
        };
        for n in [1, 7, 8, 21] {
            let (x, weight) = (matrix((3, n), 0.5), matrix((5, n), 0.25));
            let mut y = Array2::zeros((3, 5));
            multiply_transposed(2.0, x.view(), weight.view(), y.view_mut());
            let expected = 2.0 * x.dot(&weight.t());
            assert!(y.iter().zip(&expected).all(|(y, expected)| (y - expected).abs() < 1e-12), "{y} is not {expected}");
        }
    }
}
