//! Strokes in, images out: what is known of MNIST's images holds for every drawing.

use hellonn::data::{Drawing, Point, Stroke, rasterise};
use proptest::prelude::*;
use serde::Deserialize;

const SIDE: usize = 28;
const PEN_RADIUS: f32 = 0.03;

fn drawing(strokes: &[&[[f32; 2]]]) -> Drawing {
    let stroke = |points: &&[[f32; 2]]| Stroke { points: points.iter().map(|&[x, y]| Point { x, y }).collect() };
    Drawing { strokes: strokes.iter().map(stroke).collect(), pen_radius: PEN_RADIUS }
}

fn image(drawing: &Drawing) -> Vec<u8> {
    rasterise(drawing, SIDE, SIDE).expect("something is drawn")
}

/// The 0-based indices of the first and last row and column with ink: [top, bottom, left, right].
fn extent(image: &[u8], cols: usize) -> [usize; 4] {
    let inked = || (0..image.len()).filter(|&i| image[i] > 0);
    let (rows, columns) = (inked().map(|i| i / cols), inked().map(|i| i % cols));
    [rows.clone().min().unwrap(), rows.max().unwrap(), columns.clone().min().unwrap(), columns.max().unwrap()]
}

fn longest_side(image: &[u8], cols: usize) -> usize {
    let [top, bottom, left, right] = extent(image, cols);
    (bottom - top).max(right - left) + 1
}

/// Full pixels.
fn ink(image: &[u8]) -> f64 {
    image.iter().map(|&pixel| f64::from(pixel) / 255.0).sum()
}

/// [row, column], in 0-based pixel indices.
fn centre_of_mass(image: &[u8], cols: usize) -> [f64; 2] {
    let moment = |position: fn(usize, usize) -> usize| {
        let weighted = |(i, &pixel): (usize, &u8)| position(i, cols) as f64 * f64::from(pixel) / 255.0;
        image.iter().enumerate().map(weighted).sum::<f64>() / ink(image)
    };
    [moment(|i, cols| i / cols), moment(|i, cols| i % cols)]
}

#[derive(Deserialize)]
struct HandDrawn {
    label: u8,
    strokes: Vec<Vec<[f32; 2]>>,
}

/// Four drawings of each digit.
fn hand_drawn() -> Vec<(u8, Drawing)> {
    let digits: Vec<HandDrawn> = serde_json::from_str(include_str!("../../drawings/digits.json")).unwrap();
    let as_drawing = |digit: HandDrawn| {
        let strokes: Vec<&[[f32; 2]]> = digit.strokes.iter().map(Vec::as_slice).collect();
        (digit.label, drawing(&strokes))
    };
    digits.into_iter().map(as_drawing).collect()
}

#[test]
fn there_are_four_drawings_of_each_digit() {
    let labels: Vec<u8> = hand_drawn().into_iter().map(|(label, _)| label).collect();
    let expected: Vec<u8> = (0..10).flat_map(|label| [label; 4]).collect();
    assert_eq!(labels, expected);
}

#[test]
fn hand_drawn_digits_measure_as_mnist_does() {
    let images: Vec<Vec<u8>> = hand_drawn().iter().map(|(_, drawing)| image(drawing)).collect();
    for image in &images {
        assert_eq!(longest_side(image, SIDE), 20);
        assert!(centre_of_mass(image, SIDE).iter().all(|c| (13.5..=14.5).contains(c)));
    }
    let mean = |measure: &dyn Fn(&Vec<u8>) -> f64| images.iter().map(measure).sum::<f64>() / images.len() as f64;
    let n_pixels = |image: &Vec<u8>, is: fn(u8) -> bool| image.iter().filter(|&&pixel| is(pixel)).count() as f64;
    // MNIST's training images: 102.4 full pixels of ink (its test images 104), 149.9 pixels that are not 0, of which
    // 38.5 % are at least 250.
    let mean_ink = mean(&|image| ink(image));
    assert!((101.0..107.0).contains(&mean_ink), "{mean_ink}");
    let mean_inked = mean(&|image| n_pixels(image, |pixel| pixel > 0));
    assert!((145.0..155.0).contains(&mean_inked), "{mean_inked}");
    let share_full = mean(&|image| n_pixels(image, |pixel| pixel >= 250)) / mean_inked;
    assert!((0.36..0.42).contains(&share_full), "{share_full}");
}

#[test]
fn nothing_drawn_is_no_image() {
    assert_eq!(rasterise(&drawing(&[]), SIDE, SIDE), None);
    assert_eq!(rasterise(&drawing(&[&[], &[]]), SIDE, SIDE), None);
    let not_finite = drawing(&[&[[f32::NAN, 0.0], [0.0, f32::INFINITY], [f32::NEG_INFINITY, 1.0]]]);
    assert_eq!(rasterise(&not_finite, SIDE, SIDE), None);
    assert_eq!(rasterise(&drawing(&[&[[0.0, 0.0]]]), 0, SIDE), None);
    assert_eq!(rasterise(&drawing(&[&[[0.0, 0.0]]]), SIDE, 0), None);
}

