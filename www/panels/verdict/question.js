/**
 * What a verdict is asked of: two groups of runs, as the statistics take them.
 *
 * @typedef {import("../../protocol/requests.js").VerdictQuestion} VerdictQuestion
 * @typedef {import("../../runs/groups.js").Group} Group
 * @typedef {import("../../runs/run.js").Run} Run
 *
 * @typedef {object} Side one of the two groups, as far as words need it
 * @property {string} title which no other group has
 * @property {string} name the same, without what was changed
 * @property {readonly number[]} seeds of all runs that count, done or not
 * @property {number} nBroken runs that were broken off, and may go on
 * @property {number} nWithout runs that came to no accuracy
 * @property {number} nValidation images that each was validated on
 * @property {string} fingerprint of its data
 */
import { finishedIn } from "../../runs/groups.js";
import { lastingEpoch } from "../../runs/run.js";

/** What a run that is not over may be, without whoever looks at it having stopped it. */
const UNDER_WAY = new Set(["waiting", "training", "paused", "elsewhere", "interrupted"]);

/** Whether the run's result is still to come. @param {Run} run */
export function isUnderWay({ state }) {
  return UNDER_WAY.has(state);
}

/** The accuracy that ranks a run: on validation images, at the end. @param {Run} run */
export function accuracyOf(run) {
  return lastingEpoch(run)?.validationAccuracy ?? null;
}

/** The runs that came to their end and have an accuracy. @param {Group} group */
export function rankedIn(group) {
  return finishedIn(group).filter((run) => accuracyOf(run) !== null);
}

/**
 * @param {Group} a
 * @param {Group} b
 * @param {VerdictQuestion["images"]} images of two single runs, what came of comparing their answers
 * @param {readonly number[]} others p-values of the other questions that were asked
 * @returns {VerdictQuestion}
 */
export function questionOf(a, b, images, others) {
  return { a: partOf(a), b: partOf(b), images, otherPValues: [...others] };
}

/** @param {Group} group */
function partOf(group) {
  const runs = rankedIn(group);
  return {
    fingerprint: group.runs[0]?.fingerprint ?? "",
    nValidation: group.runs[0]?.nValidation ?? 0,
    seeds: runs.map(seedOf),
    accuracies: runs.map((run) => accuracyOf(run) ?? 0),
    isFinished: !group.runs.some(isUnderWay),
  };
}

/** @param {Run} run */
export function seedOf({ recipe }) {
  return recipe.seed ?? 0;
}

/** @param {Group} group @returns {Side} */
export function sideOf(group) {
  const [first] = group.runs;
  const ranked = new Set(rankedIn(group));
  return {
    title: group.title,
    name: group.name,
    seeds: group.runs.filter((run) => ranked.has(run) || isUnderWay(run)).map(seedOf),
    nBroken: group.runs.filter(({ state }) => state === "interrupted").length,
    nWithout: finishedIn(group).length - ranked.size,
    nValidation: first?.nValidation ?? 0,
    fingerprint: first?.fingerprint ?? "",
  };
}

/**
 * What makes it the same look at the same runs, whichever is called A. More seeds make another look.
 * @param {Group} a
 * @param {Group} b
 */
export function lookOf(a, b) {
  const ids = [a, b].map((group) => rankedIn(group).map(({ id }) => id));
  return ids
    .map((of) => of.join(" "))
    .sort()
    .join(" / ");
}
