import assert from "node:assert/strict";
import test from "node:test";
import { fractionDone, newsInWords, placeInWords, statusInWords } from "../../../../www/panels/training/status.js";
import { runAfter } from "../../../../www/runs/run.js";
import { epoch, progress, RECIPE, run } from "../../support/values.js";

const under = runAfter(run(), progress());

test("each state has its sentence", () => {
  assert.equal(statusInWords(null), "Waiting for the data");
  assert.equal(statusInWords(null, "Layers: too many"), "No network yet. Layers: too many");
  assert.equal(statusInWords(run({ state: "ready" })), "Untrained and ready");
  assert.equal(statusInWords(run()), "Starting …");
  assert.equal(statusInWords(under), "Epoch 2 of 5 · 32,542 images/s · 5.0 s left");
  assert.equal(statusInWords({ ...under, state: "paused" }), "Paused in epoch 2 of 5");
  assert.equal(statusInWords({ ...under, state: "stopped" }), "Stopped in epoch 2 of 5");
  assert.equal(statusInWords({ ...under, state: "diverged" }), "Diverged in epoch 2 of 5");
  assert.equal(statusInWords(run({ state: "stopped" })), "Stopped");
});

test("a pace is told with what is known of it", () => {
  const validating = runAfter(run(), progress({ validating: true, secondsLeft: null }));
  assert.equal(statusInWords(validating), "Epoch 2 of 5 · validating");
  /** @type {import("../../../../www/protocol/requests.js").Recipe} */
  const recipe = { ...RECIPE, schedule: { kind: "cosine" } };
  const scheduled = runAfter(run({ recipe }), progress({ learningRate: 0.000123 }));
  assert.match(statusInWords(scheduled), /· learning rate 1\.2e-4$/);
});

test("the end says how long it took, and which epoch was kept", () => {
  const epochs = [epoch(1), epoch(2)];
  assert.equal(statusInWords(run({ state: "finished", epochs: [epoch(1)], seconds: 2 })), "Finished: 1 epoch in 2.0 s");
  const best = epochs.map((each) => ({ ...each, bestEpoch: 1 }));
  const early = run({ state: "finished", epochs: best, seconds: 4 });
  assert.equal(statusInWords(early), "Finished: 2 epochs in 4.0 s · stopped early: best epoch 1");
  const whole = { ...early, recipe: { ...RECIPE, epochs: 2 } };
  assert.equal(statusInWords(whole), "Finished: 2 epochs in 4.0 s · kept the best: epoch 1");
});

test("how far it is, in words and as a share", () => {
  assert.deepEqual([placeInWords(null), placeInWords(run()), placeInWords(under)], ["", "", "Epoch 2 of 5"]);
  assert.deepEqual(
    [fractionDone(null), fractionDone(under), fractionDone({ ...under, state: "finished" })],
    [0, 0.3, 1],
  );
});

test("what is heard of an epoch", () => {
  assert.equal(newsInWords(run()), "");
  assert.equal(newsInWords(run({ epochs: [epoch(1)] })), "Epoch 1 of 5 done, training loss 0.5000");
});
