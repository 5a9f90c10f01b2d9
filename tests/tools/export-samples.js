/**
 * Exports runs of every preset and of every kind of layer, loss, optimizer, schedule and start, for
 * tests/reference/run_exports.py to try in real PyTorch; then opens the weights that PyTorch has saved.
 *
 *   node tests/tools/export-samples.js FOLDER          after `cargo xtask build`
 *   python tests/reference/run_exports.py FOLDER
 *   node tests/tools/export-samples.js FOLDER --open
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { presets, Session } from "../../dist/wasm/hellonn.js";
import { exportFile } from "../../www/runs/export/files.js";
import { openWeightsFile, parametersIn } from "../../www/runs/export/weights.js";
import { exported } from "../../www/worker/export.js";
import { sessionWith } from "../www/support/module.js";
import { epoch, run } from "../www/support/values.js";

/** @typedef {import("../../www/protocol/requests.js").Recipe} Recipe */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { open: { type: "boolean", default: false } },
});
const folder = String(positionals[0]);

/** MNIST's first images, as few as make an epoch short. */
const SET = { train: 600, t10k: 200 };

/** @type {Recipe} One whose every number PyTorch comes to, too. */
const PLAIN = {
  layers: [{ kind: "dense", units: 16 }, { kind: "tanh" }, { kind: "dense", units: 10 }],
  start: "xavierUniform",
  loss: { kind: "crossEntropy" },
  optimizer: { kind: "sgd" },
  learningRate: 0.05,
  batchSize: 25,
  epochs: 3,
  shuffle: false,
  seed: 4,
};

/** @type {(...layers: Recipe["layers"]) => Partial<Recipe>} */
const between = (...layers) => ({
  layers: [{ kind: "dense", units: 16 }, ...layers, { kind: "dense", units: 10 }],
});
/** @type {(...layers: Recipe["layers"]) => Partial<Recipe>} */
const onImages = (...layers) => ({
  layers: [{ kind: "conv2d", channels: 3, kernel: 5, stride: 2 }, ...layers, { kind: "dense", units: 10 }],
});

/** Those whose losses are compared. @type {Record<string, Partial<Recipe>>} */
const COMPARED = {
  relu: between({ kind: "relu" }),
  "leaky relu": between({ kind: "leakyRelu", slope: 0.1 }),
  sigmoid: between({ kind: "sigmoid" }),
  gelu: between({ kind: "gelu" }),
  silu: between({ kind: "silu" }),
  elu: between({ kind: "elu", alpha: 0.5 }),
  "batch norm": between({ kind: "batchNorm" }, { kind: "relu" }),
  "no bias": { layers: [{ kind: "dense", units: 10, bias: false }] },
  conv: onImages({ kind: "relu" }),
  padding: {
    layers: [
      { kind: "conv2d", channels: 2, kernel: 3, padding: 2, bias: false },
      { kind: "dense", units: 10 },
    ],
  },
  "max pool": onImages({ kind: "maxPool2d", kernel: 2 }, { kind: "relu" }),
  "average pool": onImages({ kind: "avgPool2d", kernel: 3, stride: 2 }, { kind: "relu" }),
  "batch norm of images": onImages({ kind: "batchNorm" }, { kind: "relu" }),
  flatten: onImages({ kind: "flatten" }, { kind: "batchNorm" }, { kind: "relu" }),
  mse: { loss: { kind: "mse" } },
  smoothed: { loss: { kind: "crossEntropy", labelSmoothing: 0.2 } },
  bce: { loss: { kind: "binaryCrossEntropy" } },
  hinge: { loss: { kind: "hinge" } },
  momentum: { optimizer: { kind: "sgd", momentum: 0.9 } },
  nesterov: { optimizer: { kind: "sgd", momentum: 0.9, nesterov: true } },
  rmsprop: { optimizer: { kind: "rmsprop", alpha: 0.9 }, learningRate: 0.002, weightDecay: 0.01 },
  adam: { optimizer: { kind: "adam", beta1: 0.8 }, learningRate: 0.002, weightDecay: 0.01 },
  adamw: { optimizer: { kind: "adamW", epsilon: 1e-6 }, learningRate: 0.002, weightDecay: 0.1 },
  adadelta: { optimizer: { kind: "adadelta" }, learningRate: 1 },
  step: { schedule: { kind: "step", every: 1, factor: 0.3 } },
  cosine: { schedule: { kind: "cosine" } },
  warmup: { schedule: { kind: "warmup", epochs: 1.5 } },
  "one cycle": { schedule: { kind: "oneCycle", rise: 0.4 } },
  decay: { weightDecay: 0.05 },
  l1: { l1: 0.001 },
  clipped: { clipNorm: 0.5 },
  "one by one": { batchSize: 1, epochs: 1, weightDecay: 0.001, learningRate: 0.01 },
};

