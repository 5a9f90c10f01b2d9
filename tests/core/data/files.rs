//! IDX files in, data sets out, in every arrangement of files.

use hellonn::data::{DataError, Datasets, NamedFile, idx, read_files};
use proptest::prelude::*;

pub const TRAIN_IMAGES: &str = "train-images-idx3-ubyte";
pub const TRAIN_LABELS: &str = "train-labels-idx1-ubyte";
pub const TEST_IMAGES: &str = "t10k-images-idx3-ubyte";
pub const TEST_LABELS: &str = "t10k-labels-idx1-ubyte";

pub fn idx_bytes(element_type: u8, sizes: &[u32], elements: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, element_type, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    bytes.extend(elements);
    bytes
}

pub fn file(name: &str, bytes: Vec<u8>) -> NamedFile {
    NamedFile { name: name.to_owned(), bytes }
}

/// Images of 2 × 3 pixels; the pixels of image i are all i.
pub fn images(name: &str, n_images: usize) -> NamedFile {
    let pixels: Vec<u8> = (0..n_images).flat_map(|i| [i as u8; 6]).collect();
    file(name, idx_bytes(8, &[n_images as u32, 2, 3], &pixels))
}

/// The labels 0, 1, 2, 0, 1, 2, …
pub fn labels(name: &str, n_labels: usize) -> NamedFile {
    let labels: Vec<u8> = (0..n_labels).map(|i| (i % 3) as u8).collect();
    labels_of(name, &labels)
}

pub fn labels_of(name: &str, labels: &[u8]) -> NamedFile {
    file(name, idx_bytes(8, &[labels.len() as u32], labels))
}

/// Five training images and three test images under MNIST's own names.
pub fn mnist_like() -> Vec<NamedFile> {
    vec![images(TRAIN_IMAGES, 5), labels(TRAIN_LABELS, 5), images(TEST_IMAGES, 3), labels(TEST_LABELS, 3)]
}

fn renamed(names: [&str; 4]) -> Vec<NamedFile> {
    let with_name = |(file, name): (NamedFile, &str)| NamedFile { name: name.to_owned(), ..file };
    mnist_like().into_iter().zip(names).map(with_name).collect()
}

/// The numbers of training and test images.
fn numbers(files: Vec<NamedFile>) -> (usize, Option<usize>) {
    let Datasets { training, test } = read_files(files).expect("a valid set of files");
    (training.len(), test.map(|test| test.len()))
}

pub fn message(files: Vec<NamedFile>) -> String {
    read_files(files).expect_err("a refused set of files").to_string()
}

#[test]
fn the_sets_hold_what_the_files_hold() {
    let Datasets { training, test } = read_files(mnist_like()).unwrap();
    assert_eq!((training.len(), training.rows(), training.cols(), training.n_pixels()), (5, 2, 3, 6));
    assert_eq!(training.n_classes(), 3);
    assert_eq!(training.labels(), [0, 1, 2, 0, 1]);
    assert_eq!(training.image(4), [4; 6]);
    assert_eq!(training.class_counts(), [2, 2, 1]);
    let test = test.unwrap();
    assert_eq!((test.len(), test.n_classes(), test.label(1)), (3, 3, 1));
}

#[test]
fn files_come_in_any_order() {
    let expected = read_files(mnist_like()).unwrap();
    for first in 0..4 {
        for second in 0..4 {
            for third in 0..4 {
                let mut files = mnist_like();
                files.swap(0, first);
                files.swap(1, second);
                files.swap(2, third);
                assert_eq!(read_files(files).unwrap(), expected);
            }
        }
    }
}

#[test]
fn a_training_set_needs_no_test_set_and_no_telling_name() {
    assert_eq!(numbers(vec![labels("b", 5), images("a", 5)]), (5, None));
}

#[test]
fn names_tell_the_sets_apart_in_any_case_and_against_the_sizes() {
    assert_eq!(numbers(renamed(["Test-images", "TEST-labels", "Train-images", "TRAIN-labels"])), (3, Some(5)));
    assert_eq!(numbers(renamed(["T10K.images", "t10k.labels", "my training images", "training"])), (3, Some(5)));
}

