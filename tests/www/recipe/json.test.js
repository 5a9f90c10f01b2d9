import assert from "node:assert/strict";
import test from "node:test";
import { readJson, writeRecipe } from "../../../www/recipe/json.js";

/** @typedef {import("../../../www/protocol/requests.js").Recipe} Recipe */

const RECIPE = /** @type {Recipe} */ ({
  layers: [{ kind: "dense", units: 128, bias: true }, { kind: "relu" }],
  loss: { kind: "crossEntropy", labelSmoothing: 0 },
  learningRate: 1e-7,
  clipNorm: null,
  augmentation: { elastic: { strength: 0.8, smoothness: 4 } },
});

test("what is written is read as the same, and written the same again", () => {
  const read = readJson(writeRecipe(RECIPE));
  assert.deepEqual(read, RECIPE);
  assert.equal(writeRecipe(/** @type {Recipe} */ (read)), writeRecipe(RECIPE));
});

test("a setting and a layer have a line each", () => {
  assert.equal(
    writeRecipe(RECIPE),
    `{
  "layers": [
    { "kind": "dense", "units": 128, "bias": true },
    { "kind": "relu" }
  ],
  "loss": { "kind": "crossEntropy", "labelSmoothing": 0 },
  "learningRate": 1e-7,
  "clipNorm": null,
  "augmentation": { "elastic": { "strength": 0.8, "smoothness": 4 } }
}
`,
  );
});

test("what is nested deeper than any recipe is refused with its place", () => {
  const deep = (/** @type {number} */ n) => `${'{"layers": ['.repeat(n)}1${"]}".repeat(n)}`;
  assert.ok(readJson(deep(4)));
  const message = "expected a recipe, which has at most 8 levels, found more";
  for (const n of [5, 100_000]) {
    const place = "layers[0].layers[0].layers[0].layers[0]";
    assert.throws(() => readJson(deep(n)), { message: `${place}: ${message}` });
  }
  assert.throws(() => readJson(`{"${"x".repeat(1000)}": ${deep(5)}}`), {
    message: new RegExp(`^x{40}.layers.*${message}`),
  });
});

test("what is no recipe at all is refused in words", () => {
  assert.throws(() => readJson(" \n"), /^Error: expected a recipe as JSON, found nothing$/);
  assert.throws(() => readJson("{"), /^Error: expected JSON; /);
  assert.throws(() => readJson("[1]"), /found a list$/);
  assert.throws(() => readJson("null"), /found null$/);
  assert.throws(() => readJson("7"), /found a number$/);
});
