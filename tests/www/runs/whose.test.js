import assert from "node:assert/strict";
import test from "node:test";
import { OWN, whoseIs } from "../../../www/runs/whose.js";
import { RECIPE, run } from "../support/values.js";

const trained = run({ state: "finished", name: "Better answer 2", recipe: { ...RECIPE, seed: 1 } });
const named = { ...OWN, name: "Better answer 2" };

test("an untrained network of the settings raises no doubt", () => {
  assert.deepEqual(whoseIs(null, RECIPE, false), OWN);
  assert.deepEqual(whoseIs(run({ state: "ready" }), RECIPE, false), OWN);
});

test("an untrained network that the settings no longer make is told from one that they would", () => {
  const own = { ...OWN, settings: "the settings since then make no network" };
  assert.deepEqual(whoseIs(run({ state: "ready" }), RECIPE, true), own);
  assert.deepEqual(whoseIs(run({ state: "ready" }), null, false), own);
});

test("a run has its name, and no more while the settings say the same", () => {
  assert.deepEqual(whoseIs(trained, { ...RECIPE, seed: 1 }, false), named);
  assert.deepEqual(whoseIs(trained, RECIPE, false), named, "a blank seed says nothing else");
  const handSet = [
    { epoch: 2, rate: 0.1 },
    { epoch: 3, rate: 0.01 },
  ];
  assert.deepEqual(whoseIs({ ...trained, handSet }, { ...RECIPE, learningRate: 0.01 }, false), named, "set by hand");
});

test("where the settings say something else, it is said which run it is, and what they are for", () => {
  const told = { name: "Better answer 2", which: "128·10, seed 1", settings: "the settings are for the next run" };
  for (const settings of [
    null,
    { ...RECIPE, seed: 2 },
    { ...RECIPE, learningRate: 0.1 },
    { ...RECIPE, epochs: 6 },
    { ...RECIPE, layers: RECIPE.layers.slice(1) },
  ]) {
    assert.deepEqual(whoseIs(trained, settings, false), told);
  }
});

test("a network of many layers is not written out", () => {
  const layers = Array.from({ length: 200 }, () => RECIPE.layers).flat();
  const long = run({ state: "finished", recipe: { ...RECIPE, layers, seed: 1 } });
  assert.equal(whoseIs(long, null, false).which, "600 layers, seed 1");
});
