import assert from "node:assert/strict";
import test from "node:test";
import { readNumber, readRecipe } from "../../www/ui/recipe-form.js";

/** @type {import("../../www/protocol.js").Recipe} */
const BASE = {
  layers: [{ kind: "dense", units: 10 }],
  start: "heNormal",
  loss: { kind: "crossEntropy" },
  optimizer: { kind: "adam", beta1: 0.8 },
  learningRate: 0.001,
  schedule: { kind: "cosine" },
  weightDecay: 0,
  batchSize: 64,
  epochs: 5,
  shuffle: true,
  validationImages: 0,
  seed: null,
};

/** As the page's fields show BASE. */
const FIELDS = {
  epochs: "5",
  batchSize: "64",
  learningRate: "0.001",
  seed: "",
  weightDecay: "0",
  validationImages: "0",
  loss: "crossEntropy",
  optimizer: "adam",
  start: "heNormal",
  shuffle: true,
};

test("fields that nobody touched give the recipe back, with what they do not show", () => {
  assert.deepEqual(readRecipe(BASE, FIELDS), { recipe: BASE, errors: [] });
});

test("what is edited goes into the recipe", () => {
  const edited = { ...FIELDS, epochs: "12", seed: "7", optimizer: "momentum", loss: "mse", shuffle: false };
  const { recipe } = readRecipe(BASE, edited);
  assert.deepEqual(recipe, {
    ...BASE,
    epochs: 12,
    seed: 7,
    optimizer: { kind: "sgd", momentum: 0.9 },
    loss: { kind: "mse" },
    shuffle: false,
  });
});

test("every field that holds no number is named", () => {
  const { recipe, errors } = readRecipe(BASE, { ...FIELDS, epochs: "1.5", batchSize: "", learningRate: "fast" });
  assert.equal(recipe, null);
  assert.deepEqual(errors.map(({ field }) => field), ["epochs", "batchSize", "learningRate"]);
});

test("only the seed may be blank", () => {
  assert.equal(readNumber("seed", " "), null);
  assert.deepEqual(readNumber("epochs", ""), { field: "epochs", message: "Epochs must be a whole number from 0 to 4,294,967,295." });
  assert.equal(readNumber("learningRate", "1e-3"), 0.001);
});
