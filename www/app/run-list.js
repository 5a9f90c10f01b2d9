/**
 * What becomes of the list of runs, beside training them: they come from the store or from another tab, get names, go
 * and come back. Pure functions, from a page to the next.
 *
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("../runs/run.js").Run} Run
 */
import { isUnderWay } from "../runs/run.js";
import { updated } from "./state.js";

/**
 * Runs as the store has them. What this page trains itself it knows better.
 * @param {Page} page
 * @param {readonly Run[]} arrived
 * @returns {Page}
 */
export function runsArrived(page, arrived) {
  const byId = new Map(arrived.map((run) => [run.id, run]));
  const known = page.runs.map((run) => {
    const newer = byId.get(run.id);
    byId.delete(run.id);
    return newer === undefined || isHeld(page, run) ? run : newer;
  });
  return { ...page, runs: [...known, ...byId.values()].sort((a, b) => a.begunAt - b.begunAt) };
}

/** @param {Page} page @param {Run} run */
function isHeld({ current }, run) {
  return run.id === current || isUnderWay(run) || run.state === "waiting";
}

/** @param {Page} page @param {readonly string[]} ids @returns {Page} without those that nothing of this page needs */
export function runsGone(page, ids) {
  const gone = new Set(ids);
  return { ...page, runs: page.runs.filter((run) => !gone.has(run.id) || isHeld(page, run)) };
}

/** @param {Page} page @param {readonly string[]} ids @param {string} name @returns {Page} */
export function renamed(page, ids, name) {
  return ids.reduce((page, id) => updated(page, id, (run) => ({ ...run, name })), page);
}

/** @param {Page} page @param {string} id @param {Run["curve"]} curve @returns {Page} */
export function curveRead(page, id, curve) {
  return updated(page, id, (run) => (run.hasCurve ? run : { ...run, curve, hasCurve: true }));
}

/** The store has their weights by now. @param {Page} page @param {readonly string[]} ids @returns {Page} */
export function weightsKept(page, ids) {
  return ids.reduce((page, id) => updated(page, id, (run) => ({ ...run, weights: null, isKept: true })), page);
}

/** Their test results are told from now on. @param {Page} page @param {readonly string[]} ids @returns {Page} */
export function revealed(page, ids) {
  const shown = new Set(ids);
  return { ...page, runs: page.runs.map((run) => (shown.has(run.id) ? { ...run, isSealed: false } : run)) };
}

/** @param {Page} page @param {Page["storage"]} storage @returns {Page} */
export function storageIs(page, storage) {
  return { ...page, storage };
}
