/** The head of the table of runs, by whose buttons it is sorted. */
import { make } from "../../ui/dom.js";
import { directionOf } from "./lines.js";

/** @typedef {import("./lines.js").Column} Column */

/** @type {[Column | "", string, string][]} The column, its name, and what becomes of it where not all fit. */
const COLUMNS = [
  ["name", "Name", ""],
  ["network", "Network", "wide"],
  ["seed", "Seed", "number wide"],
  ["epochs", "Epochs", "number wide"],
  ["", "Each seed", "strip-cell"],
  ["validation", "Validation accuracy", "number validation"],
  ["test", "Test accuracy", "number test"],
  ["timeToGoal", "Time to 97\u00a0%", "number middling"],
  ["parameters", "Parameters", "number wide"],
  ["state", "State", "state middling"],
];

export class Head {
  #axis = make("span", { class: "strip-head", "aria-hidden": "true" });
  /** @type {{column: Column, header: HTMLElement}[]} */ #sorted = [];

  /** @param {{onOrder: (column: Column) => void}} events */
  constructor({ onOrder }) {
    const headers = COLUMNS.map(([column, name, className]) => {
      const header = make("th", { scope: "col", role: "columnheader", class: className });
      if (column === "") {
        header.append(make("span", { class: "visually-hidden" }, name), this.#axis);
        return header;
      }
      const button = make("button", { type: "button" }, name);
      button.addEventListener("click", () => onOrder(column));
      header.append(button);
      this.#sorted.push({ column, header });
      return header;
    });
    const ends = ["show", "actions"].map((className) => make("td", { class: className }));
    const row = make("tr", { class: "run-row", role: "row", "aria-rowindex": "1" }, ...headers);
    row.prepend(ends[0] ?? "");
    row.append(ends[1] ?? "");
    this.element = make("thead", { role: "rowgroup" }, row);
  }

  /** @param {import("./lines.js").Order} order */
  showOrder(order) {
    for (const { column, header } of this.#sorted) header.setAttribute("aria-sort", directionOf(order, column));
  }

  /** @param {Element[]} ticks */
  showAxis(ticks) {
    this.#axis.replaceChildren(...ticks);
  }
}
