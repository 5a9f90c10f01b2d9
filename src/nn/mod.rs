//! The network: layers that answer and learn, how their weights start, and what measures their error.
//!
//! [`layers`] is what a student opens, [`kernels`] what makes it fast.

mod activations;
mod fuse;
pub mod init;
pub mod kernels;
mod layer;
pub mod layers;
pub mod loss;
mod network;
mod parameter;
mod plan;
mod shape;
mod spec;

pub use activations::{Activations, TrainingActivations};
pub use fuse::{Fusion, Order, Step};
pub use init::Start;

pub use kernels::{Nonzeros, Scalar, Window};
pub use layer::{Backward, Descend, Descent, Input, Layer, SparseInput};
pub use loss::Loss;
pub use network::Network;
pub use parameter::{Parameter, ParameterKind, WeightAndBias};
pub use plan::{LayerPlan, LayerSummary, Misfit, NetworkPlan};
pub use shape::Shape;
pub use spec::LayerSpec;
