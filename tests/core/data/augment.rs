//! The augmentation of training images, seen from outside.

use hellonn::data::{Augmentation, Augmenter, Elastic};
use hellonn::error::FieldError;
use hellonn::random::{Random, Stream, stream};
use proptest::prelude::*;

fn random(seed: u32) -> Random {
    stream(seed, Stream::Augmentation)
}

fn augmented(spec: Augmentation, image: &[u8], cols: usize, random: &mut Random) -> Vec<u8> {
    let mut output = vec![77; image.len()];
    Augmenter::new(spec, image.len() / cols, cols).augment(image, &mut output, random);
    output
}

fn total(image: &[u8]) -> f64 {
    image.iter().map(|&ink| f64::from(ink)).sum()
}

/// Everything in range, each amount off half of the time.
fn spec() -> impl Strategy<Value = Augmentation> {
    let amount = |most: f64| prop_oneof![Just(0.0), 0.0..=most, Just(most)];
    let elastic = (prop_oneof![Just(2.0), Just(4.0), 2.0..=100.0], amount(0.5))
        .prop_map(|(smoothness, share)| Elastic { strength: share * smoothness, smoothness });
    (amount(100.0), amount(45.0), amount(0.5), amount(45.0), elastic, amount(2.0), amount(1.0)).prop_map(
        |(shift, rotation, scale, shear, elastic, thickness, noise)| Augmentation {
            shift,
            rotation,
            scale,
            shear,
            elastic,
            thickness,
            noise,
        },
    )
}

/// Columns and pixels of an image: 1 × 1, 5 × 9, 32 × 32 or of any size up to 40 × 40, with much paper.
fn image() -> impl Strategy<Value = (usize, Vec<u8>)> {
    let size = prop_oneof![Just((1, 1)), Just((5, 9)), Just((32, 32)), (1usize..=40, 1usize..=40)];
    let pixel = prop_oneof![4 => Just(0), 1 => 1..=255u8];
    size.prop_flat_map(move |(rows, cols)| (Just(cols), prop::collection::vec(pixel.clone(), rows * cols)))
}

proptest! {
    #[test]
    fn every_setting_in_range_is_accepted_and_one_seed_gives_one_image(
        spec in spec(), (cols, image) in image(), seed: u32
    ) {
        prop_assert_eq!(spec.faults().0, []);
        let first = augmented(spec, &image, cols, &mut random(seed));
        prop_assert_eq!(first, augmented(spec, &image, cols, &mut random(seed)));
    }

    #[test]
    fn an_image_does_not_depend_on_those_before_it(spec in spec(), (cols, image) in image(), seed: u32) {
        let mut augmenter = Augmenter::new(spec, image.len() / cols, cols);
        let mut output = vec![0; image.len()];
        augmenter.augment(&vec![255; image.len()], &mut output, &mut random(seed ^ 1));
        augmenter.augment(&image, &mut output, &mut random(seed));
        prop_assert_eq!(output, augmented(spec, &image, cols, &mut random(seed)));
    }

    #[test]
    fn images_take_the_same_number_of_draws(spec in spec(), (cols, image) in image(), seed: u32) {
        let (mut one, mut other) = (random(seed), random(seed));
        augmented(spec, &image, cols, &mut one);
        augmented(spec, &vec![0; image.len()], cols, &mut other);
        prop_assert_eq!(one, other);
    }

    #[test]
    fn nothing_asked_for_changes_nothing((cols, image) in image(), smoothness in 2.0..=100.0, seed: u32) {
        let spec = Augmentation { elastic: Elastic { strength: 0.0, smoothness }, ..Augmentation::default() };
        prop_assert!(spec.is_none());
        prop_assert_eq!(augmented(spec, &image, cols, &mut random(seed)), image);
    }

    #[test]
    fn paper_stays_paper(spec in spec(), (cols, image) in image(), seed: u32) {
        let spec = Augmentation { noise: 0.0, ..spec };
        let output = augmented(spec, &vec![0; image.len()], cols, &mut random(seed));
        prop_assert_eq!(total(&output), 0.0);
    }

    #[test]
    fn a_shift_keeps_all_ink(shift in 0.0..=100.0, (cols, image) in image(), seed: u32) {
        let spec = Augmentation { shift, ..Augmentation::default() };
        let output = augmented(spec, &image, cols, &mut random(seed));
        // Each pixel is rounded.
        prop_assert!((total(&output) - total(&image)).abs() <= 0.5 * image.len() as f64);
    }

    #[test]
    fn no_blot_of_ink_is_lost_to_an_elastic_deformation(
        smoothness in 2.0..=20.0, share in 0.0..=0.5, y in 0usize..=25, x in 0usize..=25, seed: u32
    ) {
        let mut image = vec![0; 28 * 28];
        for dy in 0..3 {
            image[(y + dy) * 28 + x..][..3].fill(255);
        }
        let elastic = Elastic { strength: share * smoothness, smoothness };
        let output = augmented(Augmentation { elastic, ..Augmentation::default() }, &image, 28, &mut random(seed));
        prop_assert!(output.iter().any(|&ink| ink > 50));
    }
}

