import assert from "node:assert/strict";
import test from "node:test";
import { changesInWords, extrasInWords, networkInWords, refusalInWords } from "../../../www/recipe/words.js";
import { RECIPE } from "../support/values.js";

/** @typedef {import("../../../www/protocol/requests.js").Recipe} Recipe */

test("a network is named by the layers that learn", () => {
  assert.equal(networkInWords(RECIPE.layers), "128·10");
  /** @type {Recipe["layers"]} */
  const convolutional = [
    { kind: "conv2d", channels: 16, kernel: 5, stride: 1, padding: 0, bias: true },
    { kind: "maxPool2d", kernel: 2 },
    { kind: "dense", units: 10, bias: true },
  ];
  assert.equal(networkInWords(convolutional), "16@5×5·10");
});

test("a recipe that is as it began has no changes, whatever its seed and epochs", () => {
  assert.equal(changesInWords({ ...RECIPE, seed: 7, epochs: 50 }, RECIPE), "");
});

test("each change is said, in few words", () => {
  /** @type {[Partial<Recipe>, string][]} */
  const changes = [
    [{ learningRate: 0.003, batchSize: 16 }, "rate 0.003, batch 16"],
    [{ layers: [{ kind: "dense", units: 10, bias: true }] }, "layers 10"],
    [{ layers: RECIPE.layers.filter(({ kind }) => kind !== "relu") }, "other layers"],
    [{ start: "zeros" }, "start Zeros"],
    [{ loss: { kind: "hinge" } }, "Hinge"],
    [{ optimizer: { kind: "sgd", momentum: 0.9, nesterov: false } }, "SGD, momentum"],
    [{ optimizer: { kind: "adam", beta1: 0.5, beta2: 0.999, epsilon: 1e-8 } }, "Adam set otherwise"],
    [{ schedule: { kind: "oneCycle", rise: 0.3 } }, "one-cycle schedule"],
    [{ shuffle: false }, "in file order"],
    [{ clipNorm: 1 }, "gradients clipped at 1"],
    [{ earlyStopping: { patience: 1 } }, "stops after 1 epoch without gain"],
  ];
  for (const [change, words] of changes) assert.equal(changesInWords({ ...RECIPE, ...change }, RECIPE), words);
});

test("what is set out of sight is summed up", () => {
  assert.equal(extrasInWords(RECIPE), "");
  const extras = extrasInWords({ ...RECIPE, schedule: { kind: "cosine" }, earlyStopping: { patience: 3 } });
  assert.equal(extras, "cosine schedule · stops after 3 epochs without gain");
});

test("what is wrong with a recipe is told with the place of the field", () => {
  const words = (/** @type {string | undefined} */ field) => refusalInWords({ field, message: "expected 1, found 0" });
  assert.equal(words("layers[1].units"), "Layer 2: expected 1, found 0");
  assert.equal(words("layers"), "Layers: expected 1, found 0");
  assert.equal(words("batchSize"), "Batch size: expected 1, found 0");
  assert.equal(words(undefined), "Expected 1, found 0");
});
