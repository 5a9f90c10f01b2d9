import assert from "node:assert/strict";
import test from "node:test";
import { draftOf } from "../../../www/recipe/layer-drafts.js";
import { placeInWords, placeOf } from "../../../www/recipe/layer-place.js";

/** @typedef {import("../../../www/recipe/layer-drafts.js").LayerDraft} LayerDraft */

/** "dense relu dense", and "conv2d:7" of a kernel of 7. @param {string} words @returns {LayerDraft[]} */
function network(words) {
  return words.split(" ").flatMap((word) => {
    const [kind = "", kernel] = word.split(":");
    return kind === "" ? [] : [draftOf(kind, kernel === undefined ? {} : { kernel: Number(kernel) })];
  });
}

/** What the network is after the new layer is in it. @param {string} words @param {string} kind @param {number} openIdx */
function after(words, kind, openIdx = -1, size = 28) {
  const drafts = network(words);
  const kinds = drafts.map((draft) => draft.kind);
  const at = placeOf(kind, drafts, { openIdx, size: [size, size] });
  return kinds.toSpliced(at, 0, kind.toUpperCase()).join(" ");
}

const DENSE = "dense relu dense relu dense";
const CONVOLUTIONAL = "conv2d relu maxPool2d flatten dense relu dense";

test("what needs an image comes before the first layer that makes it flat", () => {
  for (const kind of ["conv2d", "maxPool2d", "avgPool2d"]) {
    assert.equal(after(DENSE, kind), `${kind.toUpperCase()} ${DENSE}`);
    assert.equal(after(CONVOLUTIONAL, kind), `conv2d relu maxPool2d ${kind.toUpperCase()} flatten dense relu dense`);
    assert.equal(after("", kind), kind.toUpperCase());
  }
});

test("a kernel goes where the image is large enough for it, and for those behind it", () => {
  assert.equal(after("maxPool2d:14 dense", "conv2d"), "CONV2D maxPool2d dense");
  assert.equal(after("conv2d:28 dense", "conv2d"), "conv2d CONV2D dense", "nowhere, so where it is looked for");
  assert.equal(after("maxPool2d:14 dense", "conv2d", -1, 280), "maxPool2d CONV2D dense");
  const drafts = network("maxPool2d:14 dense");
  assert.equal(placeOf("conv2d", drafts, { openIdx: -1, size: null }), 1, "no size is known");
});

test("a dense layer comes before the last one, which has a unit a class", () => {
  assert.equal(after(DENSE, "dense"), "dense relu dense relu DENSE dense");
  assert.equal(after("dense relu dense tanh", "dense"), "dense relu DENSE dense tanh");
  assert.equal(after("conv2d relu", "dense"), "conv2d relu DENSE");
});

test("an activation comes behind the last hidden layer that lacks one, after its normalisation", () => {
  assert.equal(after("dense dense relu dense", "relu"), "dense RELU dense relu dense");
  assert.equal(after("dense batchNorm dense", "gelu"), "dense batchNorm GELU dense");
  assert.equal(after("conv2d maxPool2d dense", "tanh"), "conv2d TANH maxPool2d dense");
  assert.equal(after(DENSE, "relu"), "dense relu dense relu RELU dense", "none lacks one");
});

test("a normalisation comes between a layer and its activation", () => {
  assert.equal(after(DENSE, "batchNorm"), "dense relu dense BATCHNORM relu dense");
  assert.equal(after("dense relu dense batchNorm relu dense", "batchNorm").indexOf("dense BATCHNORM"), 0);
});

test("dropout comes before the last layer, and flatten where the image ends", () => {
  assert.equal(after(DENSE, "dropout"), "dense relu dense relu DROPOUT dense");
  assert.equal(after("conv2d relu dense", "flatten"), "conv2d relu FLATTEN dense");
});

test("a layer goes behind the one that is open, where it fits there", () => {
  assert.equal(after(DENSE, "relu", 0), "dense RELU relu dense relu dense");
  assert.equal(after(CONVOLUTIONAL, "conv2d", 0), "conv2d CONV2D relu maxPool2d flatten dense relu dense");
  assert.equal(after(CONVOLUTIONAL, "conv2d", 4), "conv2d relu maxPool2d CONV2D flatten dense relu dense");
  assert.equal(after(CONVOLUTIONAL, "dense", 0), "conv2d relu maxPool2d flatten dense relu DENSE dense");
  assert.equal(after(DENSE, "dense", 4), "dense relu dense relu DENSE dense", "nothing but the last gives the scores");
  assert.equal(after(DENSE, "sigmoid", 4), "dense relu dense relu dense SIGMOID", "as the exercise has it");
});

test("the place in words", () => {
  const drafts = network("dense relu");
  assert.equal(placeInWords(2, drafts), "behind layer 2, ReLU");
  assert.equal(placeInWords(0, drafts), "in front of Dense 64");
  assert.equal(placeInWords(0, []), "as the only layer");
});
