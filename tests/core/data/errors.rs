//! What the data room says of files that it refuses, word by word.

use hellonn::data::Dataset;

use crate::data::files::{
    TEST_IMAGES, TEST_LABELS, TRAIN_IMAGES, TRAIN_LABELS, file, idx_bytes, images, labels, labels_of, message,
    mnist_like,
};

/// What is said of one file with these bytes.
fn message_for(name: &str, bytes: Vec<u8>) -> String {
    message(vec![file(name, bytes)])
}

#[test]
fn what_is_not_idx_is_named() {
    assert_eq!(
        message_for("digits.png", b"\x89PNG\r\n\x1a\n".to_vec()),
        "digits.png: expected an IDX file, which starts with the bytes 00 00, found 89 50: this is not an IDX file"
    );
    assert_eq!(
        message_for("train-images-idx3-ubyte.gz", vec![0x1f, 0x8b, 8, 0]),
        "train-images-idx3-ubyte.gz: expected an IDX file, found gzip-compressed data: decompress it first"
    );
}

#[test]
fn other_element_types_are_named() {
    let expected = [
        (0x09, "signed bytes (type 0x09)"),
        (0x0b, "16-bit integers (type 0x0b)"),
        (0x0c, "32-bit integers (type 0x0c)"),
        (0x0d, "32-bit floating-point numbers (type 0x0d)"),
        (0x0e, "64-bit floating-point numbers (type 0x0e)"),
        (0x42, "an unknown type (type 0x42)"),
    ];
    for (element_type, found) in expected {
        assert_eq!(
            message_for("x", idx_bytes(element_type, &[1], &[0])),
            format!("x: expected unsigned bytes (type 0x08), found {found}")
        );
    }
}

#[test]
fn other_numbers_of_dimensions_are_named() {
    for n_dimensions in [0, 2, 4, 255] {
        assert_eq!(
            message_for("x", idx_bytes(8, &vec![1; n_dimensions], &[0])),
            format!("x: expected three dimensions (images) or one (labels), found {n_dimensions}")
        );
    }
}

#[test]
fn truncated_files_say_what_is_there() {
    assert_eq!(
        message_for(TRAIN_IMAGES, idx_bytes(8, &[60_000, 28, 28], &[0; 1_000])),
        "train-images-idx3-ubyte: expected 60,000 images of 28 × 28 (47,040,000 bytes after the header), \
         found 1,000 bytes: the file is truncated"
    );
    assert_eq!(
        message_for(TRAIN_LABELS, idx_bytes(8, &[2], &[7])),
        "train-labels-idx1-ubyte: expected 2 labels (2 bytes after the header), found 1 byte: the file is truncated"
    );
    assert_eq!(
        message_for("x", vec![0, 0, 8]),
        "x: expected a header of 4 bytes, found 3 bytes: the file is truncated"
    );
    assert_eq!(
        message_for("x", vec![0, 0, 8, 3, 0, 0, 0, 1]),
        "x: expected a header of 16 bytes, found 8 bytes: the file is truncated"
    );
    assert_eq!(message_for("x", vec![]), "x: expected a header of 4 bytes, found 0 bytes: the file is truncated");
}

#[test]
fn a_header_that_claims_the_largest_numbers_is_refused_without_an_allocation() {
    assert_eq!(
        message_for("x", idx_bytes(8, &[u32::MAX, 28, 28], &[0; 10])),
        "x: expected 4,294,967,295 images of 28 × 28 (3,367,254,359,280 bytes after the header), \
         found 10 bytes: the file is truncated"
    );
    // 2^31 · 2^31 · 4 is 0 in 64 bits.
    assert_eq!(
        message_for("x", idx_bytes(8, &[1 << 31, 1 << 31, 4], &[])),
        "x: expected 2,147,483,648 images of 2,147,483,648 × 4 (18,446,744,073,709,551,616 bytes after the header), \
         found 0 bytes: the file is truncated"
    );
}

#[test]
fn trailing_bytes_are_counted() {
    assert_eq!(
        message_for("x", idx_bytes(8, &[1, 2, 2], &[0; 5])),
        "x: expected 1 image of 2 × 2 (4 bytes after the header), found 5 bytes: the file has 1 byte too many"
    );
}

#[test]
fn empty_files_are_refused() {
    assert_eq!(
        message_for("x", idx_bytes(8, &[0, 28, 28], &[])),
        "x: expected at least one image of at least 1 × 1, found 0 images of 28 × 28: the file is empty"
    );
    assert_eq!(
        message_for("x", idx_bytes(8, &[5, 0, 28], &[])),
        "x: expected at least one image of at least 1 × 1, found 5 images of 0 × 28: the file is empty"
    );
    assert_eq!(
        message_for("x", idx_bytes(8, &[0], &[])),
        "x: expected at least one label, found 0 labels: the file is empty"
    );
}

