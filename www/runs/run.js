/**
 * A run: one network on its way from untrained to trained, and all that was seen of it. It is a plain value. What
 * happens to a run makes another value of it, here and nowhere else.
 *
 * @typedef {import("../protocol/events.js").Epoch} Epoch
 * @typedef {import("../protocol/events.js").RunEvent} RunEvent
 * @typedef {import("../protocol/events.js").Weights} Weights
 * @typedef {import("../protocol/events.js").StateEvent} StateEvent
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../protocol/requests.js").RunSummary} RunSummary
 * @typedef {import("../series/curve.js").Curve} Curve
 *
 * @typedef {Omit<import("../protocol/events.js").ProgressEvent, "type" | "run" | "points" | "memoryBytes">} Progress
 *
 * How the network does on the test set, or on the part of it that is measured already.
 * @typedef {Omit<import("../protocol/events.js").EvaluationEvent, "type" | "run" | "answers">} TestResult
 *
 * What the worker says; or "waiting" for a core in a race, "interrupted" in its midst by the end of the page that
 * trained it, or being trained "elsewhere", in another tab.
 * @typedef {import("../protocol/events.js").RunState | "waiting" | "interrupted" | "elsewhere"} RunState
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
 * @property {number} engineVersion of the arithmetic
 * @property {number} begunAt milliseconds since 1970
 * @property {string | null} race that it takes part in
 * @property {boolean} isSealed whether its test result is not shown until a verdict has been reached without it
 * @property {RunState} state
 * @property {Progress | null} progress null: no batch is done yet
 * @property {Curve} curve the batches, thinned to what a chart can show
 * @property {Epoch[]} epochs every one that ended
 * @property {number} seconds of training; pauses and evaluations do not count
 * @property {number | null} secondsToGoal until the validation accuracy first reached `GOAL`
 * @property {{epoch: number, rate: number}[]} handSet learning rates set by hand in mid-run: the recipe alone no longer
 *   leads to these weights
 * @property {TestResult | null} test
 * @property {Uint8Array<ArrayBuffer> | null} answers a class for each test image, of that result
 * @property {TestResult | null} testing how far an evaluation is that goes on
 * @property {string | null} checksum of the weights at the end
 * @property {Weights | null} weights from which it comes back, where no store has them
 * @property {boolean} isKept whether the store has them
 * @property {boolean} hasCurve false: the store has it, and it is not read yet
 */
import { EMPTY_CURVE, extended } from "../series/curve.js";

/** The validation accuracy whose time is compared: where MNIST begins to be hard. */
export const GOAL = 0.97;

/**
 * @typedef {Pick<Run, "id" | "name" | "basis" | "changes" | "fingerprint" | "begunAt" | "state">} Origin
 * @param {Origin & {summary: RunSummary} & Partial<Pick<Run, "race" | "isSealed">>} origin
 * @returns {Run}
 */
export function newRun({ summary, ...origin }) {
  const { recipe, network, nTraining, nValidation, engineVersion } = summary;
  return {
    race: null,
    isSealed: false,
    ...origin,
    recipe,
    network,
    nTraining,
    nValidation,
    engineVersion,
    progress: null,
    curve: EMPTY_CURVE,
    epochs: [],
    seconds: 0,
    secondsToGoal: null,
    handSet: [],
    test: null,
    answers: null,
    testing: null,
    checksum: null,
    weights: null,
    isKept: false,
    hasCurve: true,
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
      return { ...run, state: event.state, recipe: withEpochsOf(run.recipe, event.summary.recipe) };
    case "progress": {
      const { type: _type, run: _run, memoryBytes: _bytes, points, ...progress } = event;
      return { ...run, progress, curve: extended(run.curve, points) };
    }
    case "epochs":
      return withEpochs(run, event.epochs);
    case "evaluation": {
      const { type: _type, run: _run, answers, ...test } = event;
      return test.done ? { ...run, test, answers, testing: null } : { ...run, testing: test };
    }
    case "weights":
      return { ...run, checksum: event.checksum, weights: event.weights, isKept: event.weights === null };
  }
}

/** What it learns at, but for the schedule. @param {Run | null} run */
export function rateOf(run) {
  return run && (run.handSet.at(-1)?.rate ?? run.recipe.learningRate);
}

/**
 * @param {Run} run
 * @param {number} rate that somebody set in mid-run
 * @returns {Run} the same where it was that already
 */
export function withHandSetRate(run, rate) {
  if (rate === rateOf(run)) return run;
  return { ...run, handSet: [...run.handSet, { epoch: run.progress?.epoch ?? 1, rate }] };
}

/** A run that is continued has more epochs than it was begun with. @param {Recipe} recipe @param {Recipe} now */
function withEpochsOf(recipe, { epochs }) {
  return recipe.epochs === epochs ? recipe : { ...recipe, epochs };
}

/** @param {Run} run @param {Epoch[]} reported where the run came back, some that are known @returns {Run} */
function withEpochs(run, reported) {
  let { seconds, secondsToGoal } = run;
  const nKnown = nEpochsDone(run);
  const epochs = reported.filter(({ epoch }) => epoch > nKnown);
  if (epochs.length === 0) return run;
  for (const epoch of epochs) {
    seconds += epoch.seconds;
    if ((epoch.validationAccuracy ?? 0) >= GOAL) secondsToGoal ??= seconds;
  }
  return { ...run, epochs: [...run.epochs, ...epochs], seconds, secondsToGoal };
}

/** Whether there is something that the run comes back from. @param {Run} run */
export function canComeBack({ weights, isKept }) {
  return weights !== null || isKept;
}

/** Whether a worker of this page has the run in hand. @param {Run | null} run */
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

/** Whether the run was begun, is not over, and nobody trains it. @param {Run} run */
export function isUnfinished({ state }) {
  return state === "interrupted";
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