#[test]
fn a_folder_tells_the_sets_apart_where_the_name_does_not() {
    assert_eq!(numbers(renamed(["test/x", "test/y", "train/x", "train/y"])), (3, Some(5)));
    assert_eq!(numbers(renamed([r"d\test\x", r"d\test\y", r"d\train\x", r"d\train\y"])), (3, Some(5)));
    assert_eq!(numbers(renamed(["test/train-x", "test/train-y", "test/x", "test/y"])), (5, Some(3)));
}

#[test]
fn a_word_that_only_contains_test_or_train_tells_nothing() {
    assert_eq!(numbers(renamed(["latest-x", "contest-y", "strain-x", "restrained-y"])), (5, Some(3)));
    assert_eq!(numbers(renamed(["test-train-x", "test-train-y", "x", "y"])), (5, Some(3)));
}

#[test]
fn sizes_tell_the_sets_apart_where_names_do_not() {
    assert_eq!(numbers(renamed(["a", "b", "c", "d"])), (5, Some(3)));
    assert_eq!(numbers(renamed(["a", "d", "c", "b"])), (5, Some(3)));
}

#[test]
fn one_telling_name_settles_the_other() {
    assert_eq!(numbers(renamed(["a", "b", "train-c", "d"])), (3, Some(5)));
    assert_eq!(numbers(renamed(["test-a", "b", "c", "d"])), (3, Some(5)));
}

#[test]
fn labels_go_where_their_number_fits() {
    assert_eq!(numbers(renamed(["test-images", "b", "train-images", "d"])), (3, Some(5)));
    let files = vec![images(TRAIN_IMAGES, 5), labels(TRAIN_LABELS, 5), images(TEST_IMAGES, 3), labels("x", 3)];
    assert_eq!(numbers(files), (5, Some(3)));
    let without_training_labels = vec![images(TRAIN_IMAGES, 5), images(TEST_IMAGES, 3), labels("x", 3)];
    assert_eq!(
        message(without_training_labels),
        "train-images-idx3-ubyte: expected a file with the training labels of these 5 images, found none"
    );
}

#[test]
fn two_to_256_classes_are_as_many_as_the_largest_label_says() {
    for largest in [1, 9, 254, 255] {
        let files = vec![images("a", 2), labels_of("b", &[0, largest])];
        assert_eq!(read_files(files).unwrap().training.n_classes(), usize::from(largest) + 1);
    }
}

#[test]
fn no_pixel_is_copied() {
    let files = mnist_like();
    let before = files[0].bytes.as_ptr();
    assert_eq!(read_files(files).unwrap().training.image(0).as_ptr(), before);
}

proptest! {
    #[test]
    fn no_bytes_make_the_parser_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _ = idx::parse("x", bytes);
    }

    #[test]
    fn no_header_makes_the_parser_panic(
        n_dimensions in 0..5_u8,
        sizes in proptest::collection::vec(prop_oneof![0..4_u32, any::<u32>()], 0..5),
        elements in proptest::collection::vec(any::<u8>(), 0..64),
    ) {
        let mut bytes = idx_bytes(8, &sizes, &elements);
        bytes[3] = n_dimensions;
        let _ = read_files(vec![file("x", bytes)]);
    }

    #[test]
    fn a_valid_file_comes_back_and_no_shorter_or_longer_one(
        (n_images, rows, cols) in (1..5_u32, 1..5_u32, 1..5_u32),
        cut in any::<prop::sample::Index>(),
        more in proptest::collection::vec(any::<u8>(), 1..5),
    ) {
        let pixels: Vec<u8> = (0..n_images * rows * cols).map(|i| i as u8).collect();
        let bytes = idx_bytes(8, &[n_images, rows, cols], &pixels);
        let (n_images, rows, cols) = (n_images as usize, rows as usize, cols as usize);
        prop_assert_eq!(
            idx::parse("x", bytes.clone()),
            Ok(idx::Idx::Images(idx::Images { n_images, rows, cols, pixels }))
        );

        let cut = cut.index(bytes.len());
        let shorter = idx::parse("x", bytes[..cut].to_vec());
        let is_truncated = matches!(
            shorter,
            Err(DataError::TruncatedHeader { .. } | DataError::Truncated { .. })
        );
        prop_assert!(is_truncated, "{:?}", shorter);
        let longer = idx::parse("x", [bytes, more].concat());
        prop_assert!(matches!(longer, Err(DataError::TrailingBytes { .. })), "{:?}", longer);
    }
}
