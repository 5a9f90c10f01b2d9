//! What makes the layers fast: products and sums over plain numbers, each beside the naive one that it is tested
//! against. Nothing here knows of layers.

pub mod correlation;
pub mod dot;
pub mod elementary;
pub mod nonzeros;
pub mod product;
mod reused;
pub mod scalar;
pub mod spans;
pub mod sparse;
pub mod strips;
pub mod window;

pub use nonzeros::Nonzeros;
pub use reused::Reused;
pub use scalar::Scalar;
pub use window::Window;

/// What to say when a batch is not stored as it always is.
pub const ROW_MAJOR: &str = "batches are row-major";

/// The first `n` numbers of `scratch`, made longer where that is needed. Their contents mean nothing.
pub fn workspace<T: Scalar>(scratch: &mut Vec<T>, n: usize) -> &mut [T] {
    if scratch.len() < n {
        scratch.resize(n, T::zero());
    }
    &mut scratch[..n]
}
