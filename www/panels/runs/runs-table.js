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
import { Head } from "./head.js";
import { rowOf } from "./rows.js";
import { RunRow } from "./run-row.js";
import { axisOf } from "./strip.js";
import { rowsAround, rowsInSight } from "./window.js";

/** So many are all in sight: a longer list scrolls by itself. */
const MOST_IN_SIGHT = 12;

/** What the arrow keys go up and down among. */
const CONTROLS = [".show input", ".run-toggle", ".menu-opener"];

export class RunsTable {
  #box;
  #table;
  #head;
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
    this.#body = find(box, "tbody", HTMLTableSectionElement);
    this.#head = new Head(events);
    this.#table.prepend(this.#head.element);
    box.addEventListener("scroll", () => this.#render(), { passive: true });
    // The keyboard's next step may come before the browser has told that it scrolled.
    this.#body.addEventListener("focusin", () => this.#render());
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
    if (before?.order !== shown.order) this.#head.showOrder(shown.order);
    if (JSON.stringify(before?.scale) !== JSON.stringify(shown.scale)) {
      this.#head.showAxis(axisOf(shown.scale));
    }
    this.#table.setAttribute("aria-rowcount", String(shown.lines.length + 1));
    this.#box.classList.toggle("is-long", shown.lines.length > MOST_IN_SIGHT);
    this.#render();
  }

  toTop() {
    this.#box.scrollTop = 0;
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

  /** The lines whose rows are to be there: those in sight, and those around the one that has the keyboard. */
  #wanted() {
    const { lines } = this.#shown ?? { lines: [] };
    const isAll = this.#isPrinted || lines.length <= MOST_IN_SIGHT;
    const { height, rowHeight } = this.#size;
    const { scrollTop } = this.#box;
    const { from, to } = isAll
      ? { from: 0, to: lines.length }
      : rowsInSight({ scrollTop, height, rowHeight }, lines.length);
    const focused = this.#focusedRow()?.key;
    const at = focused === undefined ? -1 : lines.findIndex(({ key }) => key === focused);
    const around = at === -1 ? { from, to } : rowsAround(at, lines.length);
    const indices = new Set([...range(from, to), ...range(around.from, around.to)]);
    return [...indices].sort((a, b) => a - b).map((idx) => ({ idx, line: /** @type {Line} */ (lines[idx]) }));
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
    const idle = [...this.#rows].flatMap(([key, row]) => (wanted.has(key) ? [] : [row]));
    // Where nothing stays, each row becomes another where it is, which costs least.
    if (idle.length < this.#rows.size) for (const { element } of idle) element.remove();
    const rows = keys.map(
      (key) => this.#rows.get(key) ?? idle.shift() ?? this.#spare.pop() ?? new RunRow(this.#events),
    );
    for (const row of idle) row.element.remove();
    this.#spare.push(...idle);
    this.#rows = new Map(keys.map((key, i) => [key, /** @type {RunRow} */ (rows[i])]));
    this.#arrange(rows.map(({ element }) => element));
  }

  /** Moves as few as it can, and never the one that has the keyboard. @param {HTMLElement[]} elements */
  #arrange(elements) {
    const pivot = elements.findIndex((element) => element.contains(document.activeElement));
    let before = elements[pivot] ?? null;
    for (const element of elements.slice(pivot + 1)) {
      const next = before === null ? this.#body.firstChild : before.nextSibling;
      if (next !== element) this.#body.insertBefore(element, next);
      before = element;
    }
    for (let i = pivot - 1; i >= 0; i -= 1) {
      const [element, after] = [elements[i], elements[i + 1]];
      if (element !== undefined && after?.previousSibling !== element) after?.before(element);
    }
  }

  #measure() {
    const [line] = this.#shown?.lines ?? [];
    if (line === undefined) return;
    if (this.#rows.size === 0) this.#place([line.key]);
    const [row] = this.#rows.values();
    this.#size = {
      height: this.#box.clientHeight,
      headHeight: this.#head.element.offsetHeight,
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

/** @param {number} from @param {number} to not included */
function range(from, to) {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
