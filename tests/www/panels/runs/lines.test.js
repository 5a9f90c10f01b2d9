import assert from "node:assert/strict";
import test from "node:test";
import { directionOf, linesOf, orderAfter } from "../../../../www/panels/runs/lines.js";
import { epoch, RECIPE, run } from "../../support/values.js";

/** @typedef {import("../../../../www/runs/run.js").Run} Run */

const WANTED = { areGrouped: true, filter: "", order: null, open: /** @type {Set<string>} */ (new Set()) };
const RESULT = { loss: 0.1, nCorrect: 9, nImages: 10, nTotal: 10, done: true, atEpoch: 1 };

/** @param {string} name @param {number} begunAt @param {Partial<Run>} [differences] of a recipe of its own */
function single(name, begunAt, differences = {}) {
  const recipe = { ...RECIPE, seed: 1, learningRate: 1 / (begunAt + 2), ...differences.recipe };
  return run({ id: name, name, begunAt, ...differences, recipe });
}

/** @param {readonly Run[]} runs @param {Partial<import("../../../../www/panels/runs/lines.js").Wanted>} [wanted] */
function shown(runs, wanted = {}) {
  return linesOf(runs, { ...WANTED, ...wanted }).map(({ kind, group, runs: [first] }) =>
    kind === "group" ? group.title : first?.name,
  );
}

const SEEDS = [3, 1, 2].map((seed, i) =>
  run({ id: `seed ${seed}`, name: `Twin ${seed}`, basis: "Twin", begunAt: 10 + i, recipe: { ...RECIPE, seed } }),
);

test("the newest come first, a group by the newest of its runs", () => {
  assert.deepEqual(shown([single("old", 1), ...SEEDS, single("new", 11)]), ["Twin", "new", "old"]);
});

test("a group that is open has its runs beneath it, by their seeds", () => {
  const [group] = linesOf(SEEDS, WANTED);
  const open = new Set([group?.key ?? ""]);
  const lines = linesOf([single("old", 1), ...SEEDS], { ...WANTED, open });
  assert.deepEqual(
    lines.map(({ kind, runs }) => [kind, runs.map(({ recipe }) => recipe.seed)]),
    [
      ["group", [3, 1, 2]],
      ["seed", [1]],
      ["seed", [2]],
      ["seed", [3]],
      ["run", [1]],
    ],
  );
});

test("ungrouped each run has a line, also those of one seed", () => {
  const again = { ...SEEDS[0], id: "again", name: "Twin again", begunAt: 20 };
  const runs = [...SEEDS, /** @type {Run} */ (again)];
  assert.deepEqual(shown(runs, { areGrouped: false }), ["Twin again", "Twin 2", "Twin 1", "Twin 3"]);
  assert.equal(linesOf(runs, WANTED)[0]?.runs.length, 4);
});

test("a column puts its best first, then last, then the newest first again; what has none comes last", () => {
  const scored = (/** @type {string} */ name, /** @type {number} */ at, /** @type {number | null} */ accuracy) =>
    single(name, at, { state: "finished", epochs: [epoch(5, { validationAccuracy: accuracy })] });
  const runs = [scored("good", 1, 0.9), scored("none", 2, null), scored("best", 3, 0.99), scored("bad", 4, 0.5)];
  let order = orderAfter(null, "validation");
  assert.deepEqual(shown(runs, { order }), ["best", "good", "bad", "none"]);
  assert.equal(directionOf(order, "validation"), "descending");
  order = orderAfter(order, "validation");
  assert.deepEqual(shown(runs, { order }), ["bad", "good", "best", "none"]);
  assert.equal(directionOf(order, "validation"), "ascending");
  order = orderAfter(order, "validation");
  assert.deepEqual(shown(runs, { order }), ["bad", "best", "none", "good"]);
  assert.equal(directionOf(order, "validation"), "none");
});

test("names are sorted as somebody counts, and a time's best is the least", () => {
  const runs = [
    single("run 10", 1, { secondsToGoal: 3 }),
    single("Run 9", 2),
    single("run 1", 3, { secondsToGoal: 5 }),
  ];
  assert.deepEqual(shown(runs, { order: orderAfter(null, "name") }), ["run 1", "Run 9", "run 10"]);
  assert.deepEqual(shown(runs, { order: orderAfter(null, "timeToGoal") }), ["run 10", "run 1", "Run 9"]);
});

test("the order does not give a sealed test result away", () => {
  const sealed = (/** @type {string} */ name, /** @type {number} */ at, /** @type {number} */ nCorrect) =>
    single(name, at, { isSealed: true, test: { ...RESULT, nCorrect } });
  const runs = [sealed("best", 1, 10), single("open", 2, { test: { ...RESULT, nCorrect: 1 } }), sealed("worse", 3, 5)];
  assert.deepEqual(shown(runs, { order: orderAfter(null, "test") }), ["open", "worse", "best"]);
});

test("a filter's words must all be there: in names, changes, networks, states", () => {
  const runs = [
    single("Twin", 1, { state: "finished" }),
    single("Twin wide", 2, { changes: "rate 0.01" }),
    single("Other", 3, { state: "finished" }),
  ];
  assert.deepEqual(shown(runs, { filter: " twin  FINISHED " }), ["Twin"]);
  assert.deepEqual(shown(runs, { filter: "0.01" }), ["Twin wide"]);
  assert.deepEqual(shown(runs, { filter: "128·10" }).length, 3);
  assert.deepEqual(shown(runs, { filter: "constructor" }), []);
});

test("what has not changed is the same line, so that thousands are looked at once", () => {
  const before = linesOf([...SEEDS, single("old", 1)], WANTED);
  const [changed, ...rest] = SEEDS;
  const after = linesOf([/** @type {Run} */ ({ ...changed, seconds: 9 }), ...rest, ...(before[1]?.runs ?? [])], WANTED);
  assert.notEqual(after[0], before[0]);
  assert.equal(after[1], before[1]);
});
