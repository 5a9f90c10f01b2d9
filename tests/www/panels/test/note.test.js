import assert from "node:assert/strict";
import test from "node:test";
import { noteInWords } from "../../../../www/panels/test/note.js";
import { epoch, run } from "../../support/values.js";

/** @param {number} atEpoch @returns {import("../../../../www/runs/run.js").TestResult} */
const result = (atEpoch) => ({ loss: 0.1, nCorrect: 9, nImages: 10, nTotal: 10, done: true, atEpoch });

test("an evaluation is promised only where one will come", () => {
  const promised = /by itself when training finishes/;
  assert.equal(noteInWords(null, false), "There is no network to evaluate yet.");
  for (const state of /** @type {const} */ (["ready", "training", "paused"])) {
    assert.match(noteInWords(run({ state }), false), promised, state);
  }
  for (const state of /** @type {const} */ (["stopped", "diverged", "finished"])) {
    assert.match(noteInWords(run({ state }), false), /^Not evaluated/, state);
  }
  assert.equal(noteInWords(run(), true), "This data set has no test images.");
});

test("a result says of which moment it is", () => {
  const note = (/** @type {number} */ at) => noteInWords(run({ test: result(at) }), false);
  assert.equal(note(0), "Evaluated before any training.");
  assert.equal(note(1), "Evaluated after 1 epoch.");
  assert.equal(note(2.25), "Evaluated in epoch 3, after 2.25 epochs.");
  assert.equal(noteInWords(run({ test: result(1), testing: result(2) }), false), "Evaluating 10 images …");
});

test("where the best epoch's weights were kept, the result is of that epoch", () => {
  const epochs = [1, 2, 3].map((n) => epoch(n, { bestEpoch: Math.min(n, 2) }));
  const finished = run({ state: "finished", epochs, test: result(2) });
  assert.equal(noteInWords(finished, false), "Evaluated after epoch 2, the best of 3.");
  assert.equal(noteInWords({ ...finished, state: "stopped" }, false), "Evaluated after 2 epochs.");
  assert.equal(
    noteInWords({ ...finished, epochs: epochs.slice(0, 1), test: result(1) }, false),
    "Evaluated after 1 epoch.",
  );
});
