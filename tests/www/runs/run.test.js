import assert from "node:assert/strict";
import test from "node:test";
import {
  canComeBack,
  isUnderWay,
  lastingEpoch,
  nameAmong,
  newId,
  runAfter,
  withHandSetRate,
} from "../../../www/runs/run.js";
import { epoch, progress, RECIPE, run, summaryOf } from "../support/values.js";

test("an event makes another value of a run and leaves the one before as it was", () => {
  const before = run();
  const copy = structuredClone(before);
  const after = runAfter(before, progress({ points: [{ x: 0.1, nBatches: 1, loss: 1, accuracy: 0.5 }] }));
  assert.deepEqual(before, copy);
  assert.equal(after.curve.points.length, 1);
  assert.deepEqual(after.progress, {
    epoch: 2,
    fraction: 0.3,
    imagesPerSecond: 32_542,
    secondsLeft: 5,
    validating: false,
    learningRate: 0.001,
  });
});

test("epochs add up, with their seconds, and the goal is reached once", () => {
  const reached = [0.9, 0.971, 0.96, 0.98].map((validationAccuracy, i) => epoch(i + 1, { validationAccuracy }));
  const [first, ...rest] = reached;
  assert.ok(first);
  const one = runAfter(run(), { type: "epochs", run: "a", epochs: [first] });
  assert.equal(one.secondsToGoal, null);
  const all = runAfter(one, { type: "epochs", run: "a", epochs: rest });
  assert.deepEqual([all.epochs, all.seconds, all.secondsToGoal], [reached, 8, 4]);
});

test("epochs that are known already are not counted again, where a run comes back", () => {
  const two = [1, 2].map((i) => epoch(i));
  const before = runAfter(run(), { type: "epochs", run: "a", epochs: two });
  assert.equal(runAfter(before, { type: "epochs", run: "a", epochs: two }), before);
  const { epochs, seconds } = runAfter(before, { type: "epochs", run: "a", epochs: [...two, epoch(3)] });
  assert.deepEqual([epochs.length, seconds], [3, 6]);
});

test("a run that is continued has more epochs from then on", () => {
  const summary = summaryOf({ ...RECIPE, epochs: 9 });
  const { recipe } = runAfter(run(), { type: "state", run: "a", state: "training", summary, memoryBytes: 0 });
  assert.deepEqual(recipe, { ...run().recipe, epochs: 9 });
});

test("a result stays while the network is evaluated again", () => {
  const result = { loss: 0.1, nCorrect: 97, nImages: 100, done: true, nTotal: 100, atEpoch: 1 };
  const done = runAfter(run(), { type: "evaluation", run: "a", ...result, answers: Uint8Array.of(7) });
  assert.deepEqual([done.test, done.answers, done.testing], [result, Uint8Array.of(7), null]);
  const again = runAfter(done, { type: "evaluation", run: "a", ...result, nImages: 50, done: false, answers: null });
  assert.deepEqual(again.test, result);
  assert.equal(again.testing?.nImages, 50);
});

test("what came of a run stays with it", () => {
  const weights = { checkpoint: Uint8Array.of(1, 2), epochs: [], secondsInEpoch: 0 };
  const own = runAfter(run(), { type: "weights", run: "a", checksum: "ff", weights });
  assert.deepEqual([own.checksum, own.weights, own.isKept, canComeBack(own)], ["ff", weights, false, true]);
  const kept = runAfter(run(), { type: "weights", run: "a", checksum: "ff", weights: null });
  assert.deepEqual([kept.weights, kept.isKept, canComeBack(kept)], [null, true, true]);
  assert.equal(canComeBack(run()), false);
});

test("a learning rate set by hand is remembered with its epoch", () => {
  const set = withHandSetRate(runAfter(run(), progress({ epoch: 3 })), 0.01);
  assert.deepEqual(set.handSet, [{ epoch: 3, rate: 0.01 }]);
  assert.equal(withHandSetRate(set, 0.01), set, "it is that already");
  assert.deepEqual(withHandSetRate(run(), RECIPE.learningRate).handSet, []);
});

test("a run is under way while it trains and while it pauses", () => {
  const states = /** @type {const} */ (["ready", "training", "paused", "finished", "stopped", "diverged"]);
  assert.deepEqual(
    states.filter((state) => isUnderWay(run({ state }))),
    ["training", "paused"],
  );
  assert.equal(isUnderWay(null), false);
});

test("a run that stopped early ended with its best epoch's weights, another with its last's", () => {
  const epochs = [epoch(1, { bestEpoch: 1 }), epoch(2, { bestEpoch: 2 }), epoch(3, { bestEpoch: 2 })];
  assert.equal(lastingEpoch(run({ epochs, state: "finished" }))?.epoch, 2);
  assert.equal(lastingEpoch(run({ epochs, state: "stopped" }))?.epoch, 3);
  assert.equal(lastingEpoch(run({ epochs: [epoch(1)], state: "finished" }))?.epoch, 1);
  assert.equal(lastingEpoch(run()), null);
});

test("names are numbered from the second on", () => {
  const one = run({ name: "By hand" });
  const two = run({ name: "By hand 2" });
  assert.equal(nameAmong([], "By hand"), "By hand");
  assert.equal(nameAmong([one], "By hand"), "By hand 2");
  assert.equal(nameAmong([one, two], "By hand"), "By hand 3");
  assert.equal(nameAmong([two], "By hand"), "By hand");
});

test("ids are sixteen hex digits and differ", () => {
  const ids = Array.from({ length: 100 }, newId);
  assert.ok(ids.every((id) => /^[0-9a-f]{16}$/.test(id)));
  assert.equal(new Set(ids).size, 100);
});

test("a new state changes nothing else", () => {
  const summary = summaryOf({ ...RECIPE, seed: 1 });
  const paused = runAfter(run(), { type: "state", run: "a", state: "paused", summary, memoryBytes: 1 });
  assert.deepEqual(paused, run({ state: "paused" }));
});
