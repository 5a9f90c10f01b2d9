import assert from "node:assert/strict";
import test from "node:test";
import { costOf, inOrder, recipesOf, secondsFor, withThose } from "../../../www/runs/race-plan.js";
import { varied } from "../../../www/runs/variation.js";
import { RECIPE, run } from "../support/values.js";

const CONTESTANT = { basis: "Better answer", changes: "", recipe: RECIPE };
const RULES = { nSeeds: 3, epochs: 2, validationImages: 50 };

test("a contestant trains its recipe with each seed, by the race's rules", () => {
  const recipes = recipesOf(CONTESTANT, RULES);
  assert.deepEqual(
    recipes.map(({ seed }) => seed),
    [1, 2, 3],
  );
  for (const { seed: _, ...recipe } of recipes) {
    const { seed: _1, ...expected } = { ...RECIPE, epochs: 2, validationImages: 50 };
    assert.deepEqual(recipe, expected);
  }
  assert.equal(recipesOf(CONTESTANT, { ...RULES, epochs: null })[0]?.epochs, RECIPE.epochs);
});

/** @param {string} id @param {Partial<typeof RECIPE>} differences */
const planned = (id, differences) => run({ id, state: "waiting", recipe: { ...RECIPE, ...differences } });

test("short runs come first, and of equally long ones everybody's first seed before the second", () => {
  const runs = [
    planned("long 1", { epochs: 9, seed: 1 }),
    planned("a 2", { seed: 2, learningRate: 0.1 }),
    planned("a 1", { seed: 1, learningRate: 0.1 }),
    planned("b 1", { seed: 1, learningRate: 0.2 }),
  ];
  assert.deepEqual(
    inOrder(runs).map(({ id }) => id),
    ["a 1", "b 1", "a 2", "long 1"],
  );
});

test("what is there already is not trained again", () => {
  const runs = [planned("1", { seed: 1 }), planned("2", { seed: 2 })];
  const there = [run({ id: "old", state: "finished", recipe: { ...RECIPE, seed: 1 } })];
  assert.deepEqual(
    withThose(runs, there).map(({ id }) => id),
    ["old", "2"],
  );
  assert.deepEqual(withThose(runs, [run({ state: "stopped", recipe: { ...RECIPE, seed: 1 } })]), runs);
});

test("smaller batches cost more, and what is estimated goes by what was measured", () => {
  const slow = planned("1", { batchSize: 1, seed: 1 });
  const quick = planned("2", { batchSize: 64, seed: 1 });
  assert.ok(costOf(slow) > costOf(quick));
  const measured = { ...quick, state: /** @type {const} */ ("finished"), seconds: 8 };
  assert.equal(Math.round(secondsFor([quick, quick], [measured], 2)), 8);
  assert.equal(Math.round(secondsFor([quick, quick], [measured], 1)), 16);
  assert.ok(secondsFor([quick], [], 2) > 0);
});

test("a field varied over values makes a contestant of each, which says what was changed", () => {
  const changes = (/** @type {string} */ name, /** @type {string} */ values) =>
    varied(CONTESTANT, name, values).contestants.map(({ changes }) => changes);
  assert.deepEqual(changes("learningRate", "0.1, 0.03,0.001"), ["rate 0.1", "rate 0.03", "learning rate 0.001"]);
  assert.deepEqual(changes("batchSize", "1, 16"), ["batch 1", "batch 16"]);
  assert.deepEqual(changes("start", "N(0, 1), Zeros, pytorch's default"), [
    "start N(0, 1)",
    "start Zeros",
    "start PyTorch’s default",
  ]);
  assert.equal(changes("augmentation", "without, with").length, 2);
  assert.deepEqual(varied(CONTESTANT, "none", "x"), { contestants: [CONTESTANT], refusal: "" });
});

test("values that cannot be read are refused by name, and none of the others is taken", () => {
  for (const [name, values, message] of [
    [
      "learningRate",
      "0.1, fast",
      "Expected numbers above 0, such as 0.1, 0.03, 0.01 for the learning rate, found “fast”.",
    ],
    ["learningRate", "", "Expected numbers above 0, such as 0.1, 0.03, 0.01 for the learning rate, found “”."],
    ["batchSize", "1.5", "Expected whole numbers above 0, such as 1, 16, 64 for the batch size, found “1.5”."],
    ["augmentation", "much", "Expected without, with for the augmentation, found “much”."],
  ]) {
    assert.deepEqual(varied(CONTESTANT, name ?? "", values ?? ""), { contestants: [], refusal: message });
  }
});
