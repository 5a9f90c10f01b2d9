//! The layers, a file a kind: the formula first, forward beside backward.

mod activation;
mod batch_norm;
mod conv2d;
mod dense;
mod dropout;
mod flatten;
mod pooling;
mod window;

pub use activation::{Activation, ActivationLayer};
pub use batch_norm::BatchNorm;
pub use conv2d::Conv2d;
pub use dense::Dense;
pub use dropout::Dropout;
pub use flatten::Flatten;
pub use pooling::{AvgPool2d, Max, MaxPool2d, Mean, Pool2d, Pooling};
