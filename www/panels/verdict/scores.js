/**
 * What the runs of a group have in numbers, beside the accuracy that ranks them.
 *
 * @typedef {import("../../runs/groups.js").Group} Group
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {{nCorrect: number, nImages: number}} Score on the test set
 */
import { DISPUTED, MNIST_FINGERPRINT } from "../../runs/mnist-labels.js";
import { rankedIn } from "./question.js";

/** Validation accuracies whose times are compared: the highest that anybody reached. */
const GOALS = [0.99, 0.98, 0.97, 0.95];

/**
 * @param {readonly Group[]} groups
 * @returns {number | null} null: nobody reached any
 */
export function goalOf(groups) {
  const best = Math.max(
    ...groups.flatMap(({ runs }) => runs.flatMap(({ epochs }) => epochs.map((epoch) => epoch.validationAccuracy ?? 0))),
  );
  return GOALS.find((goal) => best >= goal) ?? null;
}

/**
 * Seconds of training until the validation accuracy first reached a goal.
 * @param {Run} run
 * @param {number} goal
 * @returns {number | null} null: never
 */
export function secondsTo({ epochs }, goal) {
  const at = epochs.findIndex(({ validationAccuracy }) => (validationAccuracy ?? 0) >= goal);
  return at === -1 ? null : epochs.slice(0, at + 1).reduce((sum, { seconds }) => sum + seconds, 0);
}

/**
 * @param {Group} group
 * @param {number} goal
 * @returns {{seconds: number | null, nReached: number, nRuns: number}} the mean of those that reached it
 */
export function timeTo(group, goal) {
  const runs = rankedIn(group);
  const times = runs.map((run) => secondsTo(run, goal)).filter((seconds) => seconds !== null);
  const sum = times.reduce((sum, seconds) => sum + seconds, 0);
  return { seconds: times.length === 0 ? null : sum / times.length, nReached: times.length, nRuns: runs.length };
}

/** The runs that were tested to the end. @param {Group} group @returns {Score[]} */
export function testScores(group) {
  return rankedIn(group).flatMap(({ test }) =>
    test === null ? [] : [{ nCorrect: test.nCorrect, nImages: test.nImages }],
  );
}

/** Whether people judged some of the test labels wrong. @param {Group} group */
export function isDisputed({ runs }) {
  return runs[0]?.fingerprint === MNIST_FINGERPRINT;
}

/**
 * The same without the images whose label people judged wrong.
 * @param {Group} group
 * @param {Uint8Array} labels
 * @returns {Score[]}
 */
export function undisputedScores(group, labels) {
  return rankedIn(group).flatMap(({ answers }) => {
    if (answers === null || answers.length !== labels.length) return [];
    const nCorrect = labels.reduce((n, label, i) => n + (answers[i] === label && !DISPUTED.has(i) ? 1 : 0), 0);
    return [{ nCorrect, nImages: labels.length - DISPUTED.size }];
  });
}
