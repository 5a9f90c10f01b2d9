//! Layers as plain data.

use crate::by_kind::by_kind;
use crate::decimal::decimal;

by_kind! {
    /// One layer of a recipe.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum LayerSpec as "LayerSpec" {
        /// y = x·W + b with `units` outputs.
        Dense {
            units: usize,
            #[serde(default = "yes")]
            bias: bool,
        },
        /// `channels` kernels of kernel × kernel numbers slide over the image, its border widened by `padding` zeros.
        Conv2d {
            channels: usize,
            kernel: usize,
            #[serde(default = "one")]
            stride: usize,
            #[serde(default)]
            padding: usize,
            #[serde(default = "yes")]
            bias: bool,
        },
        /// The largest of each window of kernel × kernel numbers. Without a `stride`, windows do not overlap.
        MaxPool2d {
            kernel: usize,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            stride: Option<usize>,
        },
        /// The mean of each window of kernel × kernel numbers. Without a `stride`, windows do not overlap.
        AvgPool2d {
            kernel: usize,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            stride: Option<usize>,
        },
        /// An image becomes numbers in a row.
        Flatten {},
        /// While training, each number is 0 with probability `rate`.
        Dropout {
            rate: f64,
        },
        /// Each channel (or number, where there is no image) gets mean 0 and variance 1, then a learned scale and
        /// shift.
        BatchNorm {},
        Relu {},
        LeakyRelu {
            slope: f64,
        },
        Sigmoid {},
        Tanh {},
        Gelu {},
        Silu {},
        Elu {
            #[serde(default = "alpha")]
            alpha: f64,
        },
    }
}

fn yes() -> bool {
    true
}

fn one() -> usize {
    1
}

fn alpha() -> f64 {
    1.0
}

impl LayerSpec {
    /// What the layer is called, with its settings: "Dense 128", "Conv2d 16@5×5, stride 2", "LeakyReLU 0.1".
    pub fn name(self) -> String {
        let window = |kernel: usize, stride: usize, usual: usize, padding: usize| {
            let mut text = format!("{kernel}×{kernel}");
            if stride != usual {
                text += &format!(", stride {stride}");
            }
            if padding != 0 {
                text += &format!(", padding {padding}");
            }
            text
        };
        let no = |bias: bool| if bias { "" } else { ", no bias" };
        match self {
            LayerSpec::Dense { units, bias } => format!("Dense {units}{}", no(bias)),
            LayerSpec::Conv2d { channels, kernel, stride, padding, bias } => {
                format!("Conv2d {channels}@{}{}", window(kernel, stride, 1, padding), no(bias))
            }
            LayerSpec::MaxPool2d { kernel, stride } => {
                format!("MaxPool2d {}", window(kernel, stride.unwrap_or(kernel), kernel, 0))
            }
            LayerSpec::AvgPool2d { kernel, stride } => {
                format!("AvgPool2d {}", window(kernel, stride.unwrap_or(kernel), kernel, 0))
            }
            LayerSpec::Flatten {} => "Flatten".into(),
            LayerSpec::Dropout { rate } => format!("Dropout {}", decimal(rate)),
            LayerSpec::BatchNorm {} => "BatchNorm".into(),
            LayerSpec::Relu {} => "ReLU".into(),
            LayerSpec::LeakyRelu { slope } => format!("LeakyReLU {}", decimal(slope)),
            LayerSpec::Sigmoid {} => "Sigmoid".into(),
            LayerSpec::Tanh {} => "tanh".into(),
            LayerSpec::Gelu {} => "GELU".into(),
            LayerSpec::Silu {} => "SiLU".into(),
            LayerSpec::Elu { alpha } => format!("ELU {}", decimal(alpha)),
        }
    }
}
