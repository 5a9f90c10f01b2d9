import assert from "node:assert/strict";
import test from "node:test";
import { count, counted, dataSummary, duration, loss, percent, short } from "../../../www/ui/format.js";

test("the data is summed up in one sentence", () => {
  const fingerprint = "0123456789abcdef";
  const training = { nImages: 60000, classCounts: [] };
  const test = { nImages: 10000, classCounts: [] };
  assert.equal(
    dataSummary({ training, test, rows: 28, cols: 28, nClasses: 10, fingerprint }),
    "60,000 training images, 10,000 test images, 28 × 28, 10 classes",
  );
  assert.equal(
    dataSummary({
      training: {
        nImages: 33,
        classCounts: Array.from({ length: 201 }, (_, label) => (label < 10 || label === 200 ? 3 : 0)),
      },
      test: null,
      rows: 8,
      cols: 9,
      nClasses: 201,
      fingerprint,
    }),
    "33 training images, no test images, 8 × 9, 201 classes, 190 of them without an image: labels should run from 0 to 10",
  );
  assert.equal(
    dataSummary({ training: { nImages: 1, classCounts: [] }, test: null, rows: 8, cols: 9, nClasses: 2, fingerprint }),
    "1 training image, no test images, 8 × 9, 2 classes",
  );
});

test("a share is a percentage with two decimals", () => {
  assert.equal(percent(0.9641), "96.41\u00a0%");
  assert.equal(percent(1, 0), "100\u00a0%");
});

test("a loss has six decimals, unless it has run away", () => {
  assert.equal(loss(0.0827191), "0.082719");
  assert.equal(loss(1.25e9), "1.250e+9");
  assert.equal(loss(NaN), "NaN");
});

test("a duration has the unit that suits it", () => {
  assert.equal(duration(3.14), "3.1 s");
  assert.equal(duration(42.4), "42 s");
  assert.equal(duration(125), "2 min");
  assert.equal(duration(7 * 3600), "7.0 h");
});

test("counts have separators and nouns their plural", () => {
  assert.equal(count(1234567.8), "1,234,568");
  assert.equal(counted(1, "epoch"), "1 epoch");
  assert.equal(counted(0, "epoch"), "0 epochs");
});

test("a tick is short from the tiny to the huge", () => {
  assert.deepEqual([0, 0.05, 2.5, 1e-5, 3e6].map(short), ["0", "0.05", "2.5", "1.0e-5", "3.0e+6"]);
});
