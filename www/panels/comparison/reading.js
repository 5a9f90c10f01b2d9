/**
 * What the comparison says in words and numbers.
 *
 * @typedef {import("./lines.js").Line} Line
 * @typedef {import("./lines.js").Over} Over
 * @typedef {import("./lines.js").Quantity} Quantity
 */
import { lastUpTo } from "../../series/mean.js";
import { count, counted, percent } from "../../ui/format.js";

/** @param {number | null | undefined} value @param {Quantity} quantity */
export function valueInWords(value, quantity) {
  if (value === null || value === undefined) return "–";
  if (quantity === "accuracy") return percent(value);
  return value >= 1e-3 && value < 1e4 ? value.toPrecision(3) : value.toExponential(1);
}

/**
 * What a line has come to at an x: that of its last epoch until then, as nothing was measured between.
 * @param {Line} line
 * @param {number} x
 * @returns {{x: number, value: number} | null}
 */
export function readAt({ mean, singles }, x) {
  const at = lastUpTo(mean.xs, x);
  if (at !== null) return { x: mean.xs[at] ?? 0, value: mean.values[at] ?? 0 };
  if (mean.xs.length > 0) return null;
  for (const { xs, values } of singles) {
    const at = lastUpTo(xs, x);
    if (at !== null) return { x: xs[at] ?? 0, value: values[at] ?? 0 };
  }
  return null;
}

/** @param {number} x @param {Over} over */
export function placeInWords(x, over) {
  if (over === "epochs") return `epoch ${count(x)}`;
  return over === "images" ? counted(x, "image") : `${x.toFixed(x < 10 ? 2 : 1)} s`;
}

/** @param {number} x @param {Over} over a tick of the axis */
export function tickInWords(x, over) {
  if (over === "images" && x >= 1e6) return `${Number((x / 1e6).toFixed(2))} M`;
  return over === "seconds" ? String(Number(x.toFixed(3))) : count(x);
}

/** @param {readonly Line[]} lines @param {Over} over what the axis below is called */
export function axisInWords(lines, over) {
  if (over === "images") return "Training images seen";
  if (over === "seconds") return "Seconds of training";
  const sizes = new Set(lines.map(({ nPerEpoch }) => nPerEpoch));
  const [size] = sizes;
  return sizes.size === 1 && size ? `Epochs of ${counted(size, "image")}` : "Epochs";
}

/** On what the lines of a figure were measured. @param {readonly Line[]} lines */
export function basisInWords(lines) {
  const validated = lines.filter(({ isOfTraining }) => !isOfTraining);
  const sizes = new Set(validated.map(({ nImages }) => nImages));
  const [size] = sizes;
  const images = sizes.size === 1 && size ? `${count(size)} validation images` : "validation images";
  if (lines.length === 0) return "";
  if (validated.length === 0) return "on the training images, as no others were set aside";
  return validated.length === lines.length ? `on ${images}` : `on ${images}; † on the training images`;
}

/** How the lines are to be read. @param {readonly Line[]} lines @param {boolean} isLog */
export function mannerInWords(lines, isLog) {
  const isRacing = lines.some(({ singles }) => singles.some(({ isUnderWay }) => isUnderWay));
  const hasSeeds = lines.some(({ nSeeds }) => nSeeds > 1);
  const halves = isLog ? " Each line of the grid halves the mistakes." : "";
  if (isRacing) return "Solid: the mean of finished seeds, with ± one deviation. Dashed: a seed on its way.";
  return hasSeeds ? `A line is the mean of its seeds, its band ± one deviation.${halves}` : halves.trim();
}

/** What a label says besides name and value to whoever hears it. @param {Line} line */
export function restInWords({ name, title, nSeeds, isOfTraining, isPyTorchs }) {
  const seeds = nSeeds > 1 ? `, ${counted(nSeeds, "seed")}` : "";
  const whole = name === title ? "" : `, ${title}`;
  return `${whole}${isPyTorchs ? ", PyTorch" : ""}${seeds}${isOfTraining ? ", on the training images" : ""}`;
}

/**
 * How many groups have each kind of loss.
 * @param {readonly Line[]} lines
 * @returns {{kind: string, n: number}[]} the most frequent first
 */
export function lossKinds(lines) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { kind } of lines) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, n]) => ({ kind, n })).sort((a, b) => b.n - a.n);
}
