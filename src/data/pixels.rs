//! The only place where a byte becomes a number, for the data set and for a drawing alike.

use crate::nn::kernels::nonzeros::collect_nonzero;

/// The network input of a pixel: pixel / 255, from 0 (paper) to 1 (ink).
pub const fn normalise(pixel: u8) -> f32 {
    // The same 256 numbers as a division gives, but two multiplications are faster.
    pixel as f32 * 3.0 * (1.0 / 765.0)
}

/// [`normalise`] of every byte.
static NORMALISED: [f32; 256] = {
    let mut numbers = [0.0; 256];
    let mut pixel = 0;
    while pixel < numbers.len() {
        numbers[pixel] = normalise(pixel as u8);
        pixel += 1;
    }
    numbers
};

/// Writes one image's pixels as the network sees them.
pub fn normalise_image(pixels: &[u8], row: &mut [f32]) {
    for (x, &pixel) in row.iter_mut().zip(pixels) {
        *x = normalise(pixel);
    }
}

/// Puts (index, network input) of each pixel that is not 0 at the beginning of `found`, which has room for the whole
/// image; returns how many there are. To find them among the bytes is faster than among the numbers.
pub fn collect_lit(pixels: &[u8], found: &mut [(u32, f32)]) -> usize {
    collect_nonzero::<4, _, _>(pixels, found, |pixel| pixel != 0, |pixel| NORMALISED[usize::from(pixel)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_is_zero_and_ink_is_one() {
        assert_eq!([0, 51, 255].map(normalise), [0.0, 0.2, 1.0]);
        assert!((0..=255).all(|pixel| normalise(pixel) == f32::from(pixel) / 255.0));
    }

    #[test]
    fn lit_pixels_are_the_normalised_numbers_that_are_not_zero() {
        for n in 0..70 {
            let pixels: Vec<u8> = (0..n).map(|i| if i / 5 % 3 == 0 { 0 } else { (i * 37 % 256) as u8 }).collect();
            let mut found = vec![(0, f32::NAN); n];
            let n_found = collect_lit(&pixels, &mut found);
            let mut row = vec![0.0; n];
            normalise_image(&pixels, &mut row);
            let expected: Vec<_> = (0u32..).zip(row).filter(|&(_, x)| x != 0.0).collect();
            assert_eq!(found[..n_found], expected);
        }
    }
}
