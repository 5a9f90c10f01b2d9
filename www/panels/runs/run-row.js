/** One run as a row of the list. */
import { make, setText } from "../../ui/dom.js";
import { Menu } from "../../ui/menu.js";

/**
 * @typedef {import("./rows.js").Row} Row
 * @typedef {{onOpen: (id: string) => void, onEditCopy: (id: string) => void,
 *   onResume: (id: string) => void, onDelete: (ids: string[]) => void}} RunsEvents
 */

/** The cells that hold a number each, and what becomes of them where not all fit. */
const NUMBERS = /** @type {const} */ ([
  { field: "seed", fits: "wide" },
  { field: "epochs", fits: "wide" },
  { field: "validation", fits: "" },
  { field: "test", fits: "" },
  { field: "timeToGoal", fits: "middling" },
  { field: "parameters", fits: "wide" },
]);

export class RunRow {
  #events;
  #menu;
  #name = make("span");
  #changes = make("span", { class: "changes" });
  #brief = make("span", { class: "changes brief" });
  #network = make("td", { class: "network wide" });
  #numbers = NUMBERS.map(({ field, fits }) => ({ field, cell: make("td", { class: `number ${fits}`.trim() }) }));
  #state = make("span");
  #badge = make("span", { class: "badge" }, "in Train");
  #note = make("span", { class: "changes" });

  /**
   * @param {string} id of the run
   * @param {RunsEvents} events
   */
  constructor(id, events) {
    this.#events = events;
    this.#menu = new Menu(`actions-${id}`);
    this.element = make(
      "tr",
      {},
      make("th", { scope: "row" }, this.#name, " ", this.#badge, this.#changes, this.#brief),
      this.#network,
      ...this.#numbers.map(({ cell }) => cell),
      make("td", { class: "middling" }, this.#state, this.#note),
      make("td", { class: "actions" }, this.#menu.element),
    );
  }

  /** @param {Row} row */
  update(row) {
    this.element.classList.toggle("is-current", row.isCurrent);
    setText(this.#name, row.name);
    setText(this.#changes, row.changes);
    setText(this.#brief, row.brief);
    setText(this.#network, row.network);
    for (const { field, cell } of this.#numbers) setText(cell, row[field]);
    setText(this.#state, row.state);
    this.#badge.hidden = !row.isCurrent;
    setText(this.#note, row.note);
    this.#menu.update(`Actions for ${row.name}`, [
      { text: "Open", cannot: row.cannotOpen, onChoose: () => this.#events.onOpen(row.id) },
      ...(row.isUnfinished
        ? [{ text: "Resume", cannot: row.cannotResume, onChoose: () => this.#events.onResume(row.id) }]
        : []),
      { text: "Edit a copy", cannot: row.cannotEdit, onChoose: () => this.#events.onEditCopy(row.id) },
    ]);
  }
}
