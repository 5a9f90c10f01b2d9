/** One line of the table as a row. It can be given another line, as a table of thousands has only some rows. */
import { make, setText } from "../../ui/dom.js";
import { markElement } from "../../ui/marks.js";
import { Menu } from "../../ui/menu.js";
import { makeSvg } from "../../ui/svg.js";
import { NameField } from "./name-field.js";
import { stripOf } from "./strip.js";

/**
 * @typedef {import("./rows.js").Row} Row
 *
 * @typedef {object} RowEvents
 * @property {(group: string, isShown: boolean) => void} onShow
 * @property {(group: string) => void} onToggle its runs beneath it
 * @property {(id: string) => void} onOpen
 * @property {(id: string) => void} onEditCopy
 * @property {(id: string) => void} onShare
 * @property {(id: string) => void} onExport
 * @property {(id: string) => void} onResume
 * @property {(id: string, row: Row) => void} onMoreEpochs
 * @property {(ids: string[], name: string) => void} onRename
 * @property {(ids: string[], label: string) => void} onDelete
 */

let nRows = 0;

export class RunRow {
  #events;
  /** @type {Row | null} */ #row = null;
  #drawn = "";
  #menu = new Menu(`run-actions-${++nRows}`);
  #show = make("input", { type: "checkbox" });
  #toggle = make("button", { type: "button", class: "run-toggle" });
  #mark = make("span", { class: "run-mark" });
  #name = make("span", { class: "run-name" });
  #badges = {
    A: make("span", { class: "badge side" }, "A"),
    B: make("span", { class: "badge side" }, "B"),
    train: make("span", { class: "badge" }, "in Train"),
  };
  #changes = make("span", { class: "changes" });
  #brief = make("span", { class: "changes brief" });
  #network = cell("network wide");
  #seed = cell("number wide");
  #epochs = cell("number wide");
  #strip = cell("strip-cell");
  #validation = make("span", { class: "figure" });
  #deviation = make("span", { class: "deviation" });
  #lock = lock();
  #test = make("span");
  #time = make("span");
  #nAtGoal = make("span", { class: "deviation" });
  #parameters = cell("number wide");
  #state = make("span");
  #note = make("span", { class: "changes" });

  /** @param {RowEvents} events */
  constructor(events) {
    this.#events = events;
    this.element = make(
      "tr",
      { role: "row" },
      cell("show", this.#show),
      make("th", { scope: "row", role: "rowheader" }, ...this.#heading()),
      this.#network,
      this.#seed,
      this.#epochs,
      this.#strip,
      cell("number validation", this.#validation, " ", this.#deviation),
      cell("number test", this.#lock, this.#test),
      cell("number middling", this.#time, " ", this.#nAtGoal),
      this.#parameters,
      cell("state middling", this.#state, this.#note),
      cell("actions", this.#menu.element),
    );
    this.#show.addEventListener("change", () => {
      if (this.#row !== null) events.onShow(this.#row.group, this.#show.checked);
    });
    this.#toggle.addEventListener("click", () => {
      if (this.#row !== null) events.onToggle(this.#row.key);
    });
  }

  #heading() {
    const { A, B, train } = this.#badges;
    const title = make("span", { class: "run-title" }, this.#name, " ", A, B, train, " ", this.#changes);
    return [this.#toggle, this.#mark, title, " ", this.#brief];
  }

  /** The line that it shows now. */
  get key() {
    return this.#row?.key ?? "";
  }

  /**
   * @param {Row} row
   * @param {number} index of all rows, from 1
   * @param {import("./scale.js").Scale | null} scale
   */
  update(row, index, scale) {
    this.#row = row;
    this.element.setAttribute("aria-rowindex", String(index));
    const drawn = JSON.stringify([row, scale]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const mark = row.mark === null || row.kind === "seed" ? "" : `mark-${row.mark + 1}`;
    this.element.className = `run-row is-${row.kind} ${row.isCurrent ? "is-current" : ""} ${mark}`;
    this.#updateHeading(row);
    this.#updateNumbers(row);
    this.#strip.replaceChildren(...stripOf(row, scale));
    this.#menu.update(`Actions for ${row.label}`, this.#items(row));
  }

  /** @param {Row} row */
  #updateHeading(row) {
    this.#show.hidden = row.kind === "seed";
    this.#show.checked = row.mark !== null;
    this.#show.disabled = row.cannotShow !== "";
    this.#show.title = row.cannotShow;
    this.#show.setAttribute("aria-label", `Show ${row.label}`);
    this.#toggle.hidden = row.kind !== "group";
    this.#toggle.setAttribute("aria-label", `Seeds of ${row.label}`);
    this.#toggle.setAttribute("aria-expanded", String(row.isOpen));
    this.#mark.replaceChildren(...(row.kind === "seed" ? [] : [markElement(row.mark)]));
    setText(this.#name, row.name);
    setText(this.#changes, row.changes);
    setText(this.#brief, row.brief);
    // What has no room is there when it is pointed at.
    this.#name.title = row.label;
    this.#changes.title = row.changes;
    this.#brief.title = row.brief;
    this.#badges.A.hidden = row.side !== "A";
    this.#badges.B.hidden = row.side !== "B";
    this.#badges.train.hidden = !row.isCurrent;
  }

  /** @param {Row} row */
  #updateNumbers(row) {
    setText(this.#network, row.network);
    this.#network.title = row.network;
    setText(this.#seed, row.seed);
    setText(this.#epochs, row.epochs);
    setText(this.#validation, row.validation);
    setText(this.#deviation, row.deviation);
    this.#lock.toggleAttribute("hidden", !row.isSealed);
    setText(this.#test, row.test);
    setText(this.#time, row.timeToGoal);
    setText(this.#nAtGoal, row.nAtGoal);
    setText(this.#parameters, row.parameters);
    setText(this.#state, row.state);
    setText(this.#note, row.note);
    this.#state.title = row.state;
    this.#note.title = row.note;
  }

  /** @param {Row} row @returns {import("../../ui/menu.js").MenuItem[]} */
  #items({ isUnfinished, isOver, cannotOpen, cannotEdit, cannotResume }) {
    const { onOpen, onEditCopy, onShare, onExport, onResume, onMoreEpochs, onDelete } = this.#events;
    // Who chooses means the row as it is then.
    const item = (
      /** @type {string} */ text,
      /** @type {string | null} */ cannot,
      /** @type {(id: string, row: Row) => void} */ act,
    ) => ({
      text,
      cannot,
      onChoose: () => {
        const [id] = this.#row?.ids ?? [];
        if (this.#row !== null && id !== undefined) act(id, this.#row);
      },
    });
    return [
      item("Open", cannotOpen, onOpen),
      item("Edit a copy", cannotEdit, onEditCopy),
      ...(isUnfinished ? [item("Resume", cannotResume, onResume)] : []),
      ...(isOver ? [item("More epochs …", cannotResume, onMoreEpochs)] : []),
      item("Share", null, onShare),
      item("Export", null, onExport),
      item("Rename", null, () => this.#rename()),
      item("Delete", null, (_, { ids, label }) => onDelete(ids, label)),
    ];
  }

  #rename() {
    const row = this.#row;
    if (row === null) return;
    const field = new NameField(row.name, {
      onName: (name) => {
        if (name !== row.name) this.#events.onRename(row.ids, name);
      },
      onOver: (isByKey) => {
        field.element.replaceWith(this.#name);
        if (isByKey) this.#menu.focus();
      },
    });
    this.#name.replaceWith(field.element);
    field.focus();
  }
}

/** @param {string} className @param {(Node | string)[]} children */
function cell(className, ...children) {
  return make("td", { class: className, role: "cell" }, ...children);
}

function lock() {
  return makeSvg(
    "svg",
    { viewBox: "0 0 12 12", class: "lock", "aria-hidden": "true" },
    makeSvg("path", { d: "M3.5 5.5V4a2.5 2.5 0 0 1 5 0v1.5M2 5.5h8v5.5h-8z" }),
  );
}
