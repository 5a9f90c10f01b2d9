/**
 * What the charts show of a run: lists of numbers, and the words beside them.
 *
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("../../protocol/events.js").Epoch} Epoch
 * @typedef {"loss" | "accuracy"} Quantity
 * @typedef {"batch" | "epoch"} ByWhat
 * @typedef {(number | null)[][]} Lines x, then a list a line
 *
 * @typedef {object} Shown
 * @property {Lines} lines
 * @property {readonly number[]} nBatches that each point is the mean of; by epoch, none
 * @property {string} hint while there is nothing to draw
 * @property {string} unit of the numbers, where it is not plain
 * @property {number | null} best the epoch whose weights a run that may stop early ends with
 *
 * @typedef {object} Look
 * @property {string[]} names of the lines
 * @property {import("./chart.js").Line[]} lines
 * @property {string} hint for the empty chart of a network
 */
import { lossInWords } from "../../recipe/words.js";
import { thinned } from "../../series/thinned.js";
import { count, percent } from "../../ui/format.js";

/** @type {Record<ByWhat, Look>} */
export const LOOKS = {
  batch: {
    names: ["batch", "smoothed"],
    lines: [
      { colour: "--series-raw", width: 1 },
      { colour: "--series-training", width: 2 },
    ],
    hint: "Press Train to start the curve.",
  },
  epoch: {
    names: ["training", "validation"],
    lines: [
      { colour: "--series-training", width: 2, hasPoints: true },
      { colour: "--series-validation", width: 2, hasPoints: true, dash: [5, 3] },
    ],
    hint: "Each epoch adds a point.",
  },
};

/**
 * @param {Run | null} run
 * @param {ByWhat} byWhat
 * @param {Quantity} quantity
 * @returns {Shown}
 */
export function shownOf(run, byWhat, quantity) {
  const isByEpoch = byWhat === "epoch";
  return {
    lines: linesOf(run, byWhat, quantity),
    nBatches: (!isByEpoch && run?.curve.points.map((point) => point.nBatches)) || [],
    hint: run === null ? "There is no network to train yet." : LOOKS[byWhat].hint,
    unit: quantity === "loss" ? lossInWords(run?.recipe) : "",
    best: (isByEpoch && run?.epochs.at(-1)?.bestEpoch) || null,
  };
}

/**
 * @param {Run | null} run
 * @param {ByWhat} byWhat
 * @param {Quantity} quantity
 * @returns {Lines}
 */
export function linesOf(run, byWhat, quantity) {
  if (byWhat === "epoch") {
    const epochs = thinned(run?.epochs ?? []);
    const key = quantity === "loss" ? "Loss" : "Accuracy";
    return [
      epochs.map(({ epoch }) => epoch),
      epochs.map((report) => drawable(report[`training${key}`])),
      epochs.map((report) => drawable(report[`validation${key}`])),
    ];
  }
  const points = run?.curve.points ?? [];
  const smooth = quantity === "loss" ? "smoothLoss" : "smoothAccuracy";
  return [points.map(({ x }) => x), points.map((point) => point[quantity]), points.map((point) => point[smooth])];
}

/** @param {number | null | undefined} value */
function drawable(value) {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
}

/** So many times as high as what is usual, a value would make a flat line of all the rest. */
const FAR_ABOVE = 8;

/** How much higher than what is usual the axis then ends. */
const HEADROOM = 1.5;

/**
 * Where the axis of a loss ends that ran away: what is usual stays in sight, and what is far above is cut off.
 * @param {Lines} lines
 * @returns {{roof: number, most: number} | null} `most` of what is above it; null: nothing is
 */
export function roofOf([, ...lines]) {
  const values = lines.flat().filter((value) => value !== null);
  const first = lines[0]?.find((value) => value !== null) ?? 0;
  const most = values.reduce((most, value) => Math.max(most, value), 0);
  if (most <= FAR_ABOVE * first) return null;
  values.sort((a, b) => a - b);
  const [median = 0, high = 0] = [0.5, 0.9].map((share) => values[Math.floor(share * (values.length - 1))]);
  // A loss that stays high is not running away.
  const usual = high <= FAR_ABOVE * median ? Math.max(first, high) : first;
  return most > FAR_ABOVE * usual && usual > 0 ? { roof: HEADROOM * usual, most } : null;
}

/**
 * What is far above the roof, just far enough above it that its line still leaves steeply: a canvas has no place for
 * the rest.
 * @param {Lines} lines
 * @param {number} roof
 * @returns {Lines}
 */
export function cutAbove([xs = [], ...lines], roof) {
  return [xs, ...lines.map((line) => line.map((value) => (value === null ? null : Math.min(value, 10 * roof))))];
}

/** A logarithmic scale has no place for 0. @param {Lines} lines @returns {Lines} */
export function aboveZero(lines) {
  return lines.map((line, i) => (i === 0 ? line : line.map((value) => (value !== null && value > 0 ? value : null))));
}

/**
 * Where the caption's numbers are from.
 * @param {ByWhat} byWhat
 * @param {number | null | undefined} x
 * @param {number | null} best
 */
export function placeInWords(byWhat, x, best) {
  if (x === undefined || x === null) return "";
  if (byWhat === "batch") return `at epoch ${x.toFixed(2)}`;
  if (best === null) return `epoch ${x}`;
  return x === best ? `epoch ${x}, the best` : `epoch ${x} · best ${best}`;
}

/**
 * @param {ByWhat} byWhat
 * @param {Quantity} quantity
 * @param {Shown} shown
 * @param {number} at the position of the numbers that are said
 * @returns {{name: string, colour: string, text: string}[]} what the caption says of each line that has a number there
 */
export function captions(byWhat, quantity, { lines: [, ...lines], nBatches }, at) {
  const { names, lines: looks } = LOOKS[byWhat];
  return looks.flatMap(({ colour }, i) => {
    const value = lines[i]?.[at];
    if (value === null || value === undefined) return [];
    const n = nBatches[at] ?? 1;
    const name = i === 0 && n > 1 ? `mean of ${count(n)} batches` : (names[i] ?? "");
    const text = quantity === "loss" ? value.toPrecision(4) : percent(value);
    return [{ name, colour, text }];
  });
}
