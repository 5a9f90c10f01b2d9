/** The curves' numbers, an epoch a row, in full precision for whoever copies or reads them by machine. */
import { find, make, setText } from "../../ui/dom.js";
import { count, loss, percent } from "../../ui/format.js";

/** More rows than anybody reads would slow every layout down: the oldest leave. */
const MAX_ROWS = 400;

/** A small set can end hundreds of epochs a second: they are shown together, as laying the table out takes long. */
const SHOW_EVERY_MS = 250;

export class EpochsTable {
  #box;
  #rows;
  #hint;
  /** @type {import("../../protocol/events.js").Epoch[]} not shown yet */ #waiting = [];
  #shownAt = -Infinity;
  #isDue = false;
  /** Whether the newest row stays in sight: until the reader scrolls away from it. */
  #followsNewest = true;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.#box = find(section, ".epochs-box", HTMLElement);
    this.#rows = find(section, ".epochs tbody", HTMLTableSectionElement);
    this.#hint = find(section, ".epochs-hint", HTMLElement);
    const box = this.#box;
    box.addEventListener("scroll", () => {
      this.#followsNewest = box.scrollTop + box.clientHeight >= box.scrollHeight - 8;
    });
  }

  clear() {
    this.#waiting = [];
    this.#followsNewest = true;
    this.#rows.replaceChildren();
    this.#hint.hidden = false;
    setText(this.#hint, "Each epoch adds a row.");
  }

  /** @param {import("../../protocol/events.js").Epoch[]} epochs */
  add(epochs) {
    this.#waiting.push(...epochs);
    if (this.#isDue) return;
    const wait = this.#shownAt + SHOW_EVERY_MS - performance.now();
    if (wait <= 0) return this.show();
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      this.show();
    }, wait);
  }

  /** Shows what waits. */
  show() {
    if (this.#waiting.length === 0) return;
    this.#rows.append(...this.#waiting.splice(0).slice(-MAX_ROWS).map(row));
    while (this.#rows.rows.length > MAX_ROWS) this.#rows.deleteRow(0);
    const isCut = this.#rows.rows[0]?.cells[0]?.textContent !== "1";
    this.#hint.hidden = !isCut;
    if (isCut) setText(this.#hint, `The newest ${count(MAX_ROWS)} epochs.`);
    if (this.#followsNewest) this.#box.scrollTop = this.#box.scrollHeight;
    this.#shownAt = performance.now();
  }
}

/** @param {import("../../protocol/events.js").Epoch} epoch */
function row(epoch) {
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, String(epoch.epoch)),
    cell(epoch.trainingLoss, loss),
    cell(epoch.trainingAccuracy, percent),
    cell(epoch.validationLoss, loss),
    cell(epoch.validationAccuracy, percent),
    cell(epoch.seconds, (seconds) => seconds.toFixed(2)),
  );
}

/**
 * @param {number | null | undefined} value
 * @param {(value: number) => string} format
 */
function cell(value, format) {
  if (value === null || value === undefined) return make("td", {}, "–");
  return make("td", {}, make("data", { value: String(value) }, format(value)));
}
