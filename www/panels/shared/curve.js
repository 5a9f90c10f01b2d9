/** The validation accuracy of a run as it is verified, on an axis of mistakes: each line of its grid halves them. */
import { percent } from "../../ui/format.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [320, 132];
const [LEFT, RIGHT, TOP, BOTTOM] = [46, 10, 8, 24];

/** Shares of mistakes at the grid's lines, from the worst. */
const GRID = [0.8, 0.4, 0.2, 0.1, 0.05, 0.025, 0.0125, 0.00625];

/** What is better still is drawn there: no mistakes at all have no logarithm. */
const FEWEST = 0.002;

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [text] */
function element(tag, attributes, text) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/**
 * @param {import("../../runs/run.js").Run} run
 * @returns {Node[]} nothing, before there is anything to draw
 */
export function accuracyCurve({ epochs, recipe }) {
  const isValidated = epochs.some(({ validationAccuracy }) => validationAccuracy !== null);
  const values = epochs.map(({ epoch, validationAccuracy, trainingAccuracy }) => {
    const accuracy = validationAccuracy ?? trainingAccuracy;
    return { epoch, accuracy, mistakes: Math.max(1 - accuracy, FEWEST) };
  });
  const last = values.at(-1);
  if (last === undefined) return [];
  const [most, least] = rangeOf(values.map(({ mistakes }) => mistakes));
  const x = (/** @type {number} */ epoch) => LEFT + ((WIDTH - LEFT - RIGHT) * epoch) / recipe.epochs;
  const y = (/** @type {number} */ mistakes) =>
    TOP + ((HEIGHT - TOP - BOTTOM) * Math.log(mistakes / least)) / Math.log(most / least);
  const heading = document.createElement("h3");
  heading.textContent = `${isValidated ? "Validation" : "Training"} accuracy, as it trains here`;
  const label = `${percent(last.accuracy)} after epoch ${last.epoch} of ${recipe.epochs}`;
  const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label });
  for (const share of GRID.filter((share) => share <= most && share >= least)) {
    const at = y(share);
    svg.append(
      element("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: at, y2: at, class: "grid" }),
      element("text", { x: LEFT - 6, y: at + 4, "text-anchor": "end" }, percent(1 - share, share < 0.1 ? 1 : 0)),
    );
  }
  for (const epoch of new Set([0, recipe.epochs])) {
    svg.append(element("text", { x: x(epoch), y: HEIGHT - 6, "text-anchor": "middle" }, String(epoch)));
  }
  svg.append(element("text", { x: x(recipe.epochs / 2), y: HEIGHT - 6, "text-anchor": "middle" }, "Epochs"));
  const points = values.map(({ epoch, mistakes }) => `${x(epoch)},${y(mistakes)}`);
  svg.append(element("polyline", { points: points.join(" "), class: "curve" }));
  const [cx, cy] = points.at(-1)?.split(",") ?? [];
  svg.append(element("circle", { cx: cx ?? 0, cy: cy ?? 0, r: 3 }));
  return [heading, svg];
}

/** Whole lines of the grid around all values. @param {number[]} mistakes @returns {[number, number]} */
function rangeOf(mistakes) {
  const worst = Math.max(...mistakes);
  const best = Math.min(...mistakes);
  const most = GRID.findLast((share) => share >= worst) ?? 1;
  const least = GRID.find((share) => share <= best && share < most) ?? FEWEST;
  return [most, least];
}
