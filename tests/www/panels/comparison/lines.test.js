import assert from "node:assert/strict";
import test from "node:test";
import { isSame, KnownLines } from "../../../../www/panels/comparison/known-lines.js";
import { endOf, lineOf, named, stopsOf } from "../../../../www/panels/comparison/lines.js";
import { groupsOf } from "../../../../www/runs/groups.js";
import { epoch, RECIPE, run } from "../../support/values.js";

/** @typedef {import("../../../../www/runs/run.js").Run} Run */

/**
 * @param {number} seed
 * @param {number[]} accuracies on validation images
 * @param {Partial<Run>} [differences]
 */
const raced = (seed, accuracies, { recipe, ...differences } = {}) =>
  run({
    id: `run ${seed}`,
    state: "finished",
    nTraining: 100,
    nValidation: 10,
    recipe: { ...(recipe ?? RECIPE), seed },
    epochs: accuracies.map((accuracy, i) =>
      epoch(i + 1, { validationAccuracy: accuracy, validationLoss: 1 - accuracy, seconds: seed }),
    ),
    ...differences,
  });

/** The only group of some runs. @param {Run[]} runs */
function groupOf(...runs) {
  const [group, ...others] = groupsOf(runs);
  assert.ok(group !== undefined && others.length === 0);
  return group;
}

test("a group of seeds is the mean of its finished ones, over epochs, images and seconds", () => {
  const group = groupOf(raced(1, [0.5, 0.7]), raced(3, [0.7, 0.9]));
  const line = lineOf(group, 2, "accuracy", "epochs");
  assert.deepEqual(line.mean.xs, [1, 2]);
  assert.deepEqual(line.mean.values, [0.6, 0.8]);
  assert.deepEqual([line.mark, line.nSeeds, line.nImages, line.isOfTraining], [2, 2, 10, false]);
  assert.equal(line.final, 0.8);
  assert.deepEqual(lineOf(group, 0, "accuracy", "images").mean.xs, [100, 200]);
  // The first took a second an epoch, the other three.
  assert.deepEqual(lineOf(group, 0, "accuracy", "seconds").mean.xs, [2, 4]);
  assert.deepEqual(
    lineOf(group, 0, "loss", "epochs").mean.values.map((value) => Number(value.toFixed(9))),
    [0.4, 0.2],
  );
});

test("a run on its way has a line of its own, and no part in the mean", () => {
  const group = groupOf(
    raced(1, [0.5, 0.7]),
    raced(2, [0.9], { state: "training" }),
    raced(3, [], { state: "waiting" }),
  );
  const { mean, singles, nSeeds } = lineOf(group, 0, "accuracy", "epochs");
  assert.deepEqual(mean.values, [0.5, 0.7]);
  assert.deepEqual(
    singles.map(({ seed, isUnderWay, values }) => [seed, isUnderWay, values]),
    [
      [1, false, [0.5, 0.7]],
      [2, true, [0.9]],
    ],
  );
  assert.equal(nSeeds, 3);
});

test("before any has finished those on their way are all there is, and what was stopped is its own mean", () => {
  const begun = lineOf(groupOf(raced(1, [0.5, 0.6], { state: "training" })), 0, "accuracy", "epochs");
  assert.deepEqual(begun.mean.xs, []);
  assert.deepEqual(endOf(begun), { x: 2, value: 0.6 });
  assert.equal(begun.final, 0.6);
  const stopped = lineOf(groupOf(raced(1, [0.5], { state: "stopped" })), 0, "accuracy", "epochs");
  assert.deepEqual(stopped.mean.values, [0.5]);
});

test("a run that diverged has no number from there on, and the others go on", () => {
  const runs = [raced(1, [0.8, 0.9]), raced(2, [0.6, 0.7]), raced(3, [0.7, Number.NaN], { state: "diverged" })];
  const line = lineOf(groupOf(...runs), 0, "loss", "epochs");
  assert.deepEqual(line.mean.counts, [3, 2]);
  assert.ok(line.mean.values.every(Number.isFinite));
  assert.deepEqual(line.singles[2]?.xs, [1]);
});

test("without validation images the training accuracy is shown, and said to be that", () => {
  const alone = raced(1, [], { nValidation: 0, epochs: [epoch(1, { trainingAccuracy: 0.8 })] });
  const line = lineOf(groupOf(alone), 0, "accuracy", "epochs");
  assert.deepEqual([line.mean.values, line.isOfTraining, line.nImages], [[0.8], true, 100]);
});

test("of very many epochs some are drawn, and the last is among them", () => {
  const accuracies = Array.from({ length: 1001 }, (_, i) => i / 1001);
  const { mean } = lineOf(groupOf(raced(1, accuracies)), 0, "accuracy", "epochs");
  assert.ok(mean.xs.length <= 401, `${mean.xs.length}`);
  assert.equal(mean.xs.at(-1), 1001);
});

test("losses of one kind are told from those of another", () => {
  const kind = (/** @type {Run["recipe"]["loss"]} */ loss) =>
    lineOf(groupOf(raced(1, [0.5], { recipe: { ...RECIPE, loss } })), 0, "loss", "epochs").kind;
  assert.deepEqual(
    [kind({ kind: "mse" }), kind({ kind: "crossEntropy", labelSmoothing: 0 })],
    ["MSE", "Cross-entropy"],
  );
  assert.notEqual(kind({ kind: "crossEntropy", labelSmoothing: 0.1 }), "Cross-entropy");
});

test("of several groups with one name, what tells them apart is said", () => {
  const rated = raced(1, [0.5], { changes: "rate 0.01", recipe: { ...RECIPE, learningRate: 0.01 } });
  const groups = groupsOf([raced(1, [0.5]), rated]);
  const lines = groups.map((group, mark) => lineOf(group, mark, "accuracy", "epochs"));
  const byKey = new Map(groups.map((group) => [group.key, group]));
  const names = (/** @type {typeof lines} */ shown) => named(shown, byKey).map(({ name }) => name);
  assert.deepEqual(names(lines), ["Better answer", "… rate 0.01"]);
  assert.deepEqual(names(lines.slice(1)), ["Better answer, rate 0.01"]);
});

test("a cursor stops at every epoch of every group", () => {
  const group = groupOf(raced(1, [0.5, 0.6]), raced(3, [0.5, 0.6, 0.7], { state: "training" }));
  assert.deepEqual(stopsOf([lineOf(group, 0, "accuracy", "seconds")]), [1, 2, 3, 6, 9]);
});

test("lines are made anew only where something of their group has changed", () => {
  const first = raced(1, [0.5]);
  const known = new KnownLines();
  const line = known.of(groupOf(first), 0, "accuracy", "epochs");
  const progressed = groupOf({ ...first, progress: null });
  assert.ok(isSame(groupOf(first), progressed));
  assert.equal(known.of(progressed, 0, "accuracy", "epochs"), line);
  const further = groupOf({ ...first, epochs: [...first.epochs] });
  assert.notEqual(known.of(further, 0, "accuracy", "epochs"), line);
});
