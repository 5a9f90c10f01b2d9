//! Checks of the window that convolution and pooling slide over an image.

use crate::error::{FieldError, between};
use crate::nn::Shape;
use crate::nn::kernels::Window;
use crate::words::{Number, thousands};

/// Wider windows, strides or borders than this are a slip of the finger.
const MAX_WINDOW: usize = 256;
/// More numbers a sample than this fit no layer's memory.
const MAX_NUMBERS: usize = 1 << 24;

impl Window {
    /// Checks a window against the shape that reaches it. `layer` is what the layer is called.
    pub fn new(layer: &str, input: Shape, kernel: usize, stride: usize, padding: usize) -> Result<Self, FieldError> {
        let Shape::Image { channels, height, width } = input else {
            let message = format!(
                "{layer} needs an image, found {} numbers: move it before Dense or Flatten",
                thousands(input.len() as u128)
            );
            return Err(FieldError::new("", message));
        };
        between(1, MAX_WINDOW).check("kernel", kernel)?;
        between(1, MAX_WINDOW).check("stride", stride)?;
        // A wider border would give windows that see nothing of the image.
        between(0, kernel - 1).check("padding", padding)?;
        let n_positions = |n: usize| Some((n.checked_add(2 * padding)?.checked_sub(kernel)?) / stride + 1);
        let (Some(output_height), Some(output_width)) = (n_positions(height), n_positions(width)) else {
            let border = if padding > 0 { format!(" with padding {padding}") } else { String::new() };
            let message = format!("{layer} kernel {kernel} does not fit an input of {height} × {width}{border}");
            return Err(FieldError::new("kernel", message));
        };
        Ok(Self { channels, height, width, kernel, stride, padding, output_height, output_width })
    }

    /// The shape of `channels` outputs at each position.
    pub fn output(&self, channels: usize) -> Shape {
        Shape::Image { channels, height: self.output_height, width: self.output_width }
    }

    /// Refuses sizes for which a convolution to `channels` would take an absurd amount of memory.
    pub fn check_size(&self, channels: usize) -> Result<(), FieldError> {
        let n_outputs = product([channels, self.output_height, self.output_width]);
        let (padded_height, padded_width) = (self.height + 2 * self.padding, self.width + 2 * self.padding);
        let n_padded = product([self.channels, padded_height, padded_width]);
        let n_unfolded = product([self.channels, self.kernel, padded_height, self.output_width]);
        match (n_outputs, n_padded.and(n_unfolded)) {
            (Some(_), Some(_)) => Ok(()),
            (None, _) => Err(FieldError::new(
                "channels",
                format!("expected at most {} outputs, found {}", MAX_NUMBERS.in_words(), self.output(channels)),
            )),
            (_, None) => Err(FieldError::new(
                "kernel",
                format!(
                    "expected to unfold {} × {padded_height} × {padded_width} to at most {} numbers, \
                     found {} strips of {padded_height} × {} × {}",
                    self.channels,
                    MAX_NUMBERS.in_words(),
                    self.output_width,
                    self.kernel,
                    self.channels
                ),
            )),
        }
    }
}

/// The product, if it is within reason.
fn product<const N: usize>(factors: [usize; N]) -> Option<usize> {
    let product = factors.into_iter().try_fold(1usize, usize::checked_mul)?;
    (product <= MAX_NUMBERS).then_some(product)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misfit_is_refused_in_words() {
        let image = Shape::Image { channels: 3, height: 7, width: 7 };
        let message = |input, kernel, stride, padding| {
            let error = Window::new("Conv2d", input, kernel, stride, padding).unwrap_err();
            (error.field, error.message)
        };
        assert_eq!(message(image, 9, 1, 0), ("kernel".into(), "Conv2d kernel 9 does not fit an input of 7 × 7".into()));
        assert_eq!(
            message(image, 12, 1, 2),
            ("kernel".into(), "Conv2d kernel 12 does not fit an input of 7 × 7 with padding 2".into())
        );
        assert_eq!(message(image, 0, 1, 0), ("kernel".into(), "expected a whole number from 1 to 256, found 0".into()));
        assert_eq!(message(image, 3, 0, 0), ("stride".into(), "expected a whole number from 1 to 256, found 0".into()));
        assert_eq!(message(image, 3, 1, 3), ("padding".into(), "expected a whole number from 0 to 2, found 3".into()));
        assert_eq!(
            message(Shape::Flat(128), 3, 1, 0),
            (String::new(), "Conv2d needs an image, found 128 numbers: move it before Dense or Flatten".into())
        );
    }

    #[test]
    fn absurd_sizes_are_refused_before_anything_is_allocated() {
        let huge = Shape::Image { channels: 1, height: usize::MAX, width: usize::MAX };
        assert!(Window::new("Conv2d", huge, 3, 1, 1).is_err());
        let image = Shape::Image { channels: 1, height: 28, width: 28 };
        let window = Window::new("Conv2d", image, 3, 1, 1).unwrap();
        assert_eq!(window.check_size(usize::MAX).unwrap_err().field, "channels");
        assert_eq!(window.check_size(1 << 20).unwrap_err().field, "channels");
        let deep = Shape::Image { channels: 1 << 12, height: 64, width: 64 };
        let window = Window::new("Conv2d", deep, 64, 1, 63).unwrap();
        assert_eq!(window.check_size(1).unwrap_err().field, "kernel");
    }
}
