/** What tests/reference/exports/ holds, and what HelloNN's writers make of it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { onnxFile } from "../../../www/runs/export/onnx.js";
import { pytorchScript } from "../../../www/runs/export/pytorch.js";
import { readSafetensors, writeSafetensors } from "../../../www/runs/export/safetensors.js";
import { parametersIn } from "../../../www/runs/export/weights.js";
import { epoch, RECIPE } from "./values.js";

/** @typedef {import("../../../www/protocol/requests.js").Recipe} Recipe */

export const EXPORTS = new URL("../../reference/exports/", import.meta.url);

/**
 * @type {{name: string, inputShape: number[], layers: Recipe["layers"], outputShapes: number[][], pixels: number[],
 *   outputs: number[]}[]}
 */
export const NETWORKS = JSON.parse(await readFile(new URL("networks.json", EXPORTS), "utf8"));

/** By name, the files that exports.py checks. */
export async function writtenFiles() {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  const values = [Float32Array.of(1.5, -2, 0.1, 3e-45, 1e38, -0), Float32Array.of(Infinity, NaN), new Float32Array()];
  const tensors = [
    { name: "0.weight", shape: [2, 3] },
    { name: "0.bias", shape: [2] },
    { name: "empty", shape: [0, 3] },
  ].map((tensor, i) => ({ ...tensor, values: values[i] ?? new Float32Array() }));
  files.set("hellonn.safetensors", writeSafetensors(tensors, { format: "pt", hellonn: '{"a":"ä"}' }));
  for (const { name, inputShape, layers, outputShapes } of NETWORKS) {
    const network = { inputShape, layers: outputShapes.map((outputShape) => ({ ...LAYER, outputShape })), ...NUMBERS };
    const saved = readSafetensors(await readFile(new URL(`${name}.safetensors`, EXPORTS)));
    const { parameters } = parametersIn(saved, layers, network);
    const recipe = /** @type {Recipe} */ ({ layers });
    files.set(`${name}.onnx`, onnxFile({ name: "A run", recipe, network, checksum: null, parameters }));
  }
  files.set("better_answer.py", new TextEncoder().encode(pytorchScript(scripted("Better answer"))));
  return files;
}

const NUMBERS = { nParameters: 0, nMultiplyAdds: 0 };
const LAYER = { name: "", ...NUMBERS };

const LAYERS = [128, 128, 64, 64, 10].map((n) => ({ name: "", outputShape: [n], nParameters: 0 }));

/**
 * The preset Better answer, and two images of it.
 * @param {string} name
 * @param {Partial<typeof RECIPE>} [changes]
 */
export function scripted(name, changes) {
  const [first, relu] = RECIPE.layers;
  assert.ok(first && relu);
  const hidden = [first, relu, { ...first, units: 64 }, relu, { ...first, units: 10 }];
  const layers = /** @type {typeof RECIPE.layers} */ (hidden);
  const recipe = { ...RECIPE, layers, seed: 1, ...changes };
  const network = { inputShape: [1, 28, 28], layers: LAYERS, ...NUMBERS };
  const exported = { name, recipe, network, checksum: null, parameters: new Float32Array() };
  const answered = {
    set: /** @type {const} */ ("test"),
    labels: Uint8Array.of(7, 2),
    pixels: Uint8Array.from({ length: 2 * 784 }, (_, i) => (i % 9 === 0 ? i % 256 : 0)),
    outputs: Float32Array.from({ length: 20 }, (_, i) => i / 7 - 1),
  };
  return { exported, answered, isHandSet: false, epochs: [epoch(1), epoch(2, { validationLoss: 0.3 })] };
}
