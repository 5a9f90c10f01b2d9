import assert from "node:assert/strict";
import test from "node:test";
import { runLine } from "../../../../www/panels/runs/lines.js";
import * as rows from "../../../../www/panels/runs/rows.js";
import { groupsOf } from "../../../../www/runs/groups.js";
import { epoch, RECIPE, run } from "../../support/values.js";

const AROUND = {
  current: null,
  isMidRun: false,
  fingerprint: run().fingerprint,
  open: new Set(),
  shown: /** @type {(string | null)[]} */ ([]),
  nMarks: 8,
  a: null,
  b: null,
};
const RESULT = { loss: 0.1, nCorrect: 9781, nImages: 10_000, nTotal: 10_000, done: true, atEpoch: 5 };

/** @param {readonly import("../../../../www/runs/run.js").Run[]} runs @param {Partial<rows.Surroundings>} around */
function groupRow(runs, around = {}) {
  const [group] = groupsOf(runs);
  assert.ok(group);
  return rows.rowOf({ key: group.key, kind: "group", group, runs: group.all }, { ...AROUND, ...around });
}

/** @param {import("../../../../www/runs/run.js").Run} run @param {rows.Surroundings} around */
function rowOf(run, around) {
  const [group] = groupsOf([run]);
  assert.ok(group);
  return rows.rowOf(runLine(run, group), around);
}

/**
 * @param {number} seed
 * @param {number | null} validationAccuracy
 * @param {Partial<import("../../../../www/runs/run.js").Run>} [differences]
 */
function seeded(seed, validationAccuracy, differences = {}) {
  const epochs = Array.from({ length: 5 }, (_, i) => epoch(i + 1, { validationAccuracy }));
  return run({ id: `run ${seed}`, state: "finished", recipe: { ...RECIPE, seed }, epochs, ...differences });
}

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
  assert.equal(row.brief, "128·10 · seed 1 · 5 epochs · 97\u00a0% in 2.0 s");
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

test("of several seeds it shows mean and deviation, and how many reached the goal", () => {
  const group = [0.96, 0.97, 0.98].map((accuracy, i) =>
    seeded(i + 1, accuracy, { secondsToGoal: accuracy >= 0.97 ? 2 + i : null, test: RESULT }),
  );
  const { label, seed, epochs, validation, deviation, timeToGoal, nAtGoal, test, state } = groupRow(group);
  assert.deepEqual([label, seed, epochs, state], ["Better answer", "3 seeds", "5", "Finished"]);
  // The sample deviation of 96, 97 and 98.
  assert.deepEqual([validation, deviation], ["97.00\u00a0%", "± 1.00"]);
  assert.deepEqual([timeToGoal, nAtGoal, test], ["3.5 s", "2/3", "97.81\u00a0%"]);
});

test("of seeds at different stages it counts the states, and shows how far they are", () => {
  const waiting = seeded(2, null, { state: "waiting", epochs: [] });
  const { epochs, state, deviation, nAtGoal } = groupRow([seeded(1, 0.9), waiting]);
  assert.deepEqual([epochs, state, deviation, nAtGoal], ["0–5 of 5", "1 of 2 finished", "", ""]);
});

test("a test result that is sealed is not told, of one run nor of a group that has it", () => {
  const sealed = seeded(1, 0.9, { isSealed: true, test: RESULT });
  assert.deepEqual([rowOf(sealed, AROUND).test, rowOf(sealed, AROUND).isSealed], ["sealed", true]);
  assert.equal(groupRow([sealed, seeded(2, 0.9, { test: RESULT })]).test, "sealed");
});

test("a group is shown with its mark and its side, and no more are than there are marks", () => {
  const group = [seeded(1, 0.9), seeded(2, 0.9)];
  const key = groupsOf(group)[0]?.key ?? "";
  const shown = groupRow(group, { shown: [null, key], b: key });
  assert.deepEqual([shown.mark, shown.side, shown.cannotShow], [1, "B", ""]);
  const full = Array.from({ length: 8 }, (_, i) => `other ${i}`);
  assert.match(groupRow(group, { shown: full }).cannotShow, /^8 are shown already/);
  assert.equal(groupRow(group, { shown: [...full.slice(1), key] }).cannotShow, "");
});
