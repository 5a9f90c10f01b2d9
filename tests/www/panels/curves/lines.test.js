import assert from "node:assert/strict";
import test from "node:test";
import { aboveZero, captions, linesOf, placeInWords, thinned } from "../../../../www/panels/curves/lines.js";
import { runAfter } from "../../../../www/runs/run.js";
import { epoch, progress, run } from "../../support/values.js";

const points = [
  { x: 0.5, nBatches: 1, loss: 2, accuracy: 0.25 },
  { x: 1, nBatches: 1, loss: 1, accuracy: 0.75 },
];

test("by batch: each batch, and its smoothed line", () => {
  const trained = runAfter(run(), progress({ points }));
  const [xs, raw, smooth] = linesOf(trained, "batch", "loss");
  assert.deepEqual(
    [xs, raw],
    [
      [0.5, 1],
      [2, 1],
    ],
  );
  assert.equal(smooth?.length, 2);
  assert.equal(smooth?.[0], 2, "the smoothed line begins at the first value");
  assert.deepEqual(linesOf(trained, "batch", "accuracy")[1], [0.25, 0.75]);
  assert.deepEqual(linesOf(null, "batch", "loss"), [[], [], []]);
});

test("by epoch: training and validation, which may be missing", () => {
  const epochs = [epoch(1, { validationLoss: 0.4 }), epoch(2)];
  assert.deepEqual(linesOf(run({ epochs }), "epoch", "loss"), [
    [1, 2],
    [0.5, 0.5],
    [0.4, null],
  ]);
});

test("many epochs are thinned evenly, and the latest is always there", () => {
  const epochs = Array.from({ length: 1001 }, (_, i) => epoch(i + 1));
  const few = thinned(epochs, 300);
  assert.ok(few.length <= 301, `${few.length}`);
  assert.ok(few.length > 200, `${few.length}`);
  assert.equal(few.at(-1)?.epoch, 1001);
  assert.deepEqual(
    few.slice(0, 3).map((each) => each.epoch),
    [4, 8, 12],
  );
  assert.equal(thinned(epochs, 2000), epochs);
});

test("a logarithmic scale has no place for 0", () => {
  assert.deepEqual(
    aboveZero([
      [0, 1, 2],
      [0, 1, -1],
      [null, 2, 3],
    ]),
    [
      [0, 1, 2],
      [null, 1, null],
      [null, 2, 3],
    ],
  );
});

test("the caption says the numbers of one place, and where it is", () => {
  const lines = [
    [1, 2],
    [0.5, 0.25],
    [null, 0.125],
  ];
  assert.deepEqual(captions("epoch", "loss", lines, 1), [
    { name: "training", colour: "--series-training", text: "0.2500" },
    { name: "validation", colour: "--series-validation", text: "0.1250" },
  ]);
  assert.deepEqual(
    captions("epoch", "accuracy", lines, 0).map(({ text }) => text),
    ["50.00\u00a0%"],
  );
  assert.equal(placeInWords("epoch", 2), "epoch 2");
  assert.equal(placeInWords("batch", 1.5), "at epoch 1.50");
  assert.equal(placeInWords("batch", undefined), "");
});
