//! The shape of what one image becomes on its way through the network.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::words::Number;

/// The shape of one sample between two layers. A batch is stored as a matrix with one sample a row; an image is named
/// by its channels first, as in PyTorch, but stored pixel by pixel, all channels of the first pixel of the first row
/// first ("channels last"): so layers work on several channels at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    Flat(usize),
    Image { channels: usize, height: usize, width: usize },
}

impl Shape {
    /// Numbers a sample.
    pub fn len(self) -> usize {
        match self {
            Shape::Flat(n) => n,
            Shape::Image { channels, height, width } => channels * height * width,
        }
    }

    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// `[n]` or `[channels, height, width]`.
    pub fn dimensions(self) -> Vec<usize> {
        match self {
            Shape::Flat(n) => vec![n],
            Shape::Image { channels, height, width } => vec![channels, height, width],
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Flat(n) => write!(f, "{}", n.in_words()),
            Shape::Image { channels, height, width } => {
                write!(f, "{} × {} × {}", channels.in_words(), height.in_words(), width.in_words())
            }
        }
    }
}
