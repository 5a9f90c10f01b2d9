import assert from "node:assert/strict";
import test from "node:test";
import { read, written } from "../../../www/runs/kept.js";
import { lastingEpoch, nEpochsDone, runAfter } from "../../../www/runs/run.js";
import { epoch, progress, RECIPE, run } from "../support/values.js";

const SETTINGS = { presetName: "Better answer", presetRecipe: RECIPE, recipe: { ...RECIPE, epochs: 7 }, nClasses: 10 };
const TEST = { loss: 0.1, nCorrect: 97, nImages: 100, nTotal: 100, done: true, atEpoch: 3 };

const checkpoint = Uint8Array.of(1, 2, 3);
const FINISHED = run({
  state: "finished",
  epochs: [1, 2, 3].map((i) => epoch(i, { validationAccuracy: i / 10, bestEpoch: Math.min(i, 2) })),
  seconds: 6,
  secondsToGoal: 2,
  handSet: [{ epoch: 2, rate: 0.1 }],
  test: TEST,
  checksum: "0123456789abcdef",
  checkpoint,
  curve: runAfter(run(), progress({ points: [{ x: 0.1, nBatches: 1, loss: 1, accuracy: 0.5 }] })).curve,
});

/** @param {any} kept */
const text = (kept) => JSON.stringify(kept);

/** @param {(kept: any) => void} spoil what was written */
function spoilt(spoil) {
  const kept = JSON.parse(written(SETTINGS, [run({ state: "stopped" }), FINISHED]));
  spoil(kept);
  return read(text(kept));
}

test("settings come back as they were", () => {
  const { settings, runs, complaint } = read(written(SETTINGS, []));
  assert.deepEqual({ settings, runs, complaint }, { settings: SETTINGS, runs: [], complaint: "" });
});

test("a run comes back with its results, without weights and curve, and knows it", () => {
  const [back] = read(written(SETTINGS, [FINISHED])).runs;
  assert.ok(back);
  const { curve, epochs, checkpoint: weights, isRestored, ...rest } = back;
  const { curve: _curve, epochs: _epochs, checkpoint: _checkpoint, isRestored: _isRestored, ...expected } = FINISHED;
  assert.deepEqual(rest, expected);
  assert.deepEqual([curve.points, weights, isRestored], [[], null, true]);
  assert.equal(nEpochsDone(back), 3);
  assert.equal(lastingEpoch(back)?.validationAccuracy, 0.2);
  assert.ok(epochs.length <= 2, "no more of its epochs than the list of runs tells");
});

test("a run that was under way comes back as one that was stopped", () => {
  for (const state of /** @type {const} */ (["training", "paused"])) {
    assert.equal(read(written(SETTINGS, [run({ state })])).runs[0]?.state, "stopped");
  }
});

test("a network that ran away comes back with numbers that JSON has no words for", () => {
  const wild = run({ state: "diverged", epochs: [epoch(1, { trainingLoss: NaN, validationLoss: Infinity })] });
  const [back] = read(written(SETTINGS, [wild])).runs;
  assert.deepEqual(back?.epochs, wild.epochs);
});

test("a run that came back is kept over the next reload, too", () => {
  const { settings, runs } = read(written(SETTINGS, [FINISHED]));
  assert.ok(settings);
  assert.deepEqual(read(written(settings, runs)).runs, runs);
});

test("where nothing was kept there is nothing to say", () => {
  assert.deepEqual(read(null), { settings: null, runs: [], complaint: "" });
});

test("what is no text of this page's is left out as a whole, with a sentence", () => {
  for (const strange of ["", "{", "null", "[]", "7", text({}), text({ version: 2, settings: SETTINGS, runs: [] })]) {
    const { settings, runs, complaint } = read(strange);
    assert.deepEqual([settings, runs], [null, []], strange);
    assert.match(complaint, /cannot be read: the page begins anew/);
  }
});

test("settings that cannot be read are left out, and the runs stay", () => {
  const recipes = [[], { ...RECIPE, layers: 3 }, { ...RECIPE, layers: [null] }, { ...RECIPE, loss: null }, "x"];
  for (const recipe of recipes) {
    const { settings, runs, complaint } = spoilt((kept) => (kept.settings.recipe = recipe));
    assert.equal(settings, null, text(recipe));
    assert.equal(runs.length, 2);
    assert.match(complaint, /settings .* cannot be read/);
  }
});

test("a run that cannot be read is left out, and the others stay", () => {
  /** @type {Record<string, any>} */
  const strange = {
    id: 7,
    name: null,
    recipe: { layers: "none" },
    network: { inputShape: [], layers: {}, nParameters: 1 },
    state: "training",
    epochs: [{ epoch: "1" }],
    seconds: "2",
    handSet: [3],
    test: { nCorrect: 1 },
    checksum: 12,
  };
  for (const [name, value] of Object.entries(strange)) {
    const { settings, runs, complaint } = spoilt((kept) => (kept.runs[0][name] = value));
    assert.deepEqual([settings, runs.length], [SETTINGS, 1], name);
    assert.match(complaint, /^1 of 2 runs .* cannot be read/);
  }
  for (const value of [null, 3, [], "run"]) assert.equal(spoilt((kept) => (kept.runs[1] = value)).runs.length, 1);
});
