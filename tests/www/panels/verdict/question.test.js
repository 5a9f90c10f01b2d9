import assert from "node:assert/strict";
import test from "node:test";
import { lookOf, questionOf, sideOf } from "../../../../www/panels/verdict/question.js";
import { groupsOf } from "../../../../www/runs/groups.js";
import { epoch, RECIPE, run } from "../../support/values.js";

/** @typedef {import("../../../../www/runs/run.js").Run} Run */

/** @param {string} id @param {number} seed @param {number | null} validationAccuracy @param {Partial<Run>} [differences] */
function raced(id, seed, validationAccuracy, differences = {}) {
  const epochs = validationAccuracy === null ? [] : [epoch(1, { validationAccuracy })];
  return run({ id, recipe: { ...RECIPE, seed }, state: "finished", nValidation: 5000, epochs, ...differences });
}

/** @param {readonly Run[]} runs */
function groupOf(runs) {
  const [group] = groupsOf(runs);
  assert.ok(group);
  return group;
}

test("a question holds what came to its end, by its seeds, and whether more will", () => {
  const a = groupOf([raced("a", 2, 0.96), raced("b", 1, 0.97)]);
  const b = groupOf([raced("c", 1, 0.95), raced("d", 2, 0.94, { state: "training" }), raced("e", 3, null)]);
  const question = questionOf(a, b, null, [0.5]);
  const shared = { fingerprint: "0123456789abcdef", nValidation: 5000 };
  assert.deepEqual(question, {
    a: { ...shared, seeds: [1, 2], accuracies: [0.97, 0.96], isFinished: true },
    b: { ...shared, seeds: [1], accuracies: [0.95], isFinished: false },
    images: null,
    otherPValues: [0.5],
  });
});

test("a run that was given up counts nowhere; one that was broken off may go on", () => {
  const group = groupOf([
    raced("a", 1, 0.97),
    raced("b", 2, 0.5, { state: "stopped" }),
    raced("c", 3, 0.9, { state: "interrupted" }),
    raced("d", 4, null, { state: "waiting" }),
    raced("e", 5, null, { state: "diverged" }),
  ]);
  const { seeds, nBroken, nWithout } = sideOf(group);
  assert.deepEqual({ seeds, nBroken, nWithout }, { seeds: [1, 3, 4], nBroken: 1, nWithout: 1 });
  assert.deepEqual(questionOf(group, group, null, []).a.seeds, [1]);
});

test("a run that may stop early counts with the epoch whose weights it ended with", () => {
  const epochs = [0.9, 0.97, 0.93].map((validationAccuracy, i) =>
    epoch(i + 1, { validationAccuracy, bestEpoch: Math.min(i + 1, 2) }),
  );
  const group = groupOf([raced("a", 1, null, { epochs })]);
  assert.deepEqual(questionOf(group, group, null, []).a.accuracies, [0.97]);
});

test("a look is the same whichever is called A, and another with more seeds", () => {
  const a = groupOf([raced("a", 1, 0.97)]);
  const b = groupOf([raced("b", 1, 0.96)]);
  const more = groupOf([raced("b", 1, 0.96), raced("c", 2, 0.95)]);
  assert.equal(lookOf(a, b), lookOf(b, a));
  assert.notEqual(lookOf(a, b), lookOf(a, more));
});
