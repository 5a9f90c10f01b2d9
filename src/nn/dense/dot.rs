//! The product of a few rows with a transposed matrix, as dot products with its rows where they lie.

use ndarray::{ArrayView2, ArrayViewMut2};

use crate::nn::Scalar;
use crate::nn::layer::ROW_MAJOR;

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
    for (x, mut y) in x.rows().into_iter().zip(y.rows_mut()) {
        let x = x.to_slice().expect(ROW_MAJOR);
        for (y, row) in y.iter_mut().zip(weight.rows()) {
            *y = factor * dot(x, row.to_slice().expect(ROW_MAJOR));
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;

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
