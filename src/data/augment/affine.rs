//! Shift, rotation, scale and shear as one affine map.

/// Where a source position p lands: c + M·(p − c) + t, with c the image's centre. Positions are (x, y) in pixels, y
/// down, (0, 0) the middle of the first pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Affine {
    /// M, row by row.
    pub matrix: [[f64; 2]; 2],
    /// t.
    pub shift: [f64; 2],
    /// c.
    pub centre: [f64; 2],
}

impl Affine {
    /// First scales, then slants, then rotates (degrees, clockwise as seen), then shifts.
    pub fn new(scale: [f64; 2], shear: f64, rotation: f64, shift: [f64; 2], rows: usize, cols: usize) -> Self {
        let (sin, cos) = libm::sincos(rotation.to_radians());
        let slant = libm::tan(shear.to_radians());
        let [sx, sy] = scale;
        // [cos −sin] [1 slant] [sx  0]
        // [sin  cos] [0     1] [ 0 sy]
        let matrix = [[cos * sx, (cos * slant - sin) * sy], [sin * sx, (sin * slant + cos) * sy]];
        Self { matrix, shift, centre: [(cols as f64 - 1.0) / 2.0, (rows as f64 - 1.0) / 2.0] }
    }

    /// Where the source position `p` lands.
    fn apply(&self, p: [f64; 2]) -> [f64; 2] {
        let from_centre = [p[0] - self.centre[0], p[1] - self.centre[1]];
        [0, 1].map(|i| {
            let [a, b] = self.matrix[i];
            self.centre[i] + a * from_centre[0] + b * from_centre[1] + self.shift[i]
        })
    }

    /// The way back, as rows (a, b, e): the source's coordinate i is a·x + b·y + e.
    pub fn inverse(&self) -> [[f64; 3]; 2] {
        let [[a, b], [c, d]] = self.matrix;
        let determinant = a * d - b * c;
        let inverse = [[d / determinant, -b / determinant], [-c / determinant, a / determinant]];
        [0, 1].map(|i| {
            let [a, b] = inverse[i];
            let moved = [self.centre[0] + self.shift[0], self.centre[1] + self.shift[1]];
            [a, b, self.centre[i] - (a * moved[0] + b * moved[1])]
        })
    }

    /// Shortens the shift so that no ink leaves the image. Where the ink has become wider or higher than the image,
    /// as much of it sticks out on one side as on the other. Returns whether it fits, horizontally and vertically.
    ///
    /// Bilinear interpolation spreads a pixel's ink over the open square of two pixels' side around its middle.
    pub fn keep_ink_inside(&mut self, image: &[u8], cols: usize) -> [bool; 2] {
        let (low, high) = self.extent(image, cols);
        [0, 1].map(|i| {
            let reach = self.matrix[i][0].abs() + self.matrix[i][1].abs();
            // The middles of the pixels just outside are at −1 and at 2·centre + 1.
            let most_back = -1.0 - (low[i] - reach);
            let most_forth = 2.0 * self.centre[i] + 1.0 - (high[i] + reach);
            let fits = most_back <= most_forth;
            // Without ink, the one is −∞ and the other ∞.
            self.shift[i] += if fits { 0f64.clamp(most_back, most_forth) } else { (most_back + most_forth) / 2.0 };
            fits
        })
    }

    /// The least and the greatest coordinates at which the middles of pixels with ink land.
    fn extent(&self, image: &[u8], cols: usize) -> ([f64; 2], [f64; 2]) {
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        for (y, row) in image.chunks_exact(cols).enumerate() {
            let first = row.iter().position(|&ink| ink > 0);
            let last = row.iter().rposition(|&ink| ink > 0);
            for x in first.into_iter().chain(last) {
                let landed = self.apply([x as f64, y as f64]);
                for i in 0..2 {
                    low[i] = low[i].min(landed[i]);
                    high[i] = high[i].max(landed[i]);
                }
            }
        }
        (low, high)
    }
}