#[test]
fn shift_and_elastic_deformation_vary_as_much_as_they_say() {
    // A blot in the middle, whose centre of mass is followed.
    let blot: Vec<u8> =
        (0..784).map(|i| if (12..16).contains(&(i / 28)) && (12..16).contains(&(i % 28)) { 255 } else { 0 }).collect();
    let spread = |spec: Augmentation| {
        let mut random = random(5);
        let squares = (0..4_000).map(|_| {
            let output = augmented(spec, &blot, 28, &mut random);
            let moment: f64 = output.iter().enumerate().map(|(i, &ink)| (i % 28) as f64 * f64::from(ink)).sum();
            (moment / total(&output) - 13.5).powi(2)
        });
        (squares.sum::<f64>() / 4_000.0).sqrt()
    };
    let shift = spread(Augmentation { shift: 3.0, ..Augmentation::default() });
    assert!((shift - 3.0 / 3f64.sqrt()).abs() < 0.05, "{shift}");
    // Smooth over more than the blot.
    let elastic = Elastic { strength: 1.5, smoothness: 10.0 };
    let elastic = spread(Augmentation { elastic, ..Augmentation::default() });
    assert!((elastic - 1.5).abs() < 0.1, "{elastic}");
}

#[test]
fn noise_has_the_standard_deviation_asked_for() {
    let spec = Augmentation { noise: 0.1, ..Augmentation::default() };
    let output = augmented(spec, &[128; 10_000], 100, &mut random(3));
    let mean = total(&output) / 10_000.0;
    let variance = output.iter().map(|&ink| (f64::from(ink) - mean).powi(2)).sum::<f64>() / 10_000.0;
    assert!((mean - 128.0).abs() < 1.0, "{mean}");
    assert!((variance.sqrt() - 25.5).abs() < 0.6, "{}", variance.sqrt());
}

#[test]
fn what_is_out_of_range_is_refused() {
    let refusal = |json: &str| serde_json::from_str::<Augmentation>(json).unwrap().faults().0;
    for (json, field, message) in [
        (r#"{"shift": -1}"#, "shift", "expected 0 to 100 pixels, found -1"),
        (r#"{"rotation": 90}"#, "rotation", "expected 0 to 45 degrees, found 90"),
        (r#"{"scale": 0.6}"#, "scale", "expected 0 to 0.5, found 0.6"),
        (r#"{"shear": 45.5}"#, "shear", "expected 0 to 45 degrees, found 45.5"),
        (r#"{"elastic": {"strength": 2.5}}"#, "elastic.strength", "expected 0 to 2 pixels, found 2.5"),
        (r#"{"elastic": {"smoothness": 0}}"#, "elastic.smoothness", "expected 2 to 100 pixels, found 0"),
        (r#"{"thickness": 3}"#, "thickness", "expected 0 to 2 pixels, found 3"),
        (r#"{"noise": 2}"#, "noise", "expected 0 to 1, found 2"),
    ] {
        assert_eq!(refusal(json), [FieldError::new(field, message)]);
    }
    let not_a_number = Augmentation { scale: f64::NAN, ..Augmentation::default() };
    assert_eq!(not_a_number.faults().0, [FieldError::new("scale", "expected 0 to 0.5, found NaN")]);
}

#[test]
fn a_recipe_says_only_what_it_wants_and_nothing_unknown() {
    assert_eq!(serde_json::from_str::<Augmentation>("{}").unwrap(), Augmentation::default());
    let json = r#"{"rotation": 10.0, "elastic": {"strength": 1.0}}"#;
    let expected =
        Augmentation { rotation: 10.0, elastic: Elastic { strength: 1.0, smoothness: 4.0 }, ..Augmentation::default() };
    assert_eq!(serde_json::from_str::<Augmentation>(json).unwrap(), expected);
    let unknown = serde_json::from_str::<Augmentation>(r#"{"flip": 1}"#).unwrap_err().to_string();
    assert!(unknown.starts_with("unknown field `flip`"), "{unknown}");
}

#[test]
fn the_same_bytes_come_out_on_every_machine() {
    let spec = Augmentation {
        shift: 2.0,
        rotation: 10.0,
        scale: 0.1,
        shear: 10.0,
        elastic: Elastic { strength: 1.0, smoothness: 4.0 },
        thickness: 0.5,
        noise: 0.05,
    };
    let ring: Vec<u8> = (0..784i32)
        .map(|i| {
            let (y, x) = (i / 28 - 14, i % 28 - 14);
            if (40..90).contains(&(x * x + y * y)) { 255 } else { 0 }
        })
        .collect();
    let mut random = random(1);
    let mut hash = 0xcbf2_9ce4_8422_2325u64; // FNV-1a
    for _ in 0..100 {
        for byte in augmented(spec, &ring, 28, &mut random) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    assert_eq!(hash, 0x5dd7_5161_0b9d_94b8, "{hash:#018x}");
}
