/** The curves' numbers, an epoch a row, in full precision for whoever copies or reads them by machine. */
import { loss, percent } from "./format.js";
import { find, make } from "./dom.js";

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

  /** @param {import("../protocol.js").EpochEvent} report */
  add(report) {
    const box = this.#box;
    const followsNewest = box.scrollTop + box.clientHeight >= box.scrollHeight - 8;
    this.#hint.hidden = true;
    this.#rows.append(
      make(
        "tr",
        {},
        make("th", { scope: "row" }, String(report.epoch)),
        cell(report.trainingLoss, loss),
        cell(report.trainingAccuracy, percent),
        cell(report.validationLoss, loss),
        cell(report.validationAccuracy, percent),
        cell(report.seconds, (seconds) => seconds.toFixed(2)),
      ),
    );
    if (followsNewest) box.scrollTop = box.scrollHeight;
  }
}

/**
 * @param {number | null | undefined} value
 * @param {(value: number) => string} format
 */
function cell(value, format) {
  if (value === null || value === undefined) return make("td", {}, "–");
  return make("td", {}, make("data", { value: String(value) }, format(value)));
}
