//! From pen strokes to an image like those of MNIST.
//!
//! MNIST's digits were scaled, aspect ratio kept, to fit a box of 20 × 20 pixels, grey from anti-aliasing, and placed
//! in 28 × 28 with their centre of mass at the centre (LeCun, Cortes and Burges,
//! <http://yann.lecun.com/exdb/mnist/>). A drawing is made the same way, whatever its size, place and pen: the
//! strokes are scaled so that they, drawn with a pen of MNIST's width, are 20 pixels on their longest side; each
//! pixel is the share of it that the pen covers; whole pixels are shifted until the centre of mass is at the centre.

use serde::{Deserialize, Serialize};

/// A position of the pen, in canvas units, y down.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

/// What the pen drew between touching the canvas and leaving it: straight lines from point to point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Stroke {
    pub points: Vec<Point>,
}

/// Everything on the canvas, and the radius of the round pen that it shows, in the same units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Drawing {
    pub strokes: Vec<Stroke>,
    pub pen_radius: f32,
}

/// An image's side and the longest side of the digit in it, in MNIST's pixels; other sizes keep their ratio.
const IMAGE_SIDE: usize = 28;
const DIGIT_SIDE: usize = 20;
/// The pen, in MNIST's pixels. With it the forty drawings of `tests/drawings` carry as much ink as MNIST's training
/// images, spread over as many pixels (104.6 and 102.4 full pixels; 149.1 and 149.9 pixels that are not 0).
const PEN_RADIUS: f64 = 1.25;
/// Sub-pixels along a pixel's side, fewer where the digit is so large that they would cost too much memory.
const SUBPIXELS: usize = 16;
const MAX_SUBPIXELS_PER_SIDE: usize = 1024;

/// Draws strokes as an image of `rows` × `cols` bytes, row-major, 0 paper to 255 ink; `None` when nothing is drawn.
///
/// With s the digit's longest side in pixels (20/28 of the image's smaller side, rounded), r the radius of MNIST's
/// pen at that size (s/20 · 1.25) and m the longest side of the points' bounding box, the scale is
/// (s − 2r) / max(m, 2 · `pen_radius`). The drawing's own pen matters only as that lower limit: what is smaller than
/// its pen looks like a dot on the canvas and becomes a dot here, not a blown-up tremor.
///
/// The ink's centre of mass lies within half a pixel of (⌊rows/2⌋, ⌊cols/2⌋), in 0-based pixel indices; ink so
/// lopsided that this would push it over the edge stays whole and touches the edge instead.
///
/// Points that are not finite are left out. The result depends on nothing but the arguments: of the host's arithmetic
/// only what IEEE 754 rounds exactly is used, the square root included.
pub fn rasterise(drawing: &Drawing, rows: usize, cols: usize) -> Option<Vec<u8>> {
    if rows == 0 || cols == 0 {
        return None;
    }
    let strokes = finite_strokes(drawing);
    let (low, high) = bounding_box(&strokes)?;
    let side = ((DIGIT_SIDE * rows.min(cols) + IMAGE_SIDE / 2) / IMAGE_SIDE).max(1);
    let radius = PEN_RADIUS * side as f64 / DIGIT_SIDE as f64;
    let span = [high[0] - low[0], high[1] - low[1]];
    let limit = span[0].max(span[1]).max(2.0 * f64::from(drawing.pen_radius));
    let scale = if limit > 0.0 { (side as f64 - 2.0 * radius) / limit } else { 0.0 };

    // The ink's own corner lies on a pixel's corner, as in MNIST: its longest side then fills whole pixels.
    let n_pixels = |span: f64| ((span * scale + 2.0 * radius).ceil() as usize).clamp(1, side);
    let mut coverage = Coverage::new(n_pixels(span[1]), n_pixels(span[0]));
    for stroke in &strokes {
        coverage.add(stroke.iter().map(|p| [0, 1].map(|k| (p[k] - low[k]) * scale + radius)), radius);
    }
    Some(centred(&coverage.image(), rows, cols))
}

/// The strokes as 64-bit numbers, in which no difference of two 32-bit coordinates overflows.
fn finite_strokes(drawing: &Drawing) -> Vec<Vec<[f64; 2]>> {
    let finite = |point: &&Point| point.x.is_finite() && point.y.is_finite();
    let wide = |point: &Point| [f64::from(point.x), f64::from(point.y)];
    drawing.strokes.iter().map(|stroke| stroke.points.iter().filter(finite).map(wide).collect()).collect()
}

