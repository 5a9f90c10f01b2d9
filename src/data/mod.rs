//! From file bytes and pen strokes to images a network can be trained on and asked about.
//!
//! File bytes → [`idx`] → [`files`] → [`dataset`] → [`sampler`] → [`loader`], on the way varied by [`augment`]. A
//! drawing takes the short way: strokes → [`drawing`]. Both end as bytes, 0 for paper and 255 for ink, and [`pixels`]
//! is the one place where a byte becomes a network's input.

pub mod augment;
pub mod dataset;
pub mod drawing;
pub mod error;
pub mod files;
pub mod idx;
pub mod loader;
pub mod pixels;
pub mod sampler;

pub use augment::{Augmentation, Augmenter, Elastic};
pub use dataset::{Dataset, Datasets};
pub use drawing::{Drawing, Point, Stroke, rasterise};
pub use error::DataError;
pub use files::{NamedFile, read_files};
pub use idx::is_gzip;
pub use loader::{BatchInput, Loader};
pub use sampler::{Sampler, Shuffled, split};
