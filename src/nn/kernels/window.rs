//! The square window that convolution and pooling slide over an image.

/// A window over images of (channels, height, width): output row i sees the input rows from i·stride − padding, and
/// the same for columns. The output has ⌊(height + 2·padding − kernel)/stride⌋ + 1 rows; beyond the edges lies 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub channels: usize,
    pub height: usize,
    pub width: usize,
    pub kernel: usize,
    pub stride: usize,
    pub padding: usize,
    pub output_height: usize,
    pub output_width: usize,
}

impl Window {
    /// Numbers that the window sees at one position, over all channels: what a convolution's fan-in is.
    pub fn n_seen(&self) -> usize {
        self.channels * self.kernel * self.kernel
    }
}
