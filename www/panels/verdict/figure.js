/** What the verdict's figures have in common: a title, a line that says what is drawn, and the drawing. */
import { make } from "../../ui/dom.js";
import { makeSvg } from "../../ui/svg.js";

/** In the units of the drawings, which are pixels where the panel is as narrow as on a laptop. */
export const WIDTH = 160;

/**
 * @param {string} id that nothing else on the page has
 * @param {string} title
 * @param {string} help
 * @param {{height: number, text: string, parts: SVGElement[]}} drawing `text` says the same
 */
export function figure(id, title, help, { height, text, parts }) {
  const heading = make("h3", { id }, title);
  const drawing = makeSvg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": text }, ...parts);
  return make("figure", { "aria-labelledby": id }, heading, make("p", { class: "small" }, help), drawing);
}

/**
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @returns {(value: number) => number}
 */
export function scale([low, high], [left, right]) {
  const range = high - low || 1;
  return (value) => left + ((value - low) / range) * (right - left);
}

/** @param {number} x @param {number} y @param {string} text @param {string} [anchor] */
export function label(x, y, text, anchor = "middle") {
  return makeSvg("text", { x, y, "text-anchor": anchor }, text);
}

/** @param {string} kind of line, as the style sheet knows it @param {number[]} ends */
export function line(kind, [x1 = 0, y1 = 0, x2 = 0, y2 = 0]) {
  return makeSvg("line", { class: kind, x1, y1, x2, y2 });
}

/**
 * Round numbers within a range, few enough to be read.
 * @param {number} low
 * @param {number} high
 * @param {number} nMost
 * @returns {number[]}
 */
export function roundNumbers(low, high, nMost) {
  const least = (high - low) / nMost || 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least * (1 - 1e-9)) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  const n = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: n }, (_, i) => (first + i) * step);
}
