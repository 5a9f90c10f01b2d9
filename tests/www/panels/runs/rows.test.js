import assert from "node:assert/strict";
import test from "node:test";
import { rowOf } from "../../../../www/panels/runs/rows.js";
import { epoch, RECIPE, run } from "../../support/values.js";

const AROUND = { current: null, isMidRun: false, fingerprint: run().fingerprint };
const RESULT = { loss: 0.1, nCorrect: 9781, nImages: 10_000, nTotal: 10_000, done: true, atEpoch: 5 };

test("a run under way shows what there is of it", () => {
  const row = rowOf(run({ epochs: [epoch(1)] }), { ...AROUND, current: "a", isMidRun: true });
  const { network, seed, epochs, validation, test, timeToGoal, parameters, state, isCurrent, cannotOpen } = row;
  assert.deepEqual([network, seed, epochs, parameters, state], ["128·10", "1", "1 of 5", "101,770", "Training"]);
  assert.deepEqual([validation, test, timeToGoal], ["–", "–", "–"]);
  assert.deepEqual([isCurrent, cannotOpen], [true, null]);
});

test("a finished run shows its results", () => {
  const epochs = Array.from({ length: 5 }, (_, i) => epoch(i + 1, { validationAccuracy: 0.97 + i / 1000 }));
  const row = rowOf(run({ state: "finished", epochs, test: RESULT, secondsToGoal: 2 }), AROUND);
  assert.deepEqual([row.epochs, row.validation, row.test], ["5", "97.40\u00a0%", "97.81\u00a0%"]);
  assert.deepEqual([row.timeToGoal, row.state], ["2.0 s", "Finished"]);
  assert.equal(row.brief, "Finished, 5 epochs, seed 1, 128·10");
});

test("of a run that stopped early the best epoch counts, and is named", () => {
  const epochs = [0.98, 0.97].map((validationAccuracy, i) => epoch(i + 1, { validationAccuracy, bestEpoch: 1 }));
  const recipe = { ...RECIPE, earlyStopping: { patience: 1 } };
  const row = rowOf(run({ state: "finished", epochs, recipe }), AROUND);
  assert.deepEqual([row.validation, row.note], ["98.00\u00a0%", "best epoch 1"]);
});

test("a learning rate set by hand is told, as the recipe alone no longer gives these weights", () => {
  const { note } = rowOf(run({ handSet: [{ epoch: 2, rate: 0.5 }] }), AROUND);
  assert.equal(note, "learning rate 0.5 set by hand in epoch 2");
});

test("what cannot be opened says why", () => {
  const stopped = run({ state: "stopped", isKept: true });
  assert.equal(rowOf(stopped, { ...AROUND, current: "b" }).cannotOpen, null);
  assert.match(rowOf(stopped, { ...AROUND, current: "b", isMidRun: true }).cannotOpen ?? "", /under way/);
  assert.match(rowOf(run({ state: "stopped" }), AROUND).cannotOpen ?? "", /not kept/);
  assert.match(rowOf(stopped, { ...AROUND, fingerprint: "ff" }).cannotOpen ?? "", /other data/);
  assert.match(rowOf(stopped, { ...AROUND, current: "b", isMidRun: true }).cannotEdit ?? "", /under way/);
});