#[test]
fn a_tap_is_a_dot_of_the_pens_size_at_the_centre() {
    let dot = image(&drawing(&[&[[0.3, 0.9]]]));
    let area = std::f64::consts::PI * 1.25 * 1.25;
    assert!((ink(&dot) - area).abs() < 0.1, "{}", ink(&dot));
    assert!(longest_side(&dot, SIDE) <= 3);
    assert!(centre_of_mass(&dot, SIDE).iter().all(|c| (13.5..=14.5).contains(c)));
    assert_eq!(dot, image(&drawing(&[&[[0.3, 0.9], [0.3, 0.9]]])), "a pen that rests draws the same dot");
}

#[test]
fn what_is_smaller_than_the_pen_is_not_blown_up() {
    let tremor = image(&drawing(&[&[[0.5, 0.5], [0.503, 0.501], [0.501, 0.498]]]));
    assert!(longest_side(&tremor, SIDE) <= 5, "{}", longest_side(&tremor, SIDE));
}

#[test]
fn a_line_is_twenty_pixels_long_and_as_wide_as_the_pen() {
    // A rectangle of 17.5 × 2.5 pixels and two half discs of radius 1.25.
    let area = 17.5 * 2.5 + std::f64::consts::PI * 1.25 * 1.25;
    for line in [[[0.1, 0.5], [0.9, 0.5]], [[0.5, 0.1], [0.5, 0.9]]] {
        let image = image(&drawing(&[&line]));
        let [top, bottom, left, right] = extent(&image, SIDE);
        let mut sides = [bottom - top + 1, right - left + 1];
        sides.sort();
        assert_eq!(sides, [3, 20]);
        assert!((ink(&image) - area).abs() < 0.3, "{}", ink(&image));
    }
    let diagonal = image(&drawing(&[&[[0.1, 0.1], [0.9, 0.9]]]));
    assert_eq!(longest_side(&diagonal, SIDE), 20);
}

#[test]
fn points_that_are_not_finite_are_left_out() {
    let clean = drawing(&[&[[0.1, 0.2], [0.5, 0.9], [0.8, 0.1]]]);
    let soiled =
        drawing(&[&[[f32::NAN, 0.0], [0.1, 0.2], [0.0, f32::INFINITY], [0.5, 0.9], [0.8, 0.1]], &[[0.0, f32::NAN]]]);
    assert_eq!(image(&soiled), image(&clean));
}

#[test]
fn a_pen_that_is_no_size_does_no_harm() {
    let mut drawing = drawing(&[&[[0.1, 0.2], [0.5, 0.9], [0.8, 0.1]]]);
    let expected = image(&drawing);
    for pen_radius in [0.0, -1.0, f32::NAN, f32::NEG_INFINITY] {
        drawing.pen_radius = pen_radius;
        assert_eq!(image(&drawing), expected);
    }
    for pen_radius in [f32::MAX, f32::INFINITY] {
        drawing.pen_radius = pen_radius;
        assert!(longest_side(&image(&drawing), SIDE) <= 3);
    }
}

#[test]
fn the_largest_and_the_smallest_coordinates_are_drawn() {
    for size in [f32::MAX, 1e30, 1e-30, f32::MIN_POSITIVE, f32::from_bits(4)] {
        let mut drawing = drawing(&[&[[-size, -size], [size, -size], [-size, size], [size, size]]]);
        drawing.pen_radius = 0.0;
        let image = image(&drawing);
        assert_eq!(longest_side(&image, SIDE), 20);
    }
}

#[test]
fn thousands_of_points_make_the_same_image_as_a_few() {
    let few = drawing(&[&[[0.1, 0.1], [0.9, 0.1], [0.2, 0.9]]]);
    let between = |[a, b]: [f32; 2], [c, d]: [f32; 2]| {
        (0..=20_000).map(move |i| i as f32 / 20_000.0).map(move |t| [a + t * (c - a), b + t * (d - b)])
    };
    let many: Vec<[f32; 2]> = between([0.1, 0.1], [0.9, 0.1]).chain(between([0.9, 0.1], [0.2, 0.9])).collect();
    let (few, many) = (image(&few), image(&drawing(&[&many])));
    let largest = few.iter().zip(&many).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
    assert!(largest <= 12, "{largest}");
}

#[test]
fn other_image_sizes_keep_mnists_proportions() {
    let digits = hand_drawn();
    for (rows, cols) in [(14, 14), (56, 56), (28, 40), (40, 28), (33, 57), (300, 300)] {
        let side = (rows.min(cols) as f64 * 20.0 / 28.0).round();
        for (_, drawing) in &digits {
            let image = rasterise(drawing, rows, cols).unwrap();
            assert_eq!(image.len(), rows * cols);
            assert_eq!(longest_side(&image, cols) as f64, side);
            let [row, col] = centre_of_mass(&image, cols);
            assert!((row - (rows / 2) as f64).abs() <= 0.5 && (col - (cols / 2) as f64).abs() <= 0.5);
        }
    }
    for (rows, cols) in [(1, 1), (1, 100), (2, 3), (5, 1)] {
        assert!(ink(&rasterise(&digits[0].1, rows, cols).unwrap()) > 0.0);
    }
}

