//! The network: layers that answer and learn, how their weights start, and what measures their error.

mod activation;
mod batch_norm;
mod conv2d;
mod dense;
mod dropout;
mod elementary;
mod flatten;
pub mod init;
mod layer;
pub mod loss;
mod network;
mod plan;
mod pool;
mod product;
mod scalar;
mod shape;
mod spans;
mod sparse;
mod spec;
mod window;

pub use activation::{Activation, ActivationLayer};
pub use batch_norm::BatchNorm;
pub use conv2d::Conv2d;
pub use dense::Dense;
pub use dropout::Dropout;
pub use flatten::Flatten;
pub use init::Start;
pub use layer::{Backward, Descent, Layer, Parameter, ParameterKind};
pub use loss::Loss;
pub use network::{Activations, Network};
pub use plan::{LayerPlan, LayerSummary, NetworkPlan};
pub use pool::{AvgPool2d, MaxPool2d};
pub use scalar::Scalar;
pub use shape::Shape;
pub use spec::{LayerError, LayerSpec};
pub use window::Window;
