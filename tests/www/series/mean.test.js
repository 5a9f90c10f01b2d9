import assert from "node:assert/strict";
import test from "node:test";
import { deviation, lastUpTo, meanLineOf } from "../../../www/series/mean.js";

/** @param {(number | null)[]} values @param {(number | null)[]} [xs] */
const track = (values, xs = values.map((_, i) => i + 1)) => ({ xs, values });

test("the mean of curves, and the deviation of a sample", () => {
  // 2, 4, 4, 4, 5, 5, 7, 9 have the mean 5 and Σ (v − 5)² = 32.
  const line = meanLineOf([2, 4, 4, 4, 5, 5, 7, 9].map((value) => track([value, 1])));
  assert.deepEqual(line, { xs: [1, 2], values: [5, 1], deviations: [Math.sqrt(32 / 7), 0], counts: [8, 8] });
});

test("one curve is its own mean, without a deviation", () => {
  assert.deepEqual(meanLineOf([track([0.5, 0.6])]), {
    xs: [1, 2],
    values: [0.5, 0.6],
    deviations: [null, null],
    counts: [1, 1],
  });
  assert.equal(deviation([1]), null);
  assert.deepEqual(meanLineOf([]).xs, []);
});

test("where a curve has no number the others' mean is taken, as far as most of them go", () => {
  const line = meanLineOf([track([1, null, 3, 5]), track([3, 4, Number.NaN, 7]), track([5, 8, 9])]);
  assert.deepEqual(line.xs, [1, 2, 3, 4]);
  assert.deepEqual(line.values, [3, 6, 6, 6]);
  assert.deepEqual(line.counts, [3, 2, 2, 2]);
  const left = meanLineOf([track([1, 2, 9]), track([3]), track([5])]);
  assert.deepEqual(left.values, [3], "one of three is not most of them");
  assert.deepEqual(meanLineOf([track([1, 9]), track([3])]).values, [2], "nor is one of two");
});

test("over seconds the mean's place is the mean of theirs, and never falls back", () => {
  const fast = track([0.9, 0.92, 0.93], [1, 2, 3]);
  const slow = track([0.8, 0.85], [3, 10]);
  const line = meanLineOf([fast, fast, slow]);
  assert.deepEqual(line.xs, [5 / 3, 14 / 3]);
});

test("what has been measured until a moment is found", () => {
  assert.deepEqual(
    [0.5, 1, 1.5, 3, 99].map((x) => lastUpTo([1, 2, 3], x)),
    [null, 0, 0, 2, 2],
  );
  assert.equal(lastUpTo([], 1), null);
});
