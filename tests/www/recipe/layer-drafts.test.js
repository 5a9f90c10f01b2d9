import assert from "node:assert/strict";
import test from "node:test";
import {
  draftOf,
  draftsOf,
  inserted,
  layerDetails,
  layerTitle,
  moved,
  readLayers,
  withClasses,
  withKind,
} from "../../../www/recipe/layer-drafts.js";
import { LAYERS } from "../../../www/recipe/schema.js";

/** @typedef {import("../../../www/protocol/requests.js").Recipe["layers"]} Layers */

test("layers come back from their fields to the last digit, in the same order", () => {
  const layers = /** @type {Layers} */ ([
    { kind: "conv2d", channels: 16, kernel: 5, stride: 2, padding: 1, bias: false },
    { kind: "maxPool2d", kernel: 2 },
    { kind: "avgPool2d", kernel: 2, stride: 1 },
    { kind: "batchNorm" },
    { kind: "leakyRelu", slope: 0.012345678901 },
    { kind: "dropout", rate: 0.5 },
    { kind: "elu", alpha: 1 },
    { kind: "flatten" },
    { kind: "dense", units: 10, bias: true },
  ]);
  assert.equal(JSON.stringify(readLayers(draftsOf(layers)).layers), JSON.stringify(layers));
});

test("what a layer leaves out is filled in", () => {
  const layers = /** @type {Layers} */ ([{ kind: "dense", units: 3 }, { kind: "elu" }]);
  assert.deepEqual(readLayers(draftsOf(layers)).layers, [
    { kind: "dense", units: 3, bias: true },
    { kind: "elu", alpha: 1 },
  ]);
});

test("every kind that can be added is a layer at once", () => {
  const kinds = Object.keys(LAYERS);
  const { layers, errors } = readLayers(kinds.map((kind) => draftOf(kind)));
  assert.deepEqual(errors, []);
  assert.deepEqual(
    layers.map(({ kind }) => kind),
    kinds,
  );
});

test("layers end before the first that is none, and the field at fault is named", () => {
  const drafts = draftsOf([{ kind: "dense", units: 3 }, { kind: "dropout", rate: 0.5 }, { kind: "relu" }]);
  if (drafts[1]) drafts[1].texts["rate"] = "";
  const { layers, errors } = readLayers(drafts);
  assert.equal(layers.length, 1);
  assert.deepEqual(errors, [{ field: "layers[1].rate", message: "Rate must be a number." }]);
});

test("a moved layer takes its new place and the others keep their order", () => {
  assert.deepEqual(moved(["a", "b", "c", "d"], 0, 2), ["b", "c", "a", "d"]);
  assert.deepEqual(moved(["a", "b", "c", "d"], 3, 0), ["d", "a", "b", "c"]);
  assert.deepEqual(moved(["a", "b"], 1, 9), ["a", "b"]);
  assert.deepEqual(moved(["a", "b"], 5, 0), ["a", "b"]);
  assert.deepEqual(inserted(["a", "b"], 1, "x"), ["a", "x", "b"]);
});

test("another kind keeps the layer's place and what both kinds have", () => {
  const draft = draftOf("conv2d", { channels: 8, kernel: 5, stride: 2, bias: false });
  assert.deepEqual(withKind(draft, "dense"), { id: draft.id, kind: "dense", texts: { units: "64", bias: false } });
  // A stride that was right for a convolution is none for a pooling.
  assert.deepEqual(withKind(draft, "maxPool2d").texts, { kernel: "5", stride: "" });
});

test("other data changes the layer that gives the classes their scores, if it did", () => {
  const layers = /** @type {Layers} */ ([{ kind: "dense", units: 10 }, { kind: "dense", units: 10 }, { kind: "tanh" }]);
  assert.deepEqual(withClasses(layers, 10, 4), [
    { kind: "dense", units: 10 },
    { kind: "dense", units: 4 },
    { kind: "tanh" },
  ]);
  assert.equal(withClasses(layers, 7, 4), layers);
  assert.deepEqual(withClasses([], 10, 4), []);
});

test("a title says what the fields hold, whatever that is", () => {
  assert.equal(layerTitle(draftOf("conv2d", { channels: 16, kernel: 5 })), "Conv2d 16@5×5");
  assert.equal(layerTitle({ id: 0, kind: "dense", texts: { units: "" } }), "Dense ");
  assert.equal(layerTitle({ id: 0, kind: "unheard of", texts: {} }), "unheard of");
});

test("what is other than usual of a layer is said beside its title, and nothing else", () => {
  assert.equal(layerDetails(draftOf("conv2d")), "");
  assert.equal(layerDetails(draftOf("maxPool2d")), "");
  assert.equal(layerDetails(draftOf("maxPool2d", { kernel: 2, stride: 2 })), "");
  assert.equal(layerDetails(draftOf("relu")), "");
  assert.equal(layerDetails(draftOf("maxPool2d", { kernel: 3, stride: 2 })), "stride 2");
  assert.equal(layerDetails(draftOf("conv2d", { stride: 2, padding: 1, bias: false })), "stride 2, padding 1, no bias");
  assert.equal(layerDetails(draftOf("dense", { units: 10, bias: false })), "no bias");
});
