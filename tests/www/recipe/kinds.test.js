import assert from "node:assert/strict";
import test from "node:test";
import { sessionWith } from "../support/module.js";

const session = await sessionWith({ rows: 12, cols: 12, nClasses: 2, nTraining: 40, nTest: 2 });

/** A recipe whose every part with a kind has it first, and settings of several types. @type {any} */
const RECIPE = {
  layers: [
    { kind: "conv2d", channels: 2, kernel: 3, stride: 2, padding: 1, bias: false },
    { kind: "maxPool2d", kernel: 2, stride: null },
    { kind: "elu", alpha: 0.5 },
    { kind: "flatten" },
    { kind: "dense", units: 2, bias: true },
  ],
  start: "heNormal",
  loss: { kind: "crossEntropy", labelSmoothing: 0.25 },
  optimizer: { kind: "sgd", momentum: 0.5, nesterov: true },
  schedule: { kind: "step", every: 3, factor: 0.5 },
  learningRate: 0.1,
  batchSize: 1,
  epochs: 1,
  shuffle: false,
  seed: 1,
};

/**
 * The same JSON with the fields of each object the other way round.
 * @param {any} value
 * @returns {any}
 */
function reversed(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(reversed);
  const fields = Object.entries(value).reverse();
  return Object.fromEntries(fields.map(([name, field]) => [name, reversed(field)]));
}

/**
 * The field that a recipe is refused for.
 * @param {object} change
 */
function fault(change) {
  try {
    session.configure({ ...RECIPE, ...change });
  } catch (error) {
    return /** @type {any} */ (error).field;
  }
  throw new Error("nothing was refused");
}

/** @param {unknown} layer */
const layers = (layer) => ({ layers: [{ kind: "flatten" }, layer, { kind: "dense", units: 2 }] });

test("a kind may stand before, among or after its settings", () => {
  const { recipe } = session.configure(RECIPE);
  for (const part of /** @type {const} */ (["loss", "optimizer", "schedule"])) {
    assert.deepEqual(recipe[part], RECIPE[part]);
  }
  assert.deepEqual(recipe.layers[0], RECIPE.layers[0]);
  assert.deepEqual(session.configure(reversed(RECIPE)).recipe, recipe);
  const among = { bias: false, units: 3 };
  const layer = { units: 3, kind: "dense", bias: false };
  assert.deepEqual(session.configure({ ...RECIPE, ...layers(layer) }).recipe.layers[1], { kind: "dense", ...among });
});

test("a kind that is none is refused by its own path", () => {
  for (const kind of ["dens", "Dense", "", 3, null, ["dense"], {}]) {
    assert.equal(fault(layers({ kind, units: 2 })), "layers[1].kind", JSON.stringify(kind));
  }
  assert.equal(fault({ optimizer: { kind: "momentum" } }), "optimizer.kind");
  assert.equal(fault({ schedule: { kind: "stepwise" } }), "schedule.kind");
});

test("a setting is refused by its path where it is of another kind or of another type", () => {
  assert.equal(fault(layers({ kind: "relu", slope: 0.1 })), "layers[1].slope");
  assert.equal(fault(layers({ kind: "leakyRelu", slope: "0.1" })), "layers[1].slope");
  assert.equal(fault(layers({ kind: "dense", units: 1.5 })), "layers[1].units");
  assert.equal(fault(layers({ kind: "dense", units: 2, bias: null })), "layers[1].bias");
  assert.equal(fault({ loss: { kind: "mse", labelSmoothing: 0.1 } }), "loss.labelSmoothing");
  assert.equal(fault({ optimizer: { kind: "adam", momentum: 0.9 } }), "optimizer.momentum");
  assert.equal(fault({ optimizer: { kind: "adam", beta1: true } }), "optimizer.beta1");
});

test("what is no object has no kind", () => {
  for (const other of ["mse", 3, true, null, ["mse"]]) {
    assert.equal(fault({ loss: other }), "loss", JSON.stringify(other));
    assert.equal(fault(layers(other)), "layers[1]", JSON.stringify(other));
  }
});
