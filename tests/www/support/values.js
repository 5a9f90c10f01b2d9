/** Recipes, runs and what else the page's tests hold in their hands: complete, so that the compiler sees when a field is missing. */
import { newRun } from "../../../www/runs/run.js";

/**
 * @typedef {import("../../../www/protocol/requests.js").Recipe} Recipe
 * @typedef {import("../../../www/protocol/requests.js").RunSummary} RunSummary
 * @typedef {import("../../../www/protocol/events.js").Epoch} Epoch
 * @typedef {import("../../../www/protocol/events.js").ProgressEvent} ProgressEvent
 * @typedef {import("../../../www/runs/run.js").Run} Run
 */

/** @type {Recipe} as the fields hold it */
export const RECIPE = {
  layers: [{ kind: "dense", units: 128, bias: true }, { kind: "relu" }, { kind: "dense", units: 10, bias: true }],
  start: "heNormal",
  loss: { kind: "crossEntropy", labelSmoothing: 0 },
  optimizer: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.001,
  schedule: { kind: "constant" },
  weightDecay: 0,
  l1: 0,
  clipNorm: null,
  batchSize: 64,
  epochs: 5,
  shuffle: true,
  augmentation: {
    shift: 0,
    rotation: 0,
    scale: 0,
    shear: 0,
    elastic: { strength: 0, smoothness: 4 },
    thickness: 0,
    noise: 0,
  },
  validationImages: 5000,
  earlyStopping: null,
  seed: null,
};

/** @type {RunSummary["network"]} */
export const NETWORK = { inputShape: [1, 28, 28], layers: [], nParameters: 101_770, nMultiplyAdds: 101_632 };

/** @param {Recipe} recipe @returns {RunSummary} */
export function summaryOf(recipe) {
  return { recipe, network: NETWORK, nTraining: 100, nValidation: 0, batchesPerEpoch: 10, engineVersion: 1 };
}

/** @param {Partial<Run>} [differences] @returns {Run} */
export function run(differences = {}) {
  const origin = {
    id: "a",
    name: "Better answer",
    basis: "Better answer",
    changes: "",
    fingerprint: "0123456789abcdef",
    begunAt: 0,
  };
  const made = newRun({ ...origin, state: "training", summary: summaryOf({ ...RECIPE, seed: 1 }) });
  return { ...made, ...differences };
}

/** @param {number} epoch @param {Partial<Epoch>} [differences] @returns {Epoch} */
export function epoch(epoch, differences = {}) {
  return {
    epoch,
    trainingLoss: 0.5,
    trainingAccuracy: 0.8,
    validationLoss: null,
    validationAccuracy: null,
    seconds: 2,
    bestEpoch: null,
    ...differences,
  };
}

/** @param {Partial<ProgressEvent>} [differences] @returns {ProgressEvent} */
export function progress(differences = {}) {
  return {
    type: "progress",
    run: "a",
    epoch: 2,
    fraction: 0.3,
    imagesPerSecond: 32_542,
    secondsLeft: 5,
    validating: false,
    learningRate: 0.001,
    points: [],
    memoryBytes: 0,
    ...differences,
  };
}
