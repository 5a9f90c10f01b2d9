/** A and B side by side, in numbers. */
import { make } from "../../ui/dom.js";

/** @typedef {import("./rows.js").Row} Row @typedef {import("./rows.js").Cell} Cell */

/** @param {string} caption @param {readonly Row[]} rows */
export function tableElement(caption, rows) {
  const head = make("tr", {}, make("td", {}), make("th", { scope: "col" }, "A"), make("th", { scope: "col" }, "B"));
  return make(
    "table",
    { class: "verdict-table" },
    make("caption", { class: "visually-hidden" }, caption),
    make("thead", {}, head),
    make("tbody", {}, ...rows.map(rowElement)),
  );
}

/** @param {Row} row */
function rowElement({ name, a, b, isTest = false }) {
  const heading = make("th", { scope: "row" }, name);
  return make("tr", { class: isTest ? "is-test" : "" }, heading, cellElement(a), cellElement(b));
}

/** @param {Cell} cell */
function cellElement({ main, more }) {
  const between = main !== "" && more !== "" ? " " : "";
  return make(
    "td",
    {},
    main === "" ? "" : make("b", {}, main),
    between,
    more === "" ? "" : make("span", { class: "more" }, more),
  );
}
