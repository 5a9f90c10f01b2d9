/**
 * `check_my_network.py`: a program that compares somebody's own NumPy network with HelloNN's, number by number. What it
 * does stands in a file of that name beside this one; here the numbers are put into it.
 *
 * @typedef {import("../../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../../protocol/requests.js").FirstUpdates} FirstUpdates
 * @typedef {{recipe: Recipe, learningRate: number}} Descent
 */
import { base64Lines, pythonLines, pythonText } from "./python.js";

/** Where the numbers go. */
const PLACE = "#<data>\n";

/** Layers that the exercise's students write. */
const KNOWN = ["dense", "relu", "leakyRelu", "sigmoid", "tanh", "flatten"];

/** For recipes whose own rate is for another optimizer: large enough that an update shows in the numbers. */
const RATE = 0.1;

/**
 * Why there is no such program for a recipe; "": there is.
 * @param {Pick<Recipe, "layers" | "loss">} recipe
 */
export function whyNoCheck({ layers, loss }) {
  const other = layers.find(({ kind }) => !KNOWN.includes(kind));
  if (other !== undefined) return `it knows dense layers with ReLU, LeakyReLU, sigmoid and tanh, and no ${other.kind}`;
  if (!layers.some(({ kind }) => kind === "dense")) return "it needs a dense layer";
  if (loss.kind !== "mse" && loss.kind !== "crossEntropy") return "it knows MSE and softmax cross-entropy only";
  return loss.kind === "crossEntropy" && (loss.labelSmoothing ?? 0) > 0 ? "it knows no label smoothing" : "";
}

/**
 * What the trainer is to be asked for: plain gradient descent, as the exercise's layers do it.
 * @param {Recipe} recipe with its seed
 * @returns {Descent}
 */
export function plainDescent(recipe) {
  const { optimizer, learningRate, weightDecay = 0 } = recipe;
  const isPlain = optimizer.kind === "sgd" && (optimizer.momentum ?? 0) === 0;
  // A dense layer takes an image as it is.
  const layers = recipe.layers.filter(({ kind }) => kind !== "flatten");
  const asked = { ...recipe, layers, weightDecay: isPlain ? weightDecay : 0 };
  return { recipe: asked, learningRate: isPlain ? learningRate : RATE };
}

/**
 * @param {string} template check_my_network.py as it lies beside this file
 * @param {string} name of the run
 * @param {Descent} descent of the run's recipe
 * @param {FirstUpdates} updates that the trainer made of it
 * @returns {Promise<string>} throws where the network's numbers are none
 */
export async function notebookCheck(template, name, { recipe, learningRate }, updates) {
  const { pixels, labels, batchSize, numbers } = updates;
  if (!numbers.every(Number.isFinite)) throw new Error("the network’s numbers grow beyond all bounds in three updates");
  const check = {
    inputs: pixels.length / labels.length,
    layers: recipe.layers.map((layer) => (layer.kind === "dense" ? { ...layer, bias: layer.bias ?? true } : layer)),
    loss: recipe.loss.kind,
    // As the trainer has it, which reckons in 32 bits.
    rate: Math.fround(learningRate),
    decay: recipe.weightDecay ?? 0,
    labels: Array.from(labels),
    batch_size: batchSize,
  };
  const data = `RUN = ${pythonText(name)}
CHECK = ${pythonLines(JSON.stringify(check, null, 1))}
IMAGES = ${base64Lines(await deflated(pixels))}
NUMBERS = ${base64Lines(await deflated(littleEndian(numbers)))}
`;
  const [before, after] = template.replaceAll("\r\n", "\n").split(PLACE);
  if (before === undefined || after === undefined) throw new Error(`expected a line ${PLACE.trim()} in the template`);
  return before + data + after;
}

/** @param {Float32Array} numbers */
function littleEndian(numbers) {
  const view = new DataView(new ArrayBuffer(numbers.byteLength));
  numbers.forEach((number, i) => {
    view.setFloat32(4 * i, number, true);
  });
  return new Uint8Array(view.buffer);
}

/** @param {Uint8Array} bytes as zlib packs them */
async function deflated(bytes) {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
