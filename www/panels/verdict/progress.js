/**
 * The seeds of a race under way: who is ahead in those that are in, and how far the others are. The same length of
 * list all along, so that nothing moves while it is watched.
 *
 * @typedef {import("../../protocol/requests.js").Verdict} Verdict
 * @typedef {import("../../runs/groups.js").Group} Group
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {{seed: number, share: number, isIn: boolean, text: string}} SeedLine `share` of the bar that is full
 */
import { make } from "../../ui/dom.js";
import { signedPoints } from "./numbers.js";
import { isUnderWay, seedOf } from "./question.js";

/** More would push the rest out of sight. */
const MOST_LINES = 12;

/**
 * @param {Verdict} verdict
 * @param {Group} a
 * @param {Group} b
 * @returns {{lines: SeedLine[], nMore: number}}
 */
export function seedLines({ pairs }, a, b) {
  const most = Math.max(...pairs.map(({ difference }) => Math.abs(difference)), 1e-9);
  const gaps = new Map(pairs.map(({ seed, difference }) => [seed, difference]));
  const bySeed = [a, b].map(({ runs }) => new Map(runs.map((run) => [seedOf(run), run])));
  const seeds = [...new Set(bySeed.flatMap((runs) => [...runs.keys()]))].sort((one, other) => one - other);
  const lines = seeds.map((seed) => {
    const gap = gaps.get(seed);
    if (gap !== undefined) return { seed, share: Math.abs(gap) / most, isIn: true, text: signedPoints(gap) };
    const runs = bySeed.map((runs) => runs.get(seed));
    const share = runs.reduce((sum, run) => sum + fractionOf(run), 0) / runs.length;
    return { seed, share, isIn: false, text: standing(runs, share) };
  });
  return { lines: lines.slice(0, MOST_LINES), nMore: Math.max(0, lines.length - MOST_LINES) };
}

/** @param {Run | undefined} run */
function fractionOf(run) {
  if (run === undefined) return 0;
  if (!isUnderWay(run)) return 1;
  return run.progress?.fraction ?? run.epochs.length / run.recipe.epochs;
}

/** @param {(Run | undefined)[]} runs @param {number} share */
function standing(runs, share) {
  if (runs.some((run) => run === undefined)) return "one only";
  if (runs.some((run) => run?.state === "interrupted")) return "broken off";
  if (share === 0) return "waiting";
  return `${Math.floor(100 * share)} %`;
}

/** @param {Verdict} verdict @param {Group} a @param {Group} b */
export function progressElement(verdict, a, b) {
  const { lines, nMore } = seedLines(verdict, a, b);
  const items = lines.map(({ seed, share, isIn, text }) => {
    const bar = make("span", { class: isIn ? "seed-bar is-in" : "seed-bar", "aria-hidden": "true" });
    bar.style.setProperty("--fraction", share.toFixed(3));
    const name = make("span", {}, `Seed ${seed}`);
    return make("li", { class: isIn ? "is-in" : "" }, name, bar, make("span", {}, text));
  });
  return make(
    "div",
    { class: "verdict-part" },
    make("h3", { id: "progress-title" }, "Seed by seed"),
    make("p", { class: "small" }, "A − B in points of validation accuracy; same seed, same order of images"),
    make("ul", { class: "seed-lines", "aria-labelledby": "progress-title" }, ...items),
    nMore === 0 ? "" : make("p", { class: "small" }, `${nMore} more seeds`),
  );
}
