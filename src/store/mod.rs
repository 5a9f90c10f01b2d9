//! What is kept of a run beyond the page: bytes in formats of their own.

mod bytes;
pub mod checkpoint;
