/** One line of the table as a row. It can be given another line, as a table of thousands has only some rows. */
import { make, setText } from "../../ui/dom.js";
import { markElement } from "../../ui/marks.js";
import { Menu } from "../../ui/menu.js";
import { makeSvg } from "../../ui/svg.js";
import { NameField } from "./name-field.js";
import { Strip } from "./strip.js";

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
  #strip = new Strip();
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
      cell("strip-cell", ...this.#strip.elements),
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
    const className = `run-row is-${row.kind} ${row.isCurrent ? "is-current" : ""} ${mark}`;
    if (this.element.className !== className) this.element.className = className;
    this.#updateHeading(row);
    this.#updateNumbers(row);
    this.#strip.update(row, scale);
    this.#menu.update(`Actions for ${row.label}`, this.#items(row));
  }

  /** @param {Row} row */
  #updateHeading(row) {
    setHidden(this.#show, row.kind === "seed");
    this.#show.checked = row.mark !== null;
    this.#show.disabled = row.cannotShow !== "";
    setAttribute(this.#show, "title", row.cannotShow);
    setAttribute(this.#show, "aria-label", `Show ${row.label}`);
    setHidden(this.#toggle, row.kind !== "group");
    setAttribute(this.#toggle, "aria-label", `Seeds of ${row.label}`);
    setAttribute(this.#toggle, "aria-expanded", String(row.isOpen));
    this.#showMark(row.kind === "seed" ? "" : String(row.mark), row.mark);
    setCut(this.#name, row.name);
    setCut(this.#changes, row.changes);
    setCut(this.#brief, row.brief);
    setHidden(this.#badges.A, row.side !== "A");
    setHidden(this.#badges.B, row.side !== "B");
    setHidden(this.#badges.train, !row.isCurrent);
  }

  /** @param {string} mark "" for none at all @param {number | null} shown */
  #showMark(mark, shown) {
    if (this.#mark.dataset["mark"] === mark) return;
    this.#mark.dataset["mark"] = mark;
    this.#mark.replaceChildren(...(mark === "" ? [] : [markElement(shown)]));
  }

  /** @param {Row} row */
  #updateNumbers(row) {
    setCut(this.#network, row.network);
    setText(this.#seed, row.seed);
    setText(this.#epochs, row.epochs);
    setText(this.#validation, row.validation);
    setText(this.#deviation, row.deviation);
    setHidden(this.#lock, !row.isSealed);
    setText(this.#test, row.test);
    setText(this.#time, row.timeToGoal);
    setText(this.#nAtGoal, row.nAtGoal);
    setText(this.#parameters, row.parameters);
    setCut(this.#state, row.state);
    setCut(this.#note, row.note);
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

/**
 * Text that may have no room: all of it is there when it is pointed at.
 * @param {Element} element
 * @param {string} text
 */
function setCut(element, text) {
  if (element.textContent === text) return;
  element.textContent = text;
  element.setAttribute("title", text);
}

/**
 * To the browser what is set is changed, also where it is the same.
 * @param {Element} element
 * @param {boolean} isHidden
 */
function setHidden(element, isHidden) {
  if (element.hasAttribute("hidden") !== isHidden) element.toggleAttribute("hidden", isHidden);
}

/** Likewise. @param {Element} element @param {string} name @param {string} value */
function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
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
