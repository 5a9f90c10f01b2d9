/**
 * The table of runs. However long it is, the document has only the rows in sight and some around them: each stands
 * where it would stand among all, and the keyboard comes to every one.
 *
 * @typedef {import("./lines.js").Line} Line
 * @typedef {import("./lines.js").Column} Column
 * @typedef {import("./lines.js").Order} Order
 *
 * @typedef {object} Shown
 * @property {readonly Line[]} lines
 * @property {Order} order
 * @property {import("./scale.js").Scale | null} scale
 * @property {import("./rows.js").Surroundings} around
 */
import { find } from "../../ui/dom.js";
import { directionOf } from "./lines.js";
import { rowOf } from "./rows.js";
import { RunRow } from "./run-row.js";
import { axisOf } from "./strip.js";
import { rowsInSight } from "./window.js";

/** So many are all in sight: a longer list scrolls by itself. */
const MOST_IN_SIGHT = 12;

/** What the arrow keys go up and down among. */
const CONTROLS = [".show input", ".run-toggle", ".menu-opener"];

export class RunsTable {
  #box;
  #table;
  #head;
  #axis;
  #body;
  #events;
  /** @type {Shown | null} */ #shown = null;
  /** By the keys of their lines, in the document's order. @type {Map<string, RunRow>} */ #rows = new Map();
  /** @type {RunRow[]} */ #spare = [];
  #size = { height: 0, headHeight: 0, rowHeight: 0 };
  #isPrinted = false;

