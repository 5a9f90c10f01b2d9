/** Runs: all that was trained in this visit, with its results; each can be taken up again. */
import { find, setText } from "../../ui/dom.js";
import { counted } from "../../ui/format.js";
import { rowOf } from "./rows.js";
import { RunRow } from "./run-row.js";

/** @typedef {import("../../runs/run.js").Run} Run */

export class RunsPanel {
  #summary;
  #empty;
  #box;
  #list;
  #events;
  /** @type {Map<string, RunRow>} */ #rows = new Map();

  /**
   * @param {HTMLElement} section
   * @param {import("./run-row.js").RunsEvents} events
   */
  constructor(section, events) {
    this.#events = events;
    this.#summary = find(section, ".runs-summary", HTMLElement);
    this.#empty = find(section, ".runs-empty", HTMLElement);
    this.#box = find(section, ".runs-box", HTMLElement);
    this.#list = find(section, "tbody", HTMLTableSectionElement);
  }

  /**
   * @param {{runs: readonly Run[]} & import("./rows.js").Surroundings} update
   */
  update({ runs, ...around }) {
    setText(this.#summary, runs.length === 0 ? "" : `${counted(runs.length, "run")}`);
    this.#empty.hidden = runs.length > 0;
    this.#box.hidden = runs.length === 0;
    for (const run of runs) this.#rowFor(run.id).update(rowOf(run, around));
  }

  /** @param {string} id */
  #rowFor(id) {
    const present = this.#rows.get(id);
    if (present !== undefined) return present;
    const row = new RunRow(id, this.#events);
    this.#rows.set(id, row);
    // The newest on top: it is the one that is looked for.
    this.#list.prepend(row.element);
    return row;
  }
}
