import assert from "node:assert/strict";
import test from "node:test";
import { BatchPoints } from "../../../www/series/batch-points.js";
import { MovingAverage, PointSeries } from "../../../www/series/point-series.js";

/** @typedef {import("../../../www/protocol/events.js").BatchPoint} BatchPoint */

/**
 * @param {number} n
 * @param {(i: number) => number} loss
 * @returns {BatchPoint[]} over one epoch
 */
function batches(n, loss) {
  return Array.from({ length: n }, (_, i) => ({ x: (i + 1) / n, nBatches: 1, loss: loss(i), accuracy: 0.5 }));
}

/** @param {BatchPoint[]} points */
function meanLoss(points) {
  const nBatches = points.reduce((sum, point) => sum + point.nBatches, 0);
  return points.reduce((sum, { loss, nBatches: n }) => sum + loss * n, 0) / nBatches;
}

for (const n of [1, 99, 100, 101, 12345]) {
  test(`${n} batches stay within 100 points and keep their mean and order`, () => {
    const all = batches(n, (i) => Math.sin(i) + i / n);
    const series = new PointSeries(100);
    for (const point of all) series.push(point);
    const { points } = series;
    assert.ok(points.length <= 100, `${points.length} points`);
    assert.ok(points.length >= Math.min(n, 40), `${points.length} points are too few to see anything`);
    assert.ok(Math.abs(meanLoss(points) - meanLoss(all)) < 1e-9);
    assert.equal(points.at(-1)?.x, 1);
    assert.ok(points.every(({ x }, i) => x > (points[i - 1]?.x ?? 0)));
  });
}

test("points that are no longer finite are left out", () => {
  const series = new PointSeries(10);
  series.push({ x: 0.1, nBatches: 1, loss: 1, accuracy: 0.1 });
  series.push({ x: 0.2, nBatches: 1, loss: NaN, accuracy: 0.1 });
  series.push({ x: 0.3, nBatches: 1, loss: Infinity, accuracy: 0.1 });
  assert.equal(series.points.length, 1);
});

test("the moving average starts at the first value and forgets by 1/e over its window", () => {
  const average = new MovingAverage();
  assert.equal(average.add(5, 0.01, 1), 5);
  for (let i = 0; i < 10_000; i++) average.add(0, 0.01, 1);
  const rising = Array.from({ length: 100 }, () => average.add(1, 0.01, 1));
  assert.ok(Math.abs((rising[99] ?? 0) - (1 - Math.exp(-1))) < 1e-6);
});

test("the moving average does not depend on how its width is cut", () => {
  const [coarse, fine] = [new MovingAverage(), new MovingAverage()];
  coarse.add(3, 0.2, 0.1);
  const expected = coarse.add(1, 0.05, 0.1);
  for (let i = 0; i < 20; i++) fine.add(3, 0.01, 0.1);
  let found = 0;
  for (let i = 0; i < 5; i++) found = fine.add(1, 0.01, 0.1);
  assert.ok(Math.abs(found - expected) < 1e-9);
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
