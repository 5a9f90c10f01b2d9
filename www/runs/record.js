/**
 * A run as the database and a file hold it, and back. Somebody else may have written what is read, so nothing of it is
 * trusted. What only makes sense while a worker trains the run is left out; the curve goes apart, as it is large.
 *
 * @typedef {import("../series/curve.js").Curve} Curve
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("./store.js").Stored} Stored
 */
import { EMPTY_CURVE } from "../series/curve.js";
import * as is from "./checks.js";

/** Of the record's form: what a later version has written is not read. */
export const VERSION = 1;

/** A curve's numbers, point by point. */
const PARTS = /** @type {const} */ (["x", "nBatches", "loss", "accuracy", "smoothLoss", "smoothAccuracy"]);

/** @param {Run} run @returns {Stored} */
export function recordOf(run) {
  const { curve: _, hasCurve: _1, progress: _2, testing: _3, weights: _4, isKept: _5, ...kept } = run;
  return { ...kept, version: VERSION };
}

/** @param {Run} run @returns {Stored | null} null: there is none, or none that is new */
export function curveRecordOf({ id, curve, hasCurve }) {
  if (!hasCurve || curve.points.length === 0) return null;
  // A chart needs no more than seven digits.
  const numbers = Float32Array.from(curve.points.flatMap((point) => PARTS.map((part) => point[part])));
  const { lastX, minWidth, loss, accuracy } = curve;
  return { id, version: VERSION, numbers: numbers.buffer, lastX, minWidth, loss, accuracy };
}

/**
 * @param {unknown} record
 * @returns {Run | null} as it is without its curve; null: the record is not one of a run
 */
export function runOf(record) {
  if (!isRecord(record)) return null;
  const { version: _, ...kept } = /** @type {any} */ (record);
  return { ...kept, curve: EMPTY_CURVE, hasCurve: false, progress: null, testing: null, weights: null, isKept: true };
}

/** @param {unknown} record @returns {Curve} empty where the record is not one of a curve */
export function curveOf(record) {
  if (!isCurveRecord(record)) return EMPTY_CURVE;
  const { numbers, lastX, minWidth, loss, accuracy } = /** @type {Stored & Curve & {numbers: ArrayBuffer}} */ (record);
  const values = new Float32Array(numbers);
  const points = Array.from({ length: values.length / PARTS.length }, (_, i) => {
    const at = i * PARTS.length;
    return /** @type {Curve["points"][number]} */ (
      Object.fromEntries(PARTS.map((part, partIdx) => [part, values[at + partIdx]]))
    );
  });
  return { points, lastX, minWidth, loss, accuracy };
}

const isAverage = is.fields({ sum: is.isNumber, weight: is.isNumber });

export const isCurveRecord = is.fields({
  version: (value) => value === VERSION,
  numbers: (value) => value instanceof ArrayBuffer && value.byteLength % (4 * PARTS.length) === 0,
  lastX: is.isNumber,
  minWidth: is.isNumber,
  loss: isAverage,
  accuracy: isAverage,
});

const isEpoch = is.fields({
  epoch: is.isCount,
  trainingLoss: is.isNumber,
  trainingAccuracy: is.isNumber,
  validationLoss: is.orNull(is.isNumber),
  validationAccuracy: is.orNull(is.isNumber),
  seconds: is.isNumber,
  bestEpoch: is.orNull(is.isCount),
});

export const areEpochs = is.listOf(isEpoch);

const isTest = is.fields({
  loss: is.isNumber,
  nCorrect: is.isCount,
  nImages: is.isCount,
  nTotal: is.isCount,
  atEpoch: is.isNumber,
});

export const STATES = /** @type {const} */ ([
  "training",
  "paused",
  "finished",
  "stopped",
  "diverged",
  "waiting",
  "interrupted",
  "elsewhere",
]);

const isRecord = is.fields({
  version: (value) => value === VERSION,
  id: is.isHash,
  name: is.isText,
  basis: is.isText,
  changes: is.isText,
  recipe: is.isRecipe,
  network: is.fields({
    inputShape: is.listOf(is.isCount),
    layers: Array.isArray,
    nParameters: is.isCount,
    nMultiplyAdds: is.isCount,
  }),
  nTraining: is.isCount,
  nValidation: is.isCount,
  fingerprint: is.isHash,
  engineVersion: is.isCount,
  begunAt: is.isNumber,
  race: is.orNull(is.isText),
  isSealed: is.isFlag,
  state: is.oneOf(STATES),
  epochs: areEpochs,
  seconds: is.isNumber,
  secondsToGoal: is.orNull(is.isNumber),
  handSet: is.listOf(is.fields({ epoch: is.isCount, rate: is.isNumber })),
  test: is.orNull(isTest),
  answers: is.orNull(is.isBytes),
  checksum: is.orNull(is.isHash),
});
