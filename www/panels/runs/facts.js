/**
 * What the lines of the table are sorted and found by, as numbers: computed once for each, as there may be thousands.
 *
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("./lines.js").Line} Line
 *
 * @typedef {object} Facts null: there is nothing to say of it
 * @property {number} begunAt of the newest run
 * @property {string} name so that numbers in it are sorted as numbers
 * @property {string} network likewise
 * @property {number | null} seed of one run; of several how many there are
 * @property {number} epochs that ended, on average
 * @property {number | null} validation accuracy, on average
 * @property {readonly number[]} validations each run's
 * @property {number | null} deviation of that; null: of one run there is none
 * @property {number | null} test likewise; of what is sealed nobody hears, not even by the order
 * @property {number | null} timeToGoal of those that came there, on average
 * @property {number} nAtGoal how many did
 * @property {number} parameters
 * @property {string} state
 * @property {string} words in which what is looked for is found
 */
import { networkInWords } from "../../recipe/words.js";
import { lastingEpoch, nEpochsDone } from "../../runs/run.js";

/** @type {Record<import("../../runs/run.js").RunState, string>} */
export const STATES = {
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

/** @type {WeakMap<Line, Facts>} */
const known = new WeakMap();

/** @param {Line} line @returns {Facts} */
export function factsOf(line) {
  const before = known.get(line);
  if (before !== undefined) return before;
  const facts = computed(line);
  known.set(line, facts);
  return facts;
}

/** @param {Line} line @returns {Facts} */
function computed({ kind, group, runs }) {
  const [first] = runs;
  if (first === undefined) throw new Error("a line has a run");
  const validations = runs.flatMap((run) => validationOf(run) ?? []);
  const times = runs.flatMap(({ secondsToGoal }) => secondsToGoal ?? []);
  const network = networkInWords(first.recipe.layers);
  const title = kind === "group" ? group.title : first.name;
  const states = [...new Set(runs.map(({ state }) => STATES[state]))].join(" ");
  return {
    begunAt: runs.reduce((latest, { begunAt }) => Math.max(latest, begunAt), -Infinity),
    name: sortable(title),
    network: sortable(network),
    seed: kind === "group" ? runs.length : (first.recipe.seed ?? null),
    epochs: mean(runs.map(nEpochsDone)) ?? 0,
    validation: mean(validations),
    validations,
    deviation: deviation(validations),
    test: mean(runs.flatMap((run) => testOf(run) ?? [])),
    timeToGoal: mean(times),
    nAtGoal: times.length,
    parameters: first.network.nParameters,
    state: states,
    words: [title, ...runs.map(({ name, checksum }) => `${name} ${checksum ?? ""}`), group.changes, network, states]
      .join(" ")
      .toLowerCase(),
  };
}

/** @param {Run} run @returns {number | null} */
export function validationOf(run) {
  return lastingEpoch(run)?.validationAccuracy ?? null;
}

/** @param {Run} run @returns {number | null} null also where it is not to be known yet */
export function testOf({ isSealed, test }) {
  return isSealed || test === null ? null : test.nCorrect / test.nImages;
}

/** "run 2" comes before "run 10". @param {string} text */
function sortable(text) {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(9, "0"));
}

/** @param {readonly number[]} values */
function mean(values) {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of a sample: the sum of squares over one less than there are. @param {readonly number[]} values */
function deviation(values) {
  const middle = mean(values);
  if (middle === null || values.length < 2) return null;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}
