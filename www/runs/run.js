/**
 * A run: one network on its way from untrained to trained, and all that was seen of it. It is a plain value. What
 * happens to a run makes another value of it, here and nowhere else.
 *
 * @typedef {import("../protocol/events.js").Epoch} Epoch
 * @typedef {import("../protocol/events.js").RunEvent} RunEvent
 * @typedef {import("../protocol/events.js").RunState} RunState
 * @typedef {import("../protocol/events.js").StateEvent} StateEvent
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../protocol/requests.js").RunSummary} RunSummary
 * @typedef {import("../series/curve.js").Curve} Curve
 *
 * @typedef {Omit<import("../protocol/events.js").ProgressEvent, "type" | "run" | "points" | "memoryBytes">} Progress
 *
 * How the network does on the test set, or on the part of it that is measured already.
 * @typedef {Omit<import("../protocol/events.js").EvaluationEvent, "type" | "run">} TestResult
 *
 * @typedef {object} Run
 * @property {string} id
 * @property {string} name that no other run of the list has
 * @property {string} basis the preset that its recipe began as
 * @property {string} changes from that preset, in words; "" for none
 * @property {Recipe} recipe with its seed, as the fields hold it
 * @property {RunSummary["network"]} network
 * @property {number} nTraining images
 * @property {number} nValidation images
 * @property {string} fingerprint of the data
 * @property {RunState} state
 * @property {Progress | null} progress null: no batch is done yet
 * @property {Curve} curve the batches, thinned to what a chart can show
 * @property {Epoch[]} epochs every one that ended
 * @property {number} seconds of training; pauses and evaluations do not count
 * @property {number | null} secondsToGoal until the validation accuracy first reached `GOAL`
 * @property {{epoch: number, rate: number}[]} handSet learning rates set by hand in mid-run: the recipe alone no longer
 *   leads to these weights
 * @property {TestResult | null} test
 * @property {TestResult | null} testing how far an evaluation is that goes on
 * @property {string | null} checksum of the weights at the end
 * @property {Uint8Array<ArrayBuffer> | null} checkpoint of the end, from which the network comes back
 * @property {boolean} isRestored after a reload, which it has survived without weights and curve
 */
import { EMPTY_CURVE, extended } from "../series/curve.js";

/** The validation accuracy whose time is compared: where MNIST begins to be hard. */
export const GOAL = 0.97;

/**
 * @param {object} origin
 * @param {string} origin.id
 * @param {string} origin.name
 * @param {string} origin.basis
 * @param {string} origin.changes
 * @param {string} origin.fingerprint
 * @param {RunState} origin.state
 * @param {RunSummary} origin.summary
 * @returns {Run}
 */
export function newRun({ summary, ...origin }) {
  const { recipe, network, nTraining, nValidation } = summary;
  return {
    ...origin,
    recipe,
    network,
    nTraining,
    nValidation,
    progress: null,
    curve: EMPTY_CURVE,
    epochs: [],
    seconds: 0,
    secondsToGoal: null,
    handSet: [],
    test: null,
    testing: null,
    checksum: null,
    checkpoint: null,
    isRestored: false,
  };
}

/**
 * What a run is after an event of its own.
 * @param {Run} run
 * @param {RunEvent} event
 * @returns {Run}
 */
export function runAfter(run, event) {
  switch (event.type) {
    case "state":
      return { ...run, state: event.state };
    case "progress": {
      const { type: _type, run: _run, memoryBytes: _bytes, points, ...progress } = event;
      return { ...run, progress, curve: extended(run.curve, points) };
    }
    case "epochs":
      return withEpochs(run, event.epochs);
    case "evaluation": {
      const { type: _type, run: _run, ...test } = event;
      return test.done ? { ...run, test, testing: null } : { ...run, testing: test };
    }
    case "weights":
      return { ...run, checksum: event.checksum, checkpoint: event.checkpoint };
  }
}

/**
 * @param {Run} run
 * @param {number} rate that somebody set in mid-run
 * @returns {Run} the same where it was that already
 */
export function withHandSetRate(run, rate) {
  if (rate === (run.handSet.at(-1)?.rate ?? run.recipe.learningRate)) return run;
  return { ...run, handSet: [...run.handSet, { epoch: run.progress?.epoch ?? 1, rate }] };
}

/** @param {Run} run @param {Epoch[]} epochs @returns {Run} */
function withEpochs(run, epochs) {
  let { seconds, secondsToGoal } = run;
  for (const epoch of epochs) {
    seconds += epoch.seconds;
    if ((epoch.validationAccuracy ?? 0) >= GOAL) secondsToGoal ??= seconds;
  }
  return { ...run, epochs: [...run.epochs, ...epochs], seconds, secondsToGoal };
}

/** Whether the run is not over. @param {Run | null} run */
export function isUnderWay(run) {
  return run !== null && (run.state === "training" || run.state === "paused");
}

/** How many epochs of it ended. @param {Run} run */
export function nEpochsDone({ epochs }) {
  return epochs.at(-1)?.epoch ?? 0;
}

/** The epoch whose weights the run ended with: where it may stop early, the best one. @param {Run} run */
export function lastingEpoch(run) {
  const last = run.epochs.at(-1) ?? null;
  const best = bestEpochOf(run);
  return run.epochs.find(({ epoch }) => epoch === best) ?? last;
}

/** The epoch that a run that may stop early went back to. @param {Run | null} run */
export function bestEpochOf(run) {
  return run?.state === "finished" ? (run.epochs.at(-1)?.bestEpoch ?? null) : null;
}

/**
 * A name that tells a run from those of the list: its preset's, numbered from the second on.
 * @param {readonly Run[]} runs
 * @param {string} basis
 */
export function nameAmong(runs, basis) {
  const names = new Set(runs.map(({ name }) => name));
  for (let n = 1; ; n++) {
    const name = n === 1 ? basis : `${basis} ${n}`;
    if (!names.has(name)) return name;
  }
}

/** A new run's id: sixteen hex digits at random. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