#[test]
fn too_few_and_too_many_files_are_counted() {
    assert_eq!(
        message(vec![]),
        "expected two to four files (training images and labels, test images and labels), found none"
    );
    let five = ["a", "b", "c", "d", "e"].map(|name| images(name, 1)).into();
    assert_eq!(
        message(five),
        "expected at most four files (training images and labels, test images and labels), found 5: a, b, c, d, e"
    );
    let three = vec![images("a", 1), images("b", 2), labels("c", 1), images("d", 3)];
    assert_eq!(message(three), "a, b, d: expected at most two files of images (training and test), found 3");
}

#[test]
fn two_files_for_one_place_are_both_named() {
    assert_eq!(
        message(vec![images("train-a", 5), images("train-b", 3), labels("c", 5)]),
        "train-a and train-b: expected one file of training images, found two"
    );
    assert_eq!(
        message(vec![images("a", 5), labels("test-b", 5), labels("t10k-c", 3)]),
        "test-b and t10k-c: expected one file of test labels, found two"
    );
}

#[test]
fn files_that_nothing_tells_apart_are_both_named() {
    assert_eq!(
        message(vec![images("a", 5), images("b", 5), labels("c", 5), labels("d", 5)]),
        "a and b: expected one file of training images and one of test images, found two of 5 images \
         whose names do not tell them apart: put \"train\" and \"test\" into the names"
    );
    assert_eq!(
        message(vec![images("train-a", 5), images("test-b", 5), labels("c", 5), labels("d", 5)]),
        "c and d: expected one file of training labels and one of test labels, found two of 5 labels \
         whose names do not tell them apart: put \"train\" and \"test\" into the names"
    );
}

#[test]
fn a_file_without_its_partner_is_named() {
    assert_eq!(
        message(vec![images(TRAIN_IMAGES, 5)]),
        "train-images-idx3-ubyte: expected a file with the training labels of these 5 images, found none"
    );
    assert_eq!(
        message(vec![labels("x", 5)]),
        "x: expected a file with the training images of these 5 labels, found none"
    );
    assert_eq!(
        message(mnist_like().into_iter().take(3).collect()),
        "t10k-images-idx3-ubyte: expected a file with the test labels of these 3 images, found none"
    );
    let without_test_images = vec![images(TRAIN_IMAGES, 5), labels(TRAIN_LABELS, 5), labels(TEST_LABELS, 1)];
    assert_eq!(
        message(without_test_images),
        "t10k-labels-idx1-ubyte: expected a file with the test images of this 1 label, found none"
    );
    assert_eq!(
        message(mnist_like().into_iter().skip(2).collect()),
        "t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte: expected training images and labels, found only test files"
    );
}

#[test]
fn images_and_labels_of_different_number_are_refused() {
    assert_eq!(
        message(vec![images(TRAIN_IMAGES, 5), labels(TRAIN_LABELS, 4)]),
        "train-labels-idx1-ubyte: expected 5 labels, one for each image of train-images-idx3-ubyte, found 4 labels"
    );
}

#[test]
fn one_class_teaches_nothing() {
    assert_eq!(
        message(vec![images("a", 3), labels_of("b", &[0, 0, 0])]),
        "b: expected 2 to 256 classes, found only the label 0"
    );
}

#[test]
fn a_test_set_that_does_not_go_with_the_training_set_is_refused() {
    let training = || [images(TRAIN_IMAGES, 5), labels(TRAIN_LABELS, 5)];
    let beyond = [images(TEST_IMAGES, 3), labels_of(TEST_LABELS, &[0, 2, 3])];
    assert_eq!(
        message(training().into_iter().chain(beyond).collect()),
        "t10k-labels-idx1-ubyte: expected labels from 0 to 2, as in the training set, found 3 (label number 3)"
    );
    let larger = [file(TEST_IMAGES, idx_bytes(8, &[1, 3, 2], &[0; 6])), labels(TEST_LABELS, 1)];
    assert_eq!(
        message(training().into_iter().chain(larger).collect()),
        "t10k-images-idx3-ubyte: expected images of 2 × 3, as in the training set, found 3 × 2"
    );
}

#[test]
fn arrays_that_do_not_make_a_data_set_are_refused() {
    let message = |pixels: usize, labels: &[u8], rows, cols, n_classes| {
        Dataset::new(vec![0; pixels], labels.to_vec(), rows, cols, n_classes).unwrap_err().to_string()
    };
    assert_eq!(
        message(0, &[], 2, 2, 2),
        "data set: expected at least one image of at least 1 × 1, found 0 images of 2 × 2"
    );
    assert_eq!(
        message(7, &[0, 1], 2, 2, 2),
        "data set: expected 2 images of 2 × 2, one for each label, found 7 pixels"
    );
    assert_eq!(
        message(0, &[0, 1], usize::MAX, 2, 2),
        format!("data set: expected 2 images of {} × 2, one for each label, found 0 pixels", usize::MAX)
    );
    assert_eq!(message(4, &[0], 2, 2, 1), "data set: expected 2 to 256 classes, found 1");
    assert_eq!(message(4, &[0], 2, 2, 257), "data set: expected 2 to 256 classes, found 257");
    assert_eq!(message(4, &[2], 2, 2, 2), "data set: expected labels from 0 to 1, found 2");
}
