/**
 * What the list of runs says of each, in words and numbers.
 * @typedef {import("../../runs/run.js").Run} Run
 */
import { networkInWords } from "../../recipe/words.js";
import { canComeBack, isUnfinished, lastingEpoch, nEpochsDone } from "../../runs/run.js";
import { count, duration, percent } from "../../ui/format.js";

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} name
 * @property {string} changes
 * @property {string} brief what else there is to say, where it has no room of its own
 * @property {string} network
 * @property {string} seed
 * @property {string} epochs
 * @property {string} validation
 * @property {string} test
 * @property {string} timeToGoal
 * @property {string} parameters
 * @property {string} state
 * @property {string} note that explains the state; "" for none
 * @property {boolean} isCurrent
 * @property {string | null} cannotOpen why not; null: it can be opened
 * @property {boolean} isUnfinished whether it can go on, now or later
 * @property {string | null} cannotResume likewise
 * @property {string | null} cannotEdit likewise
 */

const NONE = "–";

/** @type {Record<import("../../runs/run.js").RunState, string>} */
const STATES = {
  ready: "Untrained",
  training: "Training",
  paused: "Paused",
  finished: "Finished",
  stopped: "Stopped",
  diverged: "Diverged",
  waiting: "Waiting",
  interrupted: "Interrupted",
  elsewhere: "In another tab",
};

/**
 * @typedef {object} Surroundings
 * @property {string | null} current the run that Train shows
 * @property {boolean} isMidRun whether a run is under way
 * @property {string | null} fingerprint of the data that is loaded
 */

/**
 * @param {Run} run
 * @param {Surroundings} around
 * @returns {Row}
 */
export function rowOf(run, around) {
  const { recipe, network, test, secondsToGoal } = run;
  const validation = lastingEpoch(run)?.validationAccuracy ?? null;
  const nPlanned = recipe.epochs;
  const words = networkInWords(recipe.layers);
  const nDone = nEpochsDone(run);
  const done = nDone === nPlanned ? count(nPlanned) : `${count(nDone)} of ${count(nPlanned)}`;
  return {
    id: run.id,
    name: run.name,
    changes: run.changes,
    brief: `${STATES[run.state]}, ${done} ${nPlanned === 1 ? "epoch" : "epochs"}, seed ${recipe.seed}, ${words}`,
    network: words,
    seed: String(recipe.seed ?? NONE),
    epochs: done,
    validation: validation === null ? NONE : percent(validation),
    test: run.isSealed ? "sealed" : test === null ? NONE : percent(test.nCorrect / test.nImages),
    timeToGoal: secondsToGoal === null ? NONE : duration(secondsToGoal),
    parameters: count(network.nParameters),
    state: STATES[run.state],
    note: noteOf(run),
    isCurrent: run.id === around.current,
    cannotOpen: cannotOpen(run, around),
    isUnfinished: isUnfinished(run),
    cannotResume: cannotResume(run, around),
    cannotEdit: around.isMidRun ? "A run is under way: stop it first." : null,
  };
}

/** @param {Run} run */
function noteOf({ handSet, recipe, epochs }) {
  const byHand = handSet.map(({ epoch, rate }) => `learning rate ${rate} set by hand in epoch ${epoch}`);
  const last = epochs.at(-1);
  const early = recipe.earlyStopping && last?.bestEpoch != null ? [`best epoch ${last.bestEpoch}`] : [];
  return [...early, ...byHand].join(", ");
}

/** @param {Run} run @param {Surroundings} around */
function cannotOpen(run, { current, isMidRun, fingerprint }) {
  if (run.id === current) return null;
  if (run.state === "elsewhere") return "Another tab trains it.";
  if (isMidRun) return "A run is under way: stop it first.";
  if (run.fingerprint !== fingerprint) return "It was trained on other data: load that first.";
  if (!canComeBack(run)) return "Its weights are not kept.";
  return null;
}

/** @param {Run} run @param {Surroundings} around */
function cannotResume(run, { isMidRun, fingerprint }) {
  if (run.state === "elsewhere") return "Another tab trains it.";
  if (isMidRun) return "A run is under way: stop it first.";
  if (run.fingerprint !== fingerprint) return "It was trained on other data: load that first.";
  return null;
}
