import assert from "node:assert/strict";
import { test } from "node:test";
import { exported, firstUpdates } from "../../../www/worker/export.js";
import { sessionWith } from "../support/module.js";
import { RECIPE } from "../support/values.js";

const SHAPE = { rows: 4, cols: 4, nClasses: 4, nTraining: 16, nTest: 6 };

/** @type {import("../../../www/protocol/requests.js").Recipe} */
const SMALL = {
  ...RECIPE,
  layers: [{ kind: "dense", units: 4, bias: true }],
  batchSize: 2,
  validationImages: 0,
  seed: 1,
};

test("a checkpoint is exported whichever network is in training, with its answers to the first test images", async () => {
  const session = await sessionWith(SHAPE);
  session.configure(SMALL);
  const checkpoint = session.checkpoint();
  session.configure({ ...SMALL, seed: 2 });
  const before = session.checksum();
  const { parameters, images, complaint } = exported(session, checkpoint, 10);
  assert.equal(complaint, "");
  assert.equal(parameters.length, 68);
  assert.deepEqual([images?.set, images?.labels.length, images?.pixels.length], ["test", 6, 96]);
  const first = [...(images?.pixels.subarray(0, 16) ?? [])];
  const expected = first.reduce((sum, pixel, i) => sum + (pixel / 255) * Number(parameters[4 * i]), 0);
  assert.ok(Math.abs(Number(images?.outputs[0]) - expected) < 1e-6);
  assert.equal(session.checksum(), before);
});

test("without images that the network takes there are the weights all the same, and why", async () => {
  const session = await sessionWith(SHAPE);
  session.configure(SMALL);
  const checkpoint = session.checkpoint();
  const other = await sessionWith({ ...SHAPE, rows: 8 });
  const { parameters, images, complaint } = exported(other, checkpoint, 10);
  assert.deepEqual([parameters.length, images], [68, null]);
  assert.match(complaint, /expected 64 numbers|numbers, found/);
  assert.throws(() => exported(other, checkpoint.subarray(1), 10), /checkpoint: expected/);
});

test("the first updates are of an image each, or of all where the recipe trains on batches", async () => {
  const session = await sessionWith(SHAPE);
  const each = firstUpdates(session, { ...SMALL, batchSize: 1 }, 0.1);
  assert.deepEqual([each.labels.length, each.pixels.length, each.batchSize], [5, 80, 1]);
  // Outputs for five images, parameters; of each update loss, outputs, their gradients, the parameters' gradients.
  assert.equal(each.numbers.length, 5 * 4 + 68 + 3 * (1 + 4 + 4 + 68));
  const all = firstUpdates(session, SMALL, 0.1);
  assert.equal(all.batchSize, 5);
  assert.equal(all.numbers.length, 5 * 4 + 68 + 3 * (1 + 20 + 20 + 68));
  assert.deepEqual(all.numbers.subarray(0, 88), each.numbers.subarray(0, 88));
});
