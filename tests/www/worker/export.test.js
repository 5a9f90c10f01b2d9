import assert from "node:assert/strict";
import { test } from "node:test";
import { exported } from "../../../www/worker/export.js";
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
  assert.deepEqual(
    parameters.map(({ length }) => length),
    [64, 4],
  );
  assert.deepEqual([images?.set, images?.labels.length, images?.pixels.length], ["test", 6, 96]);
  const [weight = new Float32Array()] = parameters;
  const first = [...(images?.pixels.subarray(0, 16) ?? [])];
  const expected = first.reduce((sum, pixel, i) => sum + (pixel / 255) * Number(weight[4 * i]), 0);
  assert.ok(Math.abs(Number(images?.outputs[0]) - expected) < 1e-6);
  assert.equal(session.checksum(), before);
});

test("without images that the network takes there are the weights all the same, and why", async () => {
  const session = await sessionWith(SHAPE);
  session.configure(SMALL);
  const checkpoint = session.checkpoint();
  const other = await sessionWith({ ...SHAPE, rows: 8 });
  const { parameters, images, complaint } = exported(other, checkpoint, 10);
  assert.deepEqual([parameters.length, images], [2, null]);
  assert.match(complaint, /expected 64 numbers|numbers, found/);
  assert.throws(() => exported(other, checkpoint.subarray(1), 10), /checkpoint: expected/);
});
