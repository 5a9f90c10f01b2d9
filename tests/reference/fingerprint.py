"""Prints the fingerprints that tests/core/data/fingerprint.rs quotes, computed as src/data/dataset.rs says they are, and
the checksum that tests/core/train/checksum.rs quotes, as src/train/trainer.rs says.

Run with xxhash 4.1: python tests/reference/fingerprint.py
"""

import struct

import xxhash


def fingerprint(rows, cols, n_classes, pixels, labels):
    sizes = struct.pack("<4Q", rows, cols, n_classes, len(labels))
    return xxhash.xxh64(sizes + bytes(pixels) + bytes(labels), seed=0).intdigest()


training = fingerprint(5, 3, 3, [i * 37 % 256 for i in range(7 * 15)], [0, 1, 2, 0, 1, 2, 0])
test = fingerprint(5, 3, 3, range(15), [2])
print(f"training set: {training:016x}")
print(f"test set: {test:016x}")
print(f"both: {xxhash.xxh64(struct.pack('<2Q', training, test), seed=0).hexdigest()}")
print(f"training set alone: {xxhash.xxh64(struct.pack('<Q', training), seed=0).hexdigest()}")

# BatchNorm of three numbers: scales of 1, shifts of 0, running means of 0, running variances of 1.
parameters = struct.pack("<12f", *[1] * 3, *[0] * 6, *[1] * 3)
print(f"checksum: {xxhash.xxh64(parameters, seed=0).hexdigest()}")
