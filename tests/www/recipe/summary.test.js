import assert from "node:assert/strict";
import { test } from "node:test";
import { networkInLine, rowsOf } from "../../../www/recipe/summary.js";
import { RECIPE } from "../support/values.js";

test("a dense network reads from the pixels to the classes", () => {
  assert.equal(networkInLine(RECIPE.layers, [1, 28, 28]), "784 → 128 ReLU → 10");
  assert.equal(networkInLine(RECIPE.layers), "128 ReLU → 10");
});

test("a convolutional one keeps its image's sides", () => {
  const layers = /** @type {typeof RECIPE.layers} */ ([
    { kind: "conv2d", channels: 8, kernel: 5 },
    { kind: "batchNorm" },
    { kind: "relu" },
    { kind: "maxPool2d", kernel: 2 },
    { kind: "dropout", rate: 0.2 },
    { kind: "flatten" },
    { kind: "dense", units: 10 },
  ]);
  const line = "28×28 → 8@5×5 BatchNorm ReLU → max of 2×2 → dropout 0.2 → 10";
  assert.equal(networkInLine(layers, [1, 28, 28]), line);
});

test("a very deep one is cut in its midst, and says so", () => {
  const deep = Array.from({ length: 40 }, () => ({ kind: /** @type {const} */ ("dense"), units: 3 }));
  assert.match(networkInLine([...deep, { kind: "dense", units: 10 }]), /^3 → .* → … → 10$/);
});

test("rows say what is set, and of what is off nothing", () => {
  const about = (/** @type {Partial<typeof RECIPE>} */ changes) =>
    Object.fromEntries(rowsOf({ ...RECIPE, ...changes }));
  assert.deepEqual(about({ seed: 3, weightDecay: 0.01 }), {
    Network: "128 ReLU → 10",
    Loss: "Cross-entropy",
    Optimizer: "Adam, learning rate 0.001, weight decay 0.01",
    "Batch, epochs": "64, 5, shuffled",
    Start: "He normal, seed 3",
  });
  const { Augmentation, Besides } = about({ augmentation: { shift: 2 }, clipNorm: 1 });
  assert.deepEqual([Augmentation, Besides], ["shift", "gradients clipped at 1"]);
});
