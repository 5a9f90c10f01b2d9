import assert from "node:assert/strict";
import test from "node:test";
import {
  aboveZero,
  captions,
  cutAbove,
  linesOf,
  placeInWords,
  roofOf,
  shownOf,
} from "../../../../www/panels/curves/lines.js";
import { LOSSES } from "../../../../www/recipe/schema.js";
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
  const shown = { lines, nBatches: [], hint: "", unit: "", best: null };
  assert.deepEqual(captions("epoch", "loss", shown, 1), [
    { name: "training", colour: "--series-training", text: "0.2500" },
    { name: "validation", colour: "--series-validation", text: "0.1250" },
  ]);
  assert.deepEqual(
    captions("epoch", "accuracy", shown, 0).map(({ text }) => text),
    ["50.00\u00a0%"],
  );
  assert.equal(placeInWords("epoch", 2, null), "epoch 2");
  assert.equal(placeInWords("batch", 1.5, null), "at epoch 1.50");
  assert.equal(placeInWords("batch", undefined, null), "");
});

test("a point that is the mean of many batches says so, and of how many", () => {
  const [first, second] = points;
  assert.ok(first && second);
  const trained = runAfter(run(), progress({ points: [first, { ...second, nBatches: 1200 }] }));
  const names = (/** @type {number} */ at) =>
    captions("batch", "loss", shownOf(trained, "batch", "loss"), at).map(({ name }) => name);
  assert.deepEqual(names(0), ["batch", "smoothed"]);
  assert.deepEqual(names(1), ["mean of 1,200 batches", "smoothed"]);
});

test("by epoch the best is known where a run may stop early, and the caption says it", () => {
  const epochs = [epoch(1, { bestEpoch: 1 }), epoch(2, { bestEpoch: 2 }), epoch(3, { bestEpoch: 2 })];
  assert.equal(shownOf(run({ epochs }), "epoch", "loss").best, 2);
  assert.equal(shownOf(run({ epochs }), "batch", "loss").best, null);
  assert.equal(shownOf(run({ epochs: [epoch(1)] }), "epoch", "loss").best, null);
  assert.equal(placeInWords("epoch", 2, 2), "epoch 2, the best");
  assert.equal(placeInWords("epoch", 3, 2), "epoch 3 · best 2");
});

test("what runs away from a loss is cut off above what is usual, and what stays high is not", () => {
  const xs = [0, 1, 2, 3, 4, 5];
  /** @param {number[]} values */
  const roof = (values) => roofOf([xs, values])?.roof ?? null;
  assert.equal(roof([2.3, 1, 0.5, 0.1, 0.05, 0.02]), null, "an ordinary run starts high");
  assert.equal(roof([2, 1, 0.5, 0.5, 0.4, 67_000]), 3, "a spike at the end");
  assert.equal(roof([2, 1, 5000, 0.5, 0.4, 0.3]), 3, "a spike in between");
  assert.equal(roof([1, 100, 1e5, 1e10, 1e20, 1e38]), 1.5, "away from the start on");
  assert.equal(roof([1, 20, 21, 22, 20, 21]), null, "high, and staying there");
  assert.equal(roof([1, 20, 21, 22, 20, 2e9]), 33, "high, then away");
  assert.equal(roof([]), null);
  assert.equal(roof([0, 0]), null);
  assert.deepEqual(roofOf([xs, [2, 1, 1, 1, 1, 900], [2, 1, 1, 1, 1, null]]), { roof: 3, most: 900 });
});

test("a cut line still leaves the chart, at a height that a canvas can draw", () => {
  assert.deepEqual(
    cutAbove(
      [
        [0, 1],
        [1, 1e38],
        [null, 2],
      ],
      3,
    ),
    [
      [0, 1],
      [1, 30],
      [null, 2],
    ],
  );
});

test("an epoch whose loss is no number has nothing to draw", () => {
  const epochs = [epoch(1), epoch(2, { trainingLoss: NaN, validationLoss: Infinity })];
  assert.deepEqual(linesOf(run({ epochs }), "epoch", "loss"), [
    [1, 2],
    [0.5, null],
    [null, null],
  ]);
});

test("a loss says which it is, and an empty chart what it waits for", () => {
  const trained = run();
  assert.equal(shownOf(trained, "batch", "loss").unit, LOSSES[trained.recipe.loss.kind]?.label);
  assert.equal(shownOf(trained, "epoch", "accuracy").unit, "");
  assert.equal(shownOf(trained, "batch", "loss").hint, "Press Train to start the curve.");
  assert.equal(shownOf(null, "batch", "loss").hint, "There is no network to train yet.");
  assert.equal(shownOf(null, "epoch", "loss").hint, "There is no network to train yet.");
});
