import assert from "node:assert/strict";
import test from "node:test";
import { isEqual, NO_NUMBER, readNumber, readRecipe, recipeTexts, withChanges } from "../../../www/recipe/form.js";
import { PLAIN } from "../../../www/recipe/schema.js";

/** @typedef {import("../../../www/protocol/requests.js").Recipe} Recipe */

/** With everything in it, in the order of the trainer. @type {Recipe} */
const FULL = {
  layers: [{ kind: "dense", units: 10, bias: true }],
  start: "heNormal",
  loss: { kind: "crossEntropy", labelSmoothing: 0.1 },
  optimizer: { kind: "adam", beta1: 0.8, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.0012345678901,
  schedule: { kind: "step", every: 3, factor: 0.5 },
  weightDecay: 0,
  l1: 1e-7,
  clipNorm: 5,
  batchSize: 64,
  epochs: 5,
  shuffle: true,
  augmentation: {
    shift: 2,
    rotation: 10,
    scale: 0.1,
    shear: 8,
    elastic: { strength: 0.8, smoothness: 4 },
    thickness: 0.5,
    noise: 0.05,
  },
  validationImages: 5000,
  earlyStopping: { patience: 3 },
  seed: 4294967295,
};

/** @type {Recipe} */
const LEAST = {
  layers: FULL.layers,
  start: "zeros",
  loss: { kind: "hinge" },
  optimizer: { kind: "sgd" },
  learningRate: 1,
  batchSize: 1,
  epochs: 1,
  shuffle: false,
};

/** @param {Recipe} recipe */
const throughFields = (recipe) => readRecipe(recipe.layers, recipeTexts(recipe));

test("fields that nobody touched give the recipe back to the last digit, in the same order", () => {
  const { recipe } = throughFields(FULL);
  assert.equal(JSON.stringify(recipe), JSON.stringify(FULL));
});

test("what a recipe leaves out is filled in", () => {
  assert.deepEqual(throughFields(LEAST).recipe, {
    ...LEAST,
    optimizer: { kind: "sgd", momentum: 0, nesterov: false },
    schedule: { kind: "constant" },
    weightDecay: 0,
    l1: 0,
    clipNorm: null,
    augmentation: {
      shift: 0,
      rotation: 0,
      scale: 0,
      shear: 0,
      elastic: { strength: 0, smoothness: 4 },
      thickness: 0,
      noise: 0,
    },
    validationImages: 0,
    earlyStopping: null,
    seed: null,
  });
});

test("every optimizer and schedule comes back", () => {
  /** @type {Recipe["optimizer"][]} */
  const optimizers = [
    { kind: "sgd", momentum: 0, nesterov: false },
    { kind: "sgd", momentum: 0.8, nesterov: false },
    { kind: "sgd", momentum: 0.8, nesterov: true },
    { kind: "rmsprop", alpha: 0.95, epsilon: 1e-6 },
    { kind: "adamW", beta1: 0.8, beta2: 0.99, epsilon: 1e-7 },
    { kind: "adadelta", rho: 0.95, epsilon: 1e-5 },
  ];
  for (const optimizer of optimizers) {
    assert.equal(JSON.stringify(throughFields({ ...FULL, optimizer }).recipe?.optimizer), JSON.stringify(optimizer));
  }
  /** @type {NonNullable<Recipe["schedule"]>[]} */
  const schedules = [
    { kind: "constant" },
    { kind: "cosine" },
    { kind: "warmup", epochs: 0.5 },
    { kind: "oneCycle", rise: 0.2 },
  ];
  for (const schedule of schedules) assert.deepEqual(throughFields({ ...FULL, schedule }).recipe?.schedule, schedule);
});

test("what is edited goes into the recipe, with the usual settings of what is chosen", () => {
  const edited = {
    ...recipeTexts(FULL),
    epochs: "12",
    seed: "",
    optimizer: "momentum",
    loss: "mse",
    shuffle: false,
    clipNorm: "",
  };
  assert.deepEqual(readRecipe(FULL.layers, edited).recipe, {
    ...FULL,
    epochs: 12,
    seed: null,
    optimizer: { kind: "sgd", momentum: 0.9, nesterov: false },
    loss: { kind: "mse" },
    shuffle: false,
    clipNorm: null,
  });
});

test("every field that holds no number is named by its path", () => {
  const wrong = {
    ...recipeTexts(FULL),
    epochs: "a few",
    batchSize: "",
    learningRate: "fast",
    clipNorm: NO_NUMBER,
    "earlyStopping.patience": NO_NUMBER,
    "augmentation.elastic.strength": "",
    "optimizer.beta1": "",
    "schedule.every": " ",
  };
  const { recipe, draft, errors } = readRecipe(FULL.layers, wrong);
  assert.equal(recipe, null);
  const { epochs, batchSize, l1 } = draft;
  assert.deepEqual({ epochs, batchSize, l1 }, { epochs: NaN, batchSize: null, l1: FULL.l1 });
  const fields = errors.map(({ field }) => field);
  assert.deepEqual(
    fields.toSorted(),
    Object.keys(wrong)
      .filter((path) => wrong[/** @type {keyof typeof wrong} */ (path)] !== recipeTexts(FULL)[path])
      .toSorted(),
  );
});

test("only what may be left out may be blank", () => {
  const read = (/** @type {string} */ field, /** @type {string} */ text) => {
    const setting = PLAIN.find(({ name }) => name === field);
    assert.ok(setting);
    return readNumber(setting, text);
  };
  assert.deepEqual(read("seed", " "), { value: null });
  assert.deepEqual(read("epochs", ""), { error: "Epochs must be a number." });
  assert.deepEqual(read("learningRate", "1e-3"), { value: 0.001 });
});

test("another preset keeps what was changed in the one before, and only that", () => {
  const after = { ...FULL, validationImages: 50, epochs: 7, start: /** @type {const} */ ("zeros") };
  assert.deepEqual(withChanges({ ...FULL, epochs: 9, optimizer: { kind: "sgd" } }, FULL, after), {
    ...after,
    epochs: 9,
    optimizer: { kind: "sgd" },
  });
  assert.ok(isEqual(withChanges(FULL, FULL, after), after));
});

test("two recipes are equal when they say the same, in whatever order their fields are", () => {
  const reversed = Object.fromEntries(Object.entries(FULL).toReversed());
  assert.ok(isEqual(reversed, FULL));
  assert.ok(isEqual({ ...FULL, optimizer: { epsilon: 1e-8, beta2: 0.999, beta1: 0.8, kind: "adam" } }, FULL));
  assert.ok(isEqual({ ...LEAST, seed: undefined }, LEAST));
  assert.ok(!isEqual({ ...FULL, seed: null }, FULL));
  assert.ok(!isEqual({ ...FULL, loss: { kind: "crossEntropy", labelSmoothing: 0.2 } }, FULL));
  assert.ok(!isEqual(LEAST, FULL));
  assert.ok(!isEqual(FULL, null));
});

test("the order of layers, and how many there are, make a difference", () => {
  const [dense, relu] = [{ kind: "dense", units: 10 }, { kind: "relu" }];
  assert.ok(isEqual([dense, relu], [{ units: 10, kind: "dense" }, { kind: "relu" }]));
  assert.ok(!isEqual([dense, relu], [relu, dense]));
  assert.ok(!isEqual([dense, relu], [dense]));
  assert.ok(!isEqual([], {}));
});