  /**
   * @param {HTMLElement} box that scrolls
   * @param {import("./run-row.js").RowEvents & {onOrder: (column: Column) => void}} events
   */
  constructor(box, events) {
    this.#box = box;
    this.#events = events;
    this.#table = find(box, "table", HTMLTableElement);
    this.#head = find(box, "thead", HTMLTableSectionElement);
    this.#axis = find(box, ".strip-head", HTMLElement);
    this.#body = find(box, "tbody", HTMLTableSectionElement);
    this.#head.addEventListener("click", ({ target }) => {
      const column = target instanceof Element && target.matches("button") && target.closest("th")?.dataset["column"];
      if (column) events.onOrder(/** @type {Column} */ (column));
    });
    box.addEventListener("scroll", () => this.#render(), { passive: true });
    this.#body.addEventListener("keydown", (event) => this.#walk(event));
    new ResizeObserver(() => {
      this.#size.rowHeight = 0;
      this.#render();
    }).observe(box);
    for (const [type, isPrinted] of /** @type {const} */ ([
      ["beforeprint", true],
      ["afterprint", false],
    ])) {
      addEventListener(type, () => {
        this.#isPrinted = isPrinted;
        this.#render();
      });
    }
  }

  /** @param {Shown} shown */
  update(shown) {
    const before = this.#shown;
    this.#shown = shown;
    if (before?.order !== shown.order) this.#showOrder(shown.order);
    if (JSON.stringify(before?.scale) !== JSON.stringify(shown.scale)) {
      this.#axis.replaceChildren(...axisOf(shown.scale));
    }
    this.#table.setAttribute("aria-rowcount", String(shown.lines.length + 1));
    this.#box.classList.toggle("is-long", shown.lines.length > MOST_IN_SIGHT);
    this.#render();
  }

  toTop() {
    this.#box.scrollTop = 0;
  }

  /** @param {Order} order */
  #showOrder(order) {
    for (const header of this.#head.querySelectorAll("th[data-column]")) {
      const column = /** @type {Column} */ (/** @type {HTMLElement} */ (header).dataset["column"]);
      header.setAttribute("aria-sort", directionOf(order, column));
    }
  }

  #render() {
    if (this.#shown === null || !this.#box.checkVisibility()) return;
    const { lines } = this.#shown;
    if (this.#size.rowHeight === 0) this.#measure();
    const { rowHeight } = this.#size;
    this.#body.style.setProperty("height", `${lines.length * rowHeight}px`);
    const wanted = this.#wanted();
    this.#place(wanted.map(({ line }) => line.key));
    for (const { line, idx } of wanted) {
      const row = this.#rows.get(line.key);
      row?.element.style.setProperty("top", `${idx * rowHeight}px`);
      row?.update(rowOf(line, this.#shown.around), idx + 2, this.#shown.scale);
    }
  }

  /** The lines whose rows are to be there: those in sight, and the one that has the keyboard. */
  #wanted() {
    const { lines } = this.#shown ?? { lines: [] };
    const isAll = this.#isPrinted || lines.length <= MOST_IN_SIGHT;
    const { height, rowHeight } = this.#size;
    const { scrollTop } = this.#box;
    const { from, to } = isAll
      ? { from: 0, to: lines.length }
      : rowsInSight({ scrollTop, height, rowHeight }, lines.length);
    const wanted = lines.slice(from, to).map((line, i) => ({ line, idx: from + i }));
    const focused = this.#focusedRow()?.key;
    if (focused === undefined || wanted.some(({ line }) => line.key === focused)) return wanted;
    const idx = lines.findIndex(({ key }) => key === focused);
    const line = lines[idx];
    if (line === undefined) return wanted;
    return idx < from ? [{ line, idx }, ...wanted] : [...wanted, { line, idx }];
  }

  #focusedRow() {
    const { activeElement } = document;
    return [...this.#rows.values()].find(({ element }) => element.contains(activeElement));
  }

  /**
   * Has the document hold these rows, in this order; the one that has the keyboard stays where it is.
   * @param {string[]} keys
   */
  #place(keys) {
    const wanted = new Set(keys);
    for (const [key, row] of this.#rows) {
      if (wanted.has(key)) continue;
      this.#rows.delete(key);
      row.element.remove();
      this.#spare.push(row);
    }
    const rows = keys.map((key) => this.#rows.get(key) ?? this.#spare.pop() ?? new RunRow(this.#events));
    this.#rows = new Map(keys.map((key, i) => [key, /** @type {RunRow} */ (rows[i])]));
    const elements = rows.map(({ element }) => element);
    if (elements.every((element, i) => element === this.#body.children[i])) return;
    const pivot = elements.findIndex((element) => element.contains(document.activeElement));
    elements[pivot]?.before(...elements.slice(0, pivot));
    this.#body.append(...elements.slice(pivot + 1));
  }

  #measure() {
    const [line] = this.#shown?.lines ?? [];
    if (line === undefined) return;
    if (this.#rows.size === 0) this.#place([line.key]);
    const [row] = this.#rows.values();
    this.#size = {
      height: this.#box.clientHeight,
      headHeight: this.#head.offsetHeight,
      rowHeight: row?.element.getBoundingClientRect().height ?? 0,
    };
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const { target, key } = event;
    if (event.defaultPrevented || !(target instanceof Element) || target.closest(".menu") !== null) return;
    const row = [...this.#rows.values()].find(({ element }) => element.contains(target));
    const lines = this.#shown?.lines ?? [];
    const idx = lines.findIndex((line) => line.key === row?.key);
    const page = Math.max(1, Math.floor(this.#size.height / this.#size.rowHeight) - 1);
    const to = {
      ArrowDown: idx + 1,
      ArrowUp: idx - 1,
      Home: 0,
      End: Infinity,
      PageDown: idx + page,
      PageUp: idx - page,
    }[key];
    if (to === undefined || idx === -1) return;
    event.preventDefault();
    this.#focus(
      Math.min(Math.max(to, 0), lines.length - 1),
      CONTROLS.find((control) => target.matches(control)),
    );
  }

  /** @param {number} idx @param {string | undefined} control */
  #focus(idx, control) {
    const { height, headHeight, rowHeight } = this.#size;
    const least = (idx + 1) * rowHeight + headHeight - height;
    this.#box.scrollTop = Math.max(Math.min(this.#box.scrollTop, idx * rowHeight), least);
    this.#render();
    const element = this.#rows.get(this.#shown?.lines[idx]?.key ?? "")?.element;
    const usable = [control ?? "", ...CONTROLS]
      .filter(Boolean)
      .map((selector) => element?.querySelector(selector))
      .find((found) => found instanceof HTMLElement && !found.hidden && !found.matches(":disabled"));
    if (usable instanceof HTMLElement) usable.focus();
  }
}
