import assert from "node:assert/strict";
import test from "node:test";
import { describeLayers } from "../../../www/worker/describe-layers.js";

/** @typedef {import("../../../www/protocol/requests.js").Recipe["layers"]} Layers */

/** Of dense layers alone: no units is wrong, and the last must have as many as there are classes. */
const session = {
  describe(/** @type {{layers: Layers}} */ { layers }) {
    const units = layers.map((layer) => (layer.kind === "dense" ? layer.units : -1));
    const fail = (/** @type {string} */ field) => {
      throw Object.assign(new Error(`wrong at ${field}`), { field });
    };
    if (units.length === 0) fail("layers");
    const bad = units.indexOf(0);
    if (bad >= 0) fail(`layers[${bad}].units`);
    if (units.at(-1) !== 10) fail(`layers[${units.length - 1}]`);
    return {
      inputShape: [1, 28, 28],
      layers: units.map((n) => ({ name: `Dense ${n}`, outputShape: [n], nParameters: n })),
      nParameters: 7,
    };
  },
};

/** @param {number[]} units */
function shapes(...units) {
  const layers = units.map((n) => /** @type {const} */ ({ kind: "dense", units: n }));
  const { layers: summaries, error, nParameters } = describeLayers(/** @type {any} */ (session), layers, 10);
  return { shapes: summaries.map(({ outputShape }) => outputShape[0]), field: error?.field ?? null, nParameters };
}

test("a network that fits is described in full", () => {
  assert.deepEqual(shapes(5, 10), { shapes: [5, 10], field: null, nParameters: 7 });
});

test("the layers before the one at fault have their shapes", () => {
  assert.deepEqual(shapes(5, 0, 10), { shapes: [5], field: "layers[1].units", nParameters: null });
  assert.deepEqual(shapes(0, 10), { shapes: [], field: "layers[0].units", nParameters: null });
});

test("so have all when only the classes do not fit", () => {
  assert.deepEqual(shapes(5, 6), { shapes: [5, 6], field: "layers[1]", nParameters: null });
});

test("without a layer there is the input", () => {
  assert.deepEqual(shapes(), { shapes: [], field: "layers", nParameters: null });
});

test("what is not about layers is not swallowed", () => {
  const broken = { describe: () => assert.fail("no data is loaded") };
  assert.throws(() => describeLayers(/** @type {any} */ (broken), [], 10), /no data is loaded/);
});
