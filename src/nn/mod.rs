//! The network: layers that answer and learn, how their weights start, and what measures their error.

mod activation;
mod dense;
pub mod init;
mod layer;
pub mod loss;
mod network;
mod scalar;
mod shape;
mod spec;

pub use activation::{Activation, ActivationLayer};
pub use dense::Dense;
pub use init::Start;
pub use layer::{Backward, Layer, Parameter, ParameterKind};
pub use loss::Loss;
pub use network::{Activations, LayerSummary, Network, NetworkPlan};
pub use scalar::Scalar;
pub use shape::Shape;
pub use spec::{LayerError, LayerSpec};