/// The smallest and the largest coordinates; `None` without a point.
fn bounding_box(strokes: &[Vec<[f64; 2]>]) -> Option<([f64; 2], [f64; 2])> {
    strokes
        .iter()
        .flatten()
        .map(|&point| (point, point))
        .reduce(|(low, high), (point, _)| ([0, 1].map(|k| low[k].min(point[k])), [0, 1].map(|k| high[k].max(point[k]))))
}

/// Bytes, row-major.
struct Image {
    rows: usize,
    cols: usize,
    pixels: Vec<u8>,
}

/// Which sub-pixels the pen has touched; a sub-pixel counts when its centre does.
struct Coverage {
    rows: usize,
    cols: usize,
    /// Sub-pixels along a pixel's side.
    n_sub: usize,
    /// rows·n_sub × cols·n_sub, row-major.
    touched: Vec<bool>,
}

impl Coverage {
    fn new(rows: usize, cols: usize) -> Self {
        let n_sub = (MAX_SUBPIXELS_PER_SIDE / rows.max(cols)).clamp(2, SUBPIXELS);
        Self { rows, cols, n_sub, touched: vec![false; rows * cols * n_sub * n_sub] }
    }

    /// Draws lines from point to point (in pixels) with a round pen.
    fn add(&mut self, points: impl Iterator<Item = [f64; 2]>, radius: f64) {
        let n_sub = self.n_sub as f64;
        let mut from: Option<[f64; 2]> = None;
        for point in points {
            let to = point.map(|v| v * n_sub);
            // Half a sub-pixel cannot be seen, and thousands of points on one spot would take their time.
            if from.is_some_and(|from| squared_length(difference(to, from)) < 0.25) {
                continue;
            }
            self.add_segment(from.unwrap_or(to), to, radius * n_sub);
            from = Some(to);
        }
    }

    /// Touches the sub-pixels at most `radius` from the line between two points; all in sub-pixels.
    ///
    /// What the pen covers is convex, so it is one interval in each row: this is what keeps a scribble of thousands of
    /// points cheap.
    fn add_segment(&mut self, from: [f64; 2], to: [f64; 2], radius: f64) {
        let width = self.cols * self.n_sub;
        // Casts to integers saturate: what lies outside is cut off at the border.
        let top = (from[1].min(to[1]) - radius).floor() as usize;
        let bottom = (from[1].max(to[1]) + radius).ceil() as usize;
        for (row_idx, row) in self.touched.chunks_exact_mut(width).enumerate().take(bottom).skip(top) {
            let (left, right) = covered_interval(from, to, radius, row_idx as f64 + 0.5);
            // A sub-pixel's centre is half a sub-pixel to the right of its index.
            let first = (left - 0.5).ceil() as usize;
            let end = ((right + 0.5).floor() as usize).min(width);
            if first < end {
                row[first..end].fill(true);
            }
        }
    }

    /// The share of each pixel that is touched, 0 to 255.
    fn image(&self) -> Image {
        let mut counts = vec![0_usize; self.rows * self.cols];
        for (row_idx, row) in self.touched.chunks_exact(self.cols * self.n_sub).enumerate() {
            let counts = &mut counts[row_idx / self.n_sub * self.cols..][..self.cols];
            for (count, pixel) in counts.iter_mut().zip(row.chunks_exact(self.n_sub)) {
                *count += pixel.iter().filter(|&&touched| touched).count();
            }
        }
        let full = self.n_sub * self.n_sub;
        let pixels = counts.into_iter().map(|count| ((255 * count + full / 2) / full) as u8).collect();
        Image { rows: self.rows, cols: self.cols, pixels }
    }
}

/// The ink on paper of `rows` × `cols`, shifted by whole pixels so that its centre of mass is nearest to the centre.
fn centred(ink: &Image, rows: usize, cols: usize) -> Vec<u8> {
    let (mut total, mut moments) = (0.0, [0.0; 2]);
    for (i, &pixel) in ink.pixels.iter().enumerate() {
        let weight = f64::from(pixel);
        total += weight;
        moments[0] += weight * (i / ink.cols) as f64;
        moments[1] += weight * (i % ink.cols) as f64;
    }
    let shift = |centre: usize, moment: f64, room: usize| {
        // A negative shift saturates at 0.
        ((centre as f64 - moment / total).round() as usize).min(room)
    };
    let top = shift(rows / 2, moments[0], rows - ink.rows);
    let left = shift(cols / 2, moments[1], cols - ink.cols);

    let mut image = vec![0; rows * cols];
    for (row, ink_row) in image.chunks_exact_mut(cols).skip(top).zip(ink.pixels.chunks_exact(ink.cols)) {
        row[left..][..ink.cols].copy_from_slice(ink_row);
    }
    image
}