#[test]
fn lopsided_ink_stays_whole() {
    // Nearly all ink is a thick bar at the left end of a thin line.
    let heavy: Vec<[f32; 2]> = (0..400).map(|i| [(i % 20) as f32 / 200.0, (i / 20) as f32 / 20.0]).collect();
    let lopsided = image(&drawing(&[&heavy, &[[0.0, 0.2], [1.0, 0.2]]]));
    assert_eq!(longest_side(&lopsided, SIDE), 20);
    assert_eq!(extent(&lopsided, SIDE)[3], SIDE - 1, "it touches the edge");
}

#[test]
fn a_drawing_crosses_to_javascript_in_camel_case() {
    let json = serde_json::json!({"strokes": [{"points": [{"x": 1.0, "y": 2.0}]}], "penRadius": 8.0});
    let drawing: Drawing = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(drawing.pen_radius, 8.0);
    assert_eq!(serde_json::to_value(&drawing).unwrap(), json);
}

/// One to four strokes of points in a unit square.
fn any_strokes() -> impl Strategy<Value = Vec<Vec<[f32; 2]>>> {
    let point = [0.0..1.0_f32, 0.0..1.0_f32];
    proptest::collection::vec(proptest::collection::vec(point, 1..30), 1..4)
}

fn drawing_of(strokes: &[Vec<[f32; 2]>]) -> Drawing {
    let strokes: Vec<&[[f32; 2]]> = strokes.iter().map(Vec::as_slice).collect();
    drawing(&strokes)
}

/// The sum of differences, in full pixels, when the second image is shifted.
fn difference_shifted(a: &[u8], b: &[u8], down: isize, right: isize) -> f64 {
    let side = SIDE as isize;
    let at = |row: isize, col: isize| {
        let is_inside = (0..side).contains(&row) && (0..side).contains(&col);
        if is_inside { b[(row * side + col) as usize] } else { 0 }
    };
    let pixels = (0..side * side).map(|i| a[i as usize].abs_diff(at(i / side - down, i % side - right)));
    pixels.map(|difference| f64::from(difference) / 255.0).sum()
}

proptest! {
    #[test]
    fn ink_measures_as_mnist_does(strokes in any_strokes()) {
        let image = image(&drawing_of(&strokes));
        let coordinates = |k: usize| strokes.iter().flatten().map(move |point| point[k]);
        let span = |k| coordinates(k).fold(0.0_f32, f32::max) - coordinates(k).fold(1.0_f32, f32::min);
        if span(0).max(span(1)) > 2.0 * PEN_RADIUS {
            prop_assert_eq!(longest_side(&image, SIDE), 20);
        } else {
            prop_assert!(longest_side(&image, SIDE) <= 20);
        }
        let [top, bottom, left, right] = extent(&image, SIDE);
        let [row, col] = centre_of_mass(&image, SIDE);
        // Where the ink is too lopsided it touches an edge, on the side that is not the heavy one.
        // A centre that lies half way between two pixels is rounded to either.
        let middle = 13.5 - 1e-9..=14.5 + 1e-9;
        prop_assert!(middle.contains(&row) || top == 0 || bottom == SIDE - 1, "row {row}");
        prop_assert!(middle.contains(&col) || left == 0 || right == SIDE - 1, "column {col}");
    }

    #[test]
    fn place_and_size_on_the_canvas_do_not_matter(
        strokes in any_strokes(),
        scale in 0.5..400.0_f32,
        shift in [-500.0..500.0_f32, -500.0..500.0_f32],
    ) {
        let original = drawing_of(&strokes);
        let mut moved = original.clone();
        moved.pen_radius *= scale;
        for point in moved.strokes.iter_mut().flat_map(|stroke| &mut stroke.points) {
            *point = Point { x: point.x * scale + shift[0], y: point.y * scale + shift[1] };
        }
        let (original, moved) = (image(&original), image(&moved));
        // Rounded coordinates may tip the centre of mass over to the next pixel.
        let difference = (0..9).map(|i| difference_shifted(&original, &moved, i / 3 - 1, i % 3 - 1));
        let difference = difference.fold(f64::INFINITY, f64::min);
        prop_assert!(difference <= 1.0, "{difference} full pixels");
    }

    #[test]
    fn no_drawing_makes_it_panic(
        points in proptest::collection::vec(any::<[f32; 2]>(), 0..20),
        pen_radius in any::<f32>(),
        rows in 0..40_usize,
        cols in 0..40_usize,
    ) {
        let mut drawing = drawing(&[&points]);
        drawing.pen_radius = pen_radius;
        let again = rasterise(&drawing, rows, cols);
        prop_assert_eq!(rasterise(&drawing, rows, cols), again);
    }
}
