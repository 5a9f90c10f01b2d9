import assert from "node:assert/strict";
import test from "node:test";
import { AUGMENTATION, LAYERS, LOSSES, OPTIMIZERS, PLAIN, SCHEDULES } from "../../../www/recipe/schema.js";
import { sessionWith } from "../support/module.js";

/**
 * @typedef {import("../../../www/recipe/schema.js").Setting} Setting
 * @typedef {import("../../../www/protocol/requests.js").Recipe} Recipe
 */

const session = await sessionWith({ rows: 12, cols: 12, nClasses: 2, nTraining: 40, nTest: 2 });

/** All that a recipe has to say. @type {any} */
const LEAST = {
  layers: [{ kind: "dense", units: 2 }],
  start: "heNormal",
  loss: { kind: "mse" },
  optimizer: { kind: "sgd" },
  learningRate: 0.1,
  batchSize: 1,
  epochs: 1,
  shuffle: false,
};

/**
 * A part of a recipe with nothing but its kind and what must be said, as the trainer fills it up.
 * @param {Setting[]} settings
 * @param {Record<string, unknown>} part
 * @param {(part: Record<string, unknown>) => any} configured
 * @returns {{filled: Record<string, unknown>, required: string[]}}
 */
function filledUp(settings, part, configured) {
  /** @type {string[]} */
  const required = [];
  for (;;) {
    try {
      return { filled: configured(part), required };
    } catch (error) {
      const { field, message } = /** @type {import("../../../www/recipe/form.js").FieldError} */ (error);
      const missing = message === "expected a value, found nothing" ? field.split(".").at(-1) : undefined;
      const setting = settings.find(({ name }) => name === missing);
      if (missing === undefined || setting === undefined) throw error;
      required.push(missing);
      part = { ...part, [missing]: setting.initial };
    }
  }
}

/**
 * @param {Setting[]} settings
 * @param {Record<string, unknown>} part
 * @param {(part: Record<string, unknown>) => any} configured
 */
function assertDefaults(settings, part, configured) {
  const { filled, required } = filledUp(settings, part, configured);
  for (const { name, initial } of settings) {
    if (!required.includes(name)) assert.equal(filled[name] ?? null, initial, `${part["kind"]} ${name}`);
  }
}

for (const [kind, { settings }] of Object.entries(LAYERS)) {
  test(`a layer of the kind ${kind} begins as the trainer fills it up`, () => {
    assertDefaults(settings, { kind }, (layer) => {
      return session.configure({ ...LEAST, layers: [layer, { kind: "dense", units: 2 }] }).recipe.layers[0];
    });
  });
}

for (const [part, kinds] of /** @type {const} */ ([
  ["loss", LOSSES],
  ["optimizer", OPTIMIZERS],
  ["schedule", SCHEDULES],
])) {
  for (const [kind, { settings, fixed }] of Object.entries(kinds)) {
    // That there is momentum at all is what these kinds are chosen for.
    if (kind === "momentum" || kind === "nesterov") continue;
    test(`a ${part} of the kind ${kind} begins as the trainer fills it up`, () => {
      assertDefaults(settings, { kind, ...fixed }, (chosen) => {
        return session.configure({ ...LEAST, [part]: chosen }).recipe[part];
      });
    });
  }
}

test("what a recipe may leave out is in the fields what the trainer makes of it", () => {
  /** @type {any} */
  const recipe = session.configure(LEAST).recipe;
  const at = (/** @type {string} */ path) => path.split(".").reduce((value, name) => value?.[name], recipe) ?? null;
  for (const { name, initial } of [...PLAIN, ...AUGMENTATION]) {
    if (!(name in LEAST) && name !== "seed") assert.equal(at(name), initial, name);
  }
});

test("the page knows every kind of layer that the trainer knows, and no other", () => {
  /** @type {Record<Recipe["layers"][number]["kind"], true>} a kind too many or too few does not compile */
  const kinds = {
    dense: true,
    conv2d: true,
    maxPool2d: true,
    avgPool2d: true,
    flatten: true,
    dropout: true,
    batchNorm: true,
    relu: true,
    leakyRelu: true,
    sigmoid: true,
    tanh: true,
    gelu: true,
    silu: true,
    elu: true,
  };
  assert.deepEqual(Object.keys(LAYERS).sort(), Object.keys(kinds).sort());
});
