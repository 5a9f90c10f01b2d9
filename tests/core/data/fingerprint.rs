//! The fingerprint of a data set against another program's, and what it tells apart.

use hellonn::data::{Dataset, Datasets};

fn pixels() -> Vec<u8> {
    (0..7 * 15).map(|i| (i * 37 % 256) as u8).collect()
}

fn training() -> Dataset {
    Dataset::new(pixels(), vec![0, 1, 2, 0, 1, 2, 0], 5, 3, 3).expect("the images are sound")
}

/// `tests/reference/fingerprint.py` printed the expected numbers with Python's xxhash.
#[test]
fn the_fingerprint_is_xxhashs() {
    let test = Dataset::new((0..15).collect(), vec![2], 5, 3, 3).expect("the image is sound");
    assert_eq!(training().fingerprint(), 0x3d18_5370_ed41_9660);
    assert_eq!(test.fingerprint(), 0xf8ca_424b_7f03_34b4);
    assert_eq!(Datasets { training: training(), test: None }.fingerprint(), 0xa134_41b6_0bb0_51fd);
    assert_eq!(Datasets { training: training(), test: Some(test) }.fingerprint(), 0xcbb8_df54_efea_40fd);
}

#[test]
fn whatever_differs_shows_in_the_fingerprint() {
    let labels = training().labels().to_vec();
    let with = |pixels: Vec<u8>, labels: Vec<u8>, rows, cols, n_classes| {
        Dataset::new(pixels, labels, rows, cols, n_classes).expect("the images are sound").fingerprint()
    };
    let mut another_pixel = pixels();
    another_pixel[104] ^= 1;
    let mut another_label = labels.clone();
    another_label[6] = 1;
    let mut fingerprints = vec![
        training().fingerprint(),
        with(another_pixel, labels.clone(), 5, 3, 3),
        with(pixels(), another_label, 5, 3, 3),
        with(pixels(), labels.clone(), 3, 5, 3),
        with(pixels(), labels, 5, 3, 4),
    ];
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), 5);
}
