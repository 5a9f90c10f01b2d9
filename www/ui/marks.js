/** How groups of runs are told apart: by colour, and by shape where there are no colours to see. */
import { make } from "./dom.js";
import { makeSvg } from "./svg.js";

/** Shapes of about the same weight, in a square of 12 by 12, in the order of the colours --mark-1 to --mark-8. */
export const SHAPES = [
  "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
  "M1.5 1.5h9v9h-9z",
  "M6 .8l5.4 10h-10.8z",
  "M6 0l6 6l-6 6l-6-6z",
  "M4.2.6h3.6v3.6h3.6v3.6h-3.6v3.6h-3.6v-3.6h-3.6v-3.6h3.6z",
  "M6 11.2l5.4-10h-10.8z",
  "M3.2.8h5.6l2.8 5.2l-2.8 5.2h-5.6l-2.8-5.2z",
  "M6 .4l1.5 3.9l4.1.2l-3.2 2.6l1.1 4l-3.5-2.3l-3.5 2.3l1.1-4l-3.2-2.6l4.1-.2z",
];

/** The custom property of a mark's colour. @param {number} mark from 0 */
export function colourOf(mark) {
  return `--mark-${mark + 1}`;
}

/** @param {number | null} mark null: an empty ring, for what is not shown @returns {Element} that only decorates */
export function markElement(mark) {
  const className = mark === null ? "mark is-empty" : `mark mark-${mark + 1}`;
  return makeSvg(
    "svg",
    { viewBox: "0 0 12 12", class: className, "aria-hidden": "true" },
    makeSvg("path", { d: SHAPES[mark ?? 0] ?? "" }),
  );
}

/** A group's mark and name. @param {number | null} mark @param {string} name */
export function marked(mark, name) {
  return make("span", { class: "marked" }, markElement(mark), make("span", {}, name));
}
