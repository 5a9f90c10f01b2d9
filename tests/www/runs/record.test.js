import assert from "node:assert/strict";
import test from "node:test";
import { curveOf, curveRecordOf, recordOf, runOf } from "../../../www/runs/record.js";
import { runAfter } from "../../../www/runs/run.js";
import { epoch, progress, run } from "../support/values.js";

const points = [0.25, 0.5, 0.75].map((x) => ({ x, nBatches: 3, loss: 1 - x, accuracy: x }));
const RUN = {
  ...runAfter(run({ id: "0123456789abcdef" }), progress({ points })),
  state: /** @type {const} */ ("finished"),
  epochs: [epoch(1, { validationAccuracy: 0.9 }), epoch(2, { trainingLoss: NaN, validationLoss: Infinity })],
  test: { loss: 0.1, nCorrect: 97, nImages: 100, nTotal: 100, done: true, atEpoch: 2 },
  answers: Uint8Array.of(7, 2, 1),
  checksum: "00000000000000ff",
  handSet: [{ epoch: 1, rate: 0.1 }],
  weights: { checkpoint: Uint8Array.of(1), epochs: [], secondsInEpoch: 0 },
};

test("a run comes back from its record as it was, but for what is kept apart", () => {
  const back = runOf(structuredClone(recordOf(RUN)));
  assert.ok(back);
  const { curve, hasCurve, progress, weights, isKept, ...rest } = back;
  const { curve: _, hasCurve: _1, progress: _2, weights: _3, isKept: _4, ...expected } = RUN;
  assert.deepEqual(rest, expected);
  assert.deepEqual([curve.points, hasCurve, progress, weights, isKept], [[], false, null, null, true]);
});

test("a curve comes back to seven digits", () => {
  const record = curveRecordOf(RUN);
  const back = curveOf(structuredClone(record));
  assert.equal(back.points.length, 3);
  for (const [i, point] of RUN.curve.points.entries()) {
    for (const [name, value] of Object.entries(point)) {
      const found = /** @type {any} */ (back.points[i])[name];
      assert.ok(Math.abs(found - value) <= 1e-7 * Math.abs(value), `${name}: ${found} for ${value}`);
    }
  }
  assert.deepEqual([back.lastX, back.minWidth], [RUN.curve.lastX, RUN.curve.minWidth]);
});

test("a run without a curve, or whose curve nobody has read, has no new one to write", () => {
  assert.equal(curveRecordOf(run()), null);
  assert.equal(curveRecordOf({ ...RUN, hasCurve: false }), null);
});

test("what is no record of a run is none, field by field", () => {
  const record = recordOf(RUN);
  for (const name of Object.keys(record)) {
    for (const value of [undefined, Symbol.iterator, -1.5, { toString: "x" }]) {
      const spoilt = { ...record, [name]: value };
      // Any number will do for these.
      if (value === -1.5 && ["begunAt", "seconds", "secondsToGoal"].includes(name)) continue;
      assert.equal(runOf(spoilt), null, `${name} = ${String(typeof value)}`);
    }
  }
  for (const other of [null, undefined, 7, "run", [], { ...record, version: 2 }, { ...record, id: "../x" }]) {
    assert.equal(runOf(other), null);
  }
});

test("what is no record of a curve is an empty curve", () => {
  const record = curveRecordOf(RUN);
  for (const other of [null, undefined, {}, { ...record, numbers: new ArrayBuffer(23) }, { ...record, version: 0 }]) {
    assert.deepEqual(curveOf(other).points, []);
  }
});
