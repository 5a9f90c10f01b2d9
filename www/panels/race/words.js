/**
 * What the race says of itself.
 * @typedef {import("../../runs/race.js").Race} Race
 * @typedef {import("../../runs/run.js").Run} Run
 */
import { counted, duration, mebibytes } from "../../ui/format.js";

/** @typedef {{nRuns: number, seconds: number, nPlaces: number}} Estimate */

/** @param {Estimate} estimate of what would be trained */
export function plannedInWords({ nRuns, seconds, nPlaces }) {
  if (nRuns === 0) return "All of it is there already.";
  const places = nPlaces === 1 ? "one at a time" : `${nPlaces} at a time`;
  return `${counted(nRuns, "run")}, about ${duration(seconds)}, ${places}`;
}

/**
 * @param {Race} race
 * @param {readonly Run[]} runs of it
 * @param {number | null} secondsLeft
 */
export function standingInWords({ state }, runs, secondsLeft) {
  const nDone = runs.filter(isDone).length;
  const left = secondsLeft === null ? "" : ` · ${duration(secondsLeft)} left`;
  const how = state === "paused" ? "Paused: " : "";
  return `${how}${nDone} of ${counted(runs.length, "run")}${left}`;
}

/** @param {Race} race @param {readonly Run[]} runs of it @param {number} nCores @param {number} bytes of a worker */
export function workersInWords({ nWorkers }, runs, nCores, bytes) {
  const nWaiting = runs.filter(({ state }) => state === "waiting").length;
  const cores = nCores === 1 ? "one core" : `${nCores} cores`;
  const waiting = nWaiting === 0 ? "" : `, ${counted(nWaiting, "run")} waiting`;
  return `This machine has ${cores}: ${nWorkers} at work${waiting}. ${mebibytes(nWorkers * bytes)} of memory in use.`;
}

/** Whether nothing more will come of a run in this race. @param {Run} run */
export function isDone({ state }) {
  return state === "finished" || state === "diverged" || state === "stopped";
}

/** How much of a run is trained, 0 to 1. @param {Run} run */
export function shareOf(run) {
  if (isDone(run)) return 1;
  return run.progress?.fraction ?? run.epochs.length / run.recipe.epochs;
}
