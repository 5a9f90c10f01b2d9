/** The curves' numbers, an epoch a row, in full precision for whoever copies or reads them by machine. */
import { find, make, setText } from "../../ui/dom.js";
import { count, loss, percent } from "../../ui/format.js";

/** @typedef {import("../../runs/run.js").Run} Run */

/** More rows than anybody reads would slow every layout down: the oldest leave. */
const MAX_ROWS = 400;

/** A small set can end hundreds of epochs a second: they are shown together, as laying the table out takes long. */
const SHOW_EVERY_MS = 250;

export class EpochsTable {
  #box;
  #rows;
  #hint;
  /** @type {Run | null} */ #run = null;
  /** Of its epochs, how many have been shown. */
  #nShown = 0;
  /** Of its rows, the one that is marked. @type {HTMLTableRowElement | null} */
  #best = null;
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

  /** @param {Run | null} run whose epochs are shown */
  update(run) {
    const isAnother = run?.id !== this.#run?.id;
    const isOver = run?.state !== this.#run?.state;
    this.#run = run;
    if (isAnother) this.#clear();
    if ((run?.epochs.length ?? 0) === this.#nShown) return;
    const wait = this.#shownAt + SHOW_EVERY_MS - performance.now();
    if (wait <= 0 || isAnother || isOver) return this.#show();
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      this.#show();
    }, wait);
  }

  #clear() {
    this.#nShown = 0;
    this.#best = null;
    this.#followsNewest = true;
    this.#rows.replaceChildren();
    this.#hint.hidden = false;
    setText(this.#hint, "Each epoch adds a row.");
  }

  #show() {
    const epochs = this.#run?.epochs ?? [];
    if (epochs.length === this.#nShown) return;
    this.#rows.append(...epochs.slice(Math.max(this.#nShown, epochs.length - MAX_ROWS)).map(row));
    this.#nShown = epochs.length;
    while (this.#rows.rows.length > MAX_ROWS) this.#rows.deleteRow(0);
    this.#markBest();
    const isCut = epochs.length > MAX_ROWS;
    this.#hint.hidden = !isCut;
    if (isCut) setText(this.#hint, `The newest ${count(MAX_ROWS)} epochs.`);
    if (this.#followsNewest) this.#box.scrollTop = this.#box.scrollHeight;
    this.#shownAt = performance.now();
  }

  /** Where a run may stop early: the epoch whose weights it ends with, if it ends now. */
  #markBest() {
    const { rows } = this.#rows;
    const nGone = this.#nShown - rows.length;
    const bestEpoch = this.#run?.epochs.at(-1)?.bestEpoch ?? null;
    const best = bestEpoch === null ? null : (rows[bestEpoch - 1 - nGone] ?? null);
    if (best === this.#best) return;
    this.#best?.classList.remove("is-best");
    this.#best?.querySelector(".best")?.remove();
    this.#best = best;
    best?.classList.add("is-best");
    const star = make("span", { "aria-hidden": "true" }, " ★");
    best?.cells[0]?.append(make("span", { class: "best" }, star, make("span", { class: "best-word" }, " best")));
  }
}

/** @param {import("../../protocol/events.js").Epoch} epoch */
function row(epoch) {
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, make("data", { value: String(epoch.epoch) }, String(epoch.epoch))),
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