/** Those that draw random numbers, and only have to run. @type {Record<string, Partial<Recipe>>} */
const DRAWN = {
  dropout: between({ kind: "relu" }, { kind: "dropout", rate: 0.3 }),
  "early stopping": { validationImages: 50, earlyStopping: { patience: 1 }, shuffle: true },
  affine: { augmentation: { shift: 2, rotation: 20, scale: 0.2, shear: 15 } },
  elastic: { augmentation: { elastic: { strength: 1.2, smoothness: 4 }, noise: 0.1, thickness: 1 } },
  ...Object.fromEntries(
    /** @type {const} */ ([
      "pytorch",
      "xavierNormal",
      "heUniform",
      "heNormal",
      "lecunNormal",
      "standardNormal",
      "smallNormal",
      "zeros",
    ]).map((start) => [`start ${start}`, { start }]),
  ),
};

/** @param {keyof typeof SET} set @param {"images-idx3" | "labels-idx1"} kind */
async function firstOf(set, kind) {
  const all = gunzipSync(await readFile(new URL(`../../dist/data/${set}-${kind}-ubyte.gz`, import.meta.url)));
  const isImages = kind === "images-idx3";
  const bytes = Buffer.from(all.subarray(0, isImages ? 16 + 784 * SET[set] : 8 + SET[set]));
  bytes.writeUInt32BE(SET[set], 4);
  return bytes;
}

/** A session with these images, which are written to the folder, too. */
async function prepared() {
  await sessionWith({ rows: 4, cols: 4, nClasses: 2, nTraining: 4, nTest: 2 });
  const session = new Session();
  await mkdir(join(folder, "data"), { recursive: true });
  for (const set of /** @type {const} */ (["train", "t10k"])) {
    for (const kind of /** @type {const} */ (["images-idx3", "labels-idx1"])) {
      const bytes = await firstOf(set, kind);
      session.stageFile(`${set}-${kind}-ubyte`, bytes);
      await writeFile(join(folder, "data", `${set}-${kind}-ubyte`), bytes);
    }
  }
  session.loadStaged();
  return session;
}

/** Trains to the end. @param {Session} session */
function trained(session) {
  const epochs = [];
  for (;;) {
    const { epochEnd, status } = session.step();
    if (epochEnd) epochs.push(epoch(epochEnd.epoch, { ...epochEnd }));
    if (status !== "training" && status !== "validating") return epochs;
  }
}

/**
 * @param {Session} session
 * @param {string} name
 * @param {Recipe} recipe
 * @param {boolean} isTrained before it is exported; else after
 */
async function write(session, name, recipe, isTrained) {
  const { recipe: own, network } = session.configure(recipe);
  const before = isTrained ? trained(session) : [];
  const checkpoint = session.checkpoint();
  const parts = exported(session, checkpoint, 10);
  const checksum = session.checksum();
  const epochs = isTrained ? before : trained(session);
  const finished = run({ name, recipe: own, network, checksum, epochs, state: "finished" });
  const ask = /** @type {import("../../www/runs/export/files.js").Ask} */ (async () => parts);
  let stem = "";
  for (const kind of /** @type {const} */ (["safetensors", "onnx", "pytorch", "notebook", "json", "csv", "svg"])) {
    const { name: file, content } = await exportFile(kind, finished, ask);
    await writeFile(join(folder, file), content);
    stem = file.replace(/\.[a-z]+$/, "");
  }
  const losses = epochs.map(({ trainingLoss }) => trainingLoss);
  return { name: stem, losses: isTrained ? null : losses, outputs: Array.from(parts.images?.outputs ?? []) };
}

async function writeAll() {
  const session = await prepared();
  const cases = [];
  const data = { nImages: SET.train, rows: 28, cols: 28, nClasses: 10 };
  for (const { name, recipe } of presets(data)) {
    cases.push(await write(session, name, { ...recipe, seed: 1, epochs: 2 }, true));
  }
  for (const [name, changes] of Object.entries(DRAWN)) {
    cases.push(await write(session, name, { ...PLAIN, ...changes }, true));
  }
  for (const [name, changes] of Object.entries(COMPARED)) {
    cases.push(await write(session, name, { ...PLAIN, ...changes }, false));
  }
  await writeFile(join(folder, "cases.json"), JSON.stringify(cases));
  console.log(`${cases.length} runs exported to ${folder}`);
}

/** Weights that PyTorch's scripts have saved, as a network of HelloNN's that answers the test set. */
async function openAll() {
  const session = await prepared();
  const names = (await readdir(folder)).filter((name) => name.endsWith("-trained.safetensors"));
  for (const name of names) {
    const opened = openWeightsFile(await readFile(join(folder, name)));
    const recipe = /** @type {Recipe} */ (opened.recipe);
    const { parameters, warning } = parametersIn(opened.file, recipe.layers, session.describe(recipe).network);
    session.openWeights(recipe, parameters);
    session.beginEvaluation();
    let evaluation = session.evaluateStep();
    while (!evaluation.done) evaluation = session.evaluateStep();
    console.log(`${opened.name}: test loss ${evaluation.loss.toFixed(6)}, ${evaluation.nCorrect} right${warning}`);
  }
}

await (values.open ? openAll() : writeAll());
