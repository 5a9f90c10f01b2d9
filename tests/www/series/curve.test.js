import assert from "node:assert/strict";
import test from "node:test";
import { averaged, meanOf, NO_AVERAGE } from "../../../www/series/average.js";
import { BatchPoints } from "../../../www/series/batch-points.js";
import { EMPTY_CURVE, extended } from "../../../www/series/curve.js";

/** @typedef {import("../../../www/protocol/events.js").BatchPoint} BatchPoint */

/**
 * @param {number} n
 * @param {(i: number) => number} loss
 * @returns {BatchPoint[]} over one epoch
 */
function batches(n, loss) {
  return Array.from({ length: n }, (_, i) => ({ x: (i + 1) / n, nBatches: 1, loss: loss(i), accuracy: 0.5 }));
}

/** @param {readonly BatchPoint[]} points */
function meanLoss(points) {
  const nBatches = points.reduce((sum, point) => sum + point.nBatches, 0);
  return points.reduce((sum, { loss, nBatches: n }) => sum + loss * n, 0) / nBatches;
}

for (const n of [1, 99, 100, 101, 12345]) {
  test(`${n} batches stay within 100 points and keep their mean and order`, () => {
    const all = batches(n, (i) => Math.sin(i) + i / n);
    const { points } = all.reduce((curve, point) => extended(curve, [point], 100), EMPTY_CURVE);
    assert.deepEqual(extended(EMPTY_CURVE, all, 100).points, points, "it matters how many come at once");
    assert.ok(points.length <= 100, `${points.length} points`);
    assert.ok(points.length >= Math.min(n, 40), `${points.length} points are too few to see anything`);
    assert.ok(Math.abs(meanLoss(points) - meanLoss(all)) < 1e-9);
    assert.equal(points.at(-1)?.x, 1);
    assert.ok(points.every(({ x }, i) => x > (points[i - 1]?.x ?? 0)));
  });
}

test("points that are no longer finite are left out", () => {
  const losses = [1, NaN, Infinity];
  const points = losses.map((loss, i) => ({ x: (i + 1) / 10, nBatches: 1, loss, accuracy: 0.1 }));
  assert.equal(extended(EMPTY_CURVE, points).points.length, 1);
});

test("what a curve was stays as it was when points are added", () => {
  const before = extended(
    EMPTY_CURVE,
    batches(5, (i) => i),
    4,
  );
  const copy = structuredClone(before);
  extended(before, [{ x: 2, nBatches: 1, loss: 7, accuracy: 1 }], 4);
  assert.deepEqual(before, copy);
  assert.deepEqual(EMPTY_CURVE.points, []);
});

/** @param {(readonly [value: number, width: number, window: number])[]} values @returns {number} the average at the end */
function average(...values) {
  return meanOf(values.reduce((average, value) => averaged(average, ...value), NO_AVERAGE));
}

/** @template T @param {number} n @param {T} value @returns {T[]} */
const times = (n, value) => Array.from({ length: n }, () => value);

test("the moving average starts at the first value and forgets by 1/e over its window", () => {
  assert.equal(average([5, 0.01, 1]), 5);
  const found = average(
    ...times(10_000, /** @type {const} */ ([0, 0.01, 1])),
    ...times(100, /** @type {const} */ ([1, 0.01, 1])),
  );
  assert.ok(Math.abs(found - (1 - Math.exp(-1))) < 1e-6);
});

test("the moving average does not depend on how its width is cut", () => {
  const coarse = average([3, 0.2, 0.1], [1, 0.05, 0.1]);
  const fine = average(
    ...times(20, /** @type {const} */ ([3, 0.01, 0.1])),
    ...times(5, /** @type {const} */ ([1, 0.01, 0.1])),
  );
  assert.ok(Math.abs(fine - coarse) < 1e-9);
});

test("the worker sends no more points of a run than a chart can show, with the same mean", () => {
  const gatherer = new BatchPoints(1);
  const all = batches(60_000, (i) => 1 / (i + 1));
  /** @type {BatchPoint[]} */
  const sent = [];
  all.forEach((point, i) => {
    gatherer.add(point);
    if (i % 1000 === 0) sent.push(...gatherer.take());
  });
  sent.push(...gatherer.take());
  assert.ok(sent.length <= 4100, `${sent.length} points`);
  assert.equal(
    sent.reduce((sum, { nBatches }) => sum + nBatches, 0),
    60_000,
  );
  assert.ok(Math.abs(meanLoss(sent) - meanLoss(all)) < 1e-9);
  assert.deepEqual(gatherer.take(), []);
});