/// No number is in it: its end lies before its beginning.
const EMPTY: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);

/// The x at height `y` that are at most `radius` from the line between two points.
///
/// With d = `to` − `from`, such a point p lies in the disc around an end, or in the rectangle between them:
/// 0 ≤ (p − from)·d ≤ |d|² and −r|d| ≤ (p − from)×d ≤ r|d|.
fn covered_interval(from: [f64; 2], to: [f64; 2], radius: f64, y: f64) -> (f64, f64) {
    let disc = |centre: [f64; 2]| {
        let height = y - centre[1];
        let squared = radius * radius - height * height;
        if squared < 0.0 { EMPTY } else { (centre[0] - squared.sqrt(), centre[0] + squared.sqrt()) }
    };
    let [dx, dy] = difference(to, from);
    let length_squared = squared_length([dx, dy]);
    if length_squared == 0.0 {
        return disc(from);
    }
    let reach = radius * length_squared.sqrt();
    let height = y - from[1];
    let along = solve(dx, -height * dy, length_squared - height * dy);
    let across = solve(dy, height * dx - reach, height * dx + reach);
    let rectangle = (from[0] + along.0.max(across.0), from[0] + along.1.min(across.1));
    [disc(from), disc(to), rectangle]
        .into_iter()
        .filter(|(left, right)| left <= right)
        .fold(EMPTY, |hull, (left, right)| (hull.0.min(left), hull.1.max(right)))
}

/// The x with low ≤ slope · x ≤ high.
fn solve(slope: f64, low: f64, high: f64) -> (f64, f64) {
    if slope > 0.0 {
        (low / slope, high / slope)
    } else if slope < 0.0 {
        (high / slope, low / slope)
    } else if low <= 0.0 && high >= 0.0 {
        (f64::NEG_INFINITY, f64::INFINITY)
    } else {
        EMPTY
    }
}

fn difference(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] - b[0], a[1] - b[1]]
}

fn squared_length(a: [f64; 2]) -> f64 {
    a[0] * a[0] + a[1] * a[1]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether a sub-pixel's centre is within the pen of any point of the line, by stepping along it.
    fn is_touched(centre: [f64; 2], from: [f64; 2], to: [f64; 2], radius: f64) -> bool {
        const N_STEPS: usize = 1000;
        (0..=N_STEPS).any(|step| {
            let t = step as f64 / N_STEPS as f64;
            let on_line = [0, 1].map(|k| from[k] + t * (to[k] - from[k]));
            squared_length(difference(centre, on_line)) <= radius * radius
        })
    }

    /// Inside and outside; often the same one twice, so that lines along the axes and dots are among them.
    fn any_position() -> impl Strategy<Value = f64> {
        prop_oneof![-3.0..8.0_f64, Just(1.25), Just(2.5)]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn a_line_touches_what_lies_within_the_pen_of_it(
            from in [any_position(), any_position()],
            to in [any_position(), any_position()],
            radius in 0.5..3.0_f64,
        ) {
            let mut coverage = Coverage { rows: 4, cols: 5, n_sub: 2, touched: vec![false; 80] };
            coverage.add_segment(from.map(|v| 2.0 * v), to.map(|v| 2.0 * v), 2.0 * radius);
            for (i, &touched) in coverage.touched.iter().enumerate() {
                let centre = [i % 10, i / 10].map(|position| (position as f64 + 0.5) / 2.0);
                // Between the steps the naive version sees a pen that is thinner by less than a hundredth.
                prop_assert!(touched || !is_touched(centre, from, to, radius - 1e-9));
                prop_assert!(!touched || is_touched(centre, from, to, radius + 1e-2));
            }
        }
    }

    #[test]
    fn a_pixel_is_the_share_of_it_that_is_touched() {
        let mut coverage = Coverage { rows: 1, cols: 3, n_sub: 2, touched: vec![false; 12] };
        for i in [2, 4, 5, 10, 11] {
            coverage.touched[i] = true;
        }
        assert_eq!(coverage.image().pixels, [0, 64, 255]);
    }

    #[test]
    fn the_centre_of_mass_goes_to_the_centre() {
        let ink = Image { rows: 1, cols: 3, pixels: vec![255, 0, 255] };
        assert_eq!(centred(&ink, 2, 5), [0, 0, 0, 0, 0, 0, 255, 0, 255, 0]);
        let lopsided = Image { rows: 1, cols: 4, pixels: vec![255, 0, 0, 1] };
        assert_eq!(centred(&lopsided, 1, 5), [0, 255, 0, 0, 1]);
    }
}
