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

test("what is no recipe at all is refused in words", () => {
  assert.throws(() => readJson(" \n"), /^Error: expected a recipe as JSON, found nothing$/);
  assert.throws(() => readJson("{"), /^Error: expected JSON; /);
  assert.throws(() => readJson("[1]"), /found a list$/);
  assert.throws(() => readJson("null"), /found null$/);
  assert.throws(() => readJson("7"), /found a number$/);
});
