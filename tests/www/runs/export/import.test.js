import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { importWeights } from "../../../../www/runs/export/import.js";
import { writeSafetensors } from "../../../../www/runs/export/safetensors.js";
import { EXPORTS, NETWORKS } from "../../support/exports.js";
import { sessionWith } from "../../support/module.js";
import { RECIPE } from "../../support/values.js";

/** @typedef {import("../../../../www/runs/export/files.js").Ask} Ask */

const [DENSE] = NETWORKS;
assert.ok(DENSE);

/** A worker that has images for that network. */
async function ask() {
  const [, rows = 0, cols = 0] = DENSE?.inputShape ?? [];
  const session = await sessionWith({ rows, cols, nClasses: 4, nTraining: 16, nTest: 4 });
  const answer = async (/** @type {{recipe: typeof RECIPE}} */ { recipe }) => session.describe(recipe);
  return { session, ask: /** @type {Ask} */ (/** @type {unknown} */ (answer)) };
}

/** @type {typeof RECIPE} */
const GIVEN = { ...RECIPE, layers: DENSE.layers, batchSize: 2, validationImages: 0 };

test("a file that PyTorch saved becomes a run of the recipe that is given", async () => {
  const { session, ask: asked } = await ask();
  const { name, summary, parameters, checksum, warning } = await importWeights(
    await readFile(new URL(`${DENSE.name}.safetensors`, EXPORTS)),
    GIVEN,
    asked,
  );
  assert.deepEqual([name, checksum, warning], ["", null, ""]);
  const { run } = session.openWeights(summary.recipe, parameters);
  assert.equal(run.recipe.seed, summary.recipe.seed);
  assert.equal(typeof run.recipe.seed, "number");
});

test("a file without a recipe needs one, and one with a recipe that is none is refused by its field", async () => {
  const { ask: asked } = await ask();
  const bare = writeSafetensors([], {});
  await assert.rejects(importWeights(bare, null, asked), /expected a recipe in its metadata, found none/);
  const hostile = writeSafetensors([], { hellonn: JSON.stringify({ ...GIVEN, batchSize: -1 }) });
  await assert.rejects(importWeights(hostile, null, asked), { field: "batchSize" });
  const empty = writeSafetensors([], { hellonn: "{}" });
  await assert.rejects(importWeights(empty, GIVEN, asked), { field: "layers" });
});
