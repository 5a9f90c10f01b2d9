import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { readSafetensors, writeSafetensors } from "../../../../www/runs/export/safetensors.js";
import { modulesOf, toPyTorch } from "../../../../www/runs/export/tensors.js";
import { openWeightsFile, parametersIn, weightsFile } from "../../../../www/runs/export/weights.js";
import { EXPORTS, NETWORKS } from "../../support/exports.js";
import { sessionWith } from "../../support/module.js";
import { RECIPE } from "../../support/values.js";

/** @typedef {import("../../../../www/protocol/requests.js").Recipe} Recipe */

/** @param {number[]} inputShape */
function session([, rows = 0, cols = 0]) {
  return sessionWith({ rows, cols, nClasses: 4, nTraining: 16, nTest: 4 });
}

/** @param {Recipe["layers"]} layers @returns {Recipe} */
function recipeOf(layers) {
  return { ...RECIPE, layers, batchSize: 2, validationImages: 0, seed: 1 };
}

describe("Weights that PyTorch saved", () => {
  for (const { name, inputShape, layers, pixels, outputs } of NETWORKS) {
    test(`give PyTorch's answers, and go back as they came: ${name}`, async () => {
      const own = await session(inputShape);
      const recipe = recipeOf(layers);
      const network = own.describe(recipe).network;
      const bytes = await readFile(new URL(`${name}.safetensors`, EXPORTS));
      const opened = openWeightsFile(bytes);
      assert.equal(opened.recipe, null);
      const { parameters, warning } = parametersIn(opened.file, layers, network);
      assert.equal(warning, "");
      const { run, report } = own.openWeights(recipe, parameters);
      assert.deepEqual([run.recipe.seed, report.epoch, report.imagesDone, report.updates], [1, 1, 0, 0]);
      const checkpoint = own.checkpoint();
      const found = own.outputsOf(checkpoint, Uint8Array.from(pixels));
      assert.equal(found.length, outputs.length);
      outputs.forEach((expected, i) => {
        assert.ok(Math.abs(Number(found[i]) - expected) < 1e-5, `${found[i]} for ${expected}`);
      });

      const exported = {
        name: "A run",
        recipe,
        network,
        checksum: own.checksum(),
        parameters: own.parametersOf(checkpoint),
      };
      const written = openWeightsFile(weightsFile(exported));
      assert.deepEqual(written.recipe, recipe);
      assert.deepEqual([written.name, written.checksum], ["A run", own.checksum()]);
      for (const [tensor, { shape, bytes }] of written.file.tensors) {
        const original = opened.file.tensors.get(tensor);
        assert.deepEqual(shape, original?.shape);
        assert.deepEqual(Buffer.from(bytes), Buffer.from(original?.bytes ?? []));
      }
      const names = [...opened.file.tensors.keys()].filter((each) => !each.endsWith("num_batches_tracked"));
      assert.deepEqual([...written.file.tensors.keys()].sort(), names.sort());
    });
  }
});

describe("Weights of another network", () => {
  const layers = recipeOf([{ kind: "dense", units: 4, bias: true }, { kind: "relu" }]).layers;
  const network = {
    inputShape: [1, 2, 3],
    nParameters: 28,
    nMultiplyAdds: 24,
    layers: layers.map((_) => ({ name: "", outputShape: [4], nParameters: 0 })),
  };
  const tensors = toPyTorch(modulesOf(layers, network), new Float32Array(28));
  const [weight, bias] = tensors;
  assert.ok(weight && bias);

  /** @param {import("../../../../www/runs/export/tensors.js").NamedTensor[]} stored @param {Uint8Array} [bytes] */
  const read = (stored, bytes = writeSafetensors(stored, {})) => parametersIn(readSafetensors(bytes), layers, network);

  test("are refused by name, with both shapes", () => {
    assert.deepEqual(
      tensors.map(({ name, shape }) => [name, shape]),
      [
        ["0.weight", [4, 6]],
        ["0.bias", [4]],
      ],
    );
    assert.throws(() => read([weight]), /expected "0.bias" for a layer dense, found none/);
    assert.throws(
      () => read([{ ...weight, shape: [6, 4] }, bias]),
      /"0.weight": expected the shape \[4, 6\], found \[6, 4\]: it lies the other way round/,
    );
    assert.throws(
      () => read([weight, bias, { name: "2.weight", shape: [1], values: new Float32Array(1) }]),
      /expected the tensors 0.weight, 0.bias, found "2.weight" too/,
    );
  });

  test("are refused where their numbers are others", () => {
    const text = new TextDecoder("latin1").decode(writeSafetensors(tensors, {})).replace('"F32"', '"I32"');
    assert.throws(
      () =>
        read(
          [],
          Uint8Array.from(text, (char) => char.charCodeAt(0)),
        ),
      /"0.weight": expected F32, found I32/,
    );
  });

  test("are taken where some are no numbers, and that is told", () => {
    const { warning } = read([weight, { ...bias, values: Float32Array.of(NaN, 1, -Infinity, 0) }]);
    assert.match(warning, /^2 of the weights are no finite numbers/);
  });

  test("are refused with a recipe that is none", () => {
    const file = (/** @type {string} */ hellonn) => writeSafetensors([], { hellonn });
    assert.throws(() => openWeightsFile(file("{")), /the recipe in its metadata: expected JSON/);
    assert.throws(() => openWeightsFile(file("[]")), /expected a recipe, which is an object in braces, found a list/);
    assert.deepEqual(openWeightsFile(file('{"a":1}')).recipe, { a: 1 });
  });

  test("are refused by the trainer where the numbers are too few, and the network before stays", async () => {
    const own = await sessionWith({ rows: 4, cols: 4, nClasses: 4, nTraining: 16, nTest: 4 });
    own.configure(recipeOf(layers));
    const before = own.checksum();
    assert.throws(() => own.openWeights(recipeOf(layers), new Float32Array(3)), /expected 68 numbers, found 3/);
    assert.equal(own.checksum(), before);
  });
});
