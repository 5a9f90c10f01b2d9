/** The curves' numbers, an epoch a row, in full precision for whoever copies or reads them by machine. */
import { loss, percent } from "./format.js";
import { find, make } from "./dom.js";

/** More rows than anybody reads would slow every layout down: the oldest leave. */
const MAX_ROWS = 1_000;

export class EpochsTable {
  #box;
  #rows;
  #hint;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.#box = find(section, ".epochs-box", HTMLElement);
    this.#rows = find(section, ".epochs tbody", HTMLTableSectionElement);
    this.#hint = find(section, ".epochs-hint", HTMLElement);
  }

  clear() {
    this.#rows.replaceChildren();
    this.#hint.hidden = false;
  }

  /** @param {import("../protocol.js").Epoch[]} epochs */
  add(epochs) {
    const box = this.#box;
    const followsNewest = box.scrollTop + box.clientHeight >= box.scrollHeight - 8;
    this.#hint.hidden = true;
    this.#rows.append(...epochs.slice(-MAX_ROWS).map(row));
    while (this.#rows.rows.length > MAX_ROWS) this.#rows.deleteRow(0);
    if (followsNewest) box.scrollTop = box.scrollHeight;
  }
}

/** @param {import("../protocol.js").Epoch} epoch */
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
