import assert from "node:assert/strict";
import test from "node:test";
import { finishedIn, groupKeyOf, groupsOf } from "../../../www/runs/groups.js";
import { RECIPE, run } from "../support/values.js";

/** @param {number} seed @param {Partial<import("../../../www/runs/run.js").Run>} [differences] */
const seeded = (seed, { recipe, ...differences } = {}) =>
  run({ id: `run ${seed}`, recipe: { ...RECIPE, ...recipe, seed }, ...differences });

test("runs that differ in their seed alone are a group, by their seeds", () => {
  const other = seeded(1, { recipe: { ...RECIPE, learningRate: 0.01 }, changes: "rate 0.01" });
  const groups = groupsOf([seeded(3), other, seeded(1, { name: "Better answer 2" })]);
  assert.deepEqual(
    groups.map(({ title, runs }) => [title, runs.map(({ recipe }) => recipe.seed)]),
    [
      ["Better answer", [1, 3]],
      ["Better answer, rate 0.01", [1]],
    ],
  );
});

test("other data, another engine and a rate set by hand make another group", () => {
  const keys = [
    seeded(1),
    seeded(1, { fingerprint: "ffffffffffffffff" }),
    seeded(1, { engineVersion: 2 }),
    seeded(1, { handSet: [{ epoch: 1, rate: 1 }] }),
    seeded(2, { handSet: [{ epoch: 1, rate: 1 }] }),
  ].map(groupKeyOf);
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(groupKeyOf(seeded(7)), keys[0]);
});

test("a name that somebody gave is the group's, and no two groups have one title", () => {
  const renamed = seeded(2, { name: "Mine" });
  const [group, other, third] = groupsOf([
    seeded(1),
    renamed,
    seeded(1, { name: "Mine", recipe: { ...RECIPE, epochs: 9 } }),
    seeded(1, { name: "Mine", recipe: { ...RECIPE, epochs: 8 } }),
  ]);
  assert.deepEqual([group?.title, other?.title, third?.title], ["Mine", "Mine (2)", "Mine (3)"]);
});

test("of two runs with one seed the later counts", () => {
  const [group] = groupsOf([seeded(1, { id: "a" }), seeded(1, { id: "b" })]);
  assert.deepEqual(
    group?.runs.map(({ id }) => id),
    ["b"],
  );
});

test("the same runs give the same groups", () => {
  const runs = [seeded(1), seeded(2)];
  assert.equal(groupsOf(runs), groupsOf(runs));
});

test("what is under way or was stopped is not compared by its end", () => {
  const states = /** @type {const} */ (["finished", "diverged", "stopped", "training", "waiting", "interrupted"]);
  const [group] = groupsOf(states.map((state, i) => seeded(i, { state })));
  assert.deepEqual(
    finishedIn(group ?? assert.fail()).map(({ state }) => state),
    ["finished", "diverged"],
  );
});
