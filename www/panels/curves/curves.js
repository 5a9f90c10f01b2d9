/** Curves: loss and accuracy as they come, by batch with a smoothed line over the raw one, or by epoch. */
import { EMPTY_CURVE, extended, MAX_POINTS } from "../../series/curve.js";
import { find } from "../../ui/dom.js";
import { Figure } from "./figure.js";

/**
 * @typedef {import("../../protocol/events.js").BatchPoint} BatchPoint
 * @typedef {import("../../protocol/events.js").Epoch} Epoch
 * @typedef {import("./figure.js").Quantity} Quantity
 * @typedef {import("./figure.js").View} View
 */

const REDRAW_MS = 100;

export class Curves {
  #figures;
  /** @type {View} */ #view = "batch";
  #isLog = false;
  #batches = EMPTY_CURVE;
  /** @type {Epoch[]} */ #epochs = [];
  #epochStep = 1;
  #isDrawDue = false;
  #drawnAt = 0;
  /** @type {number | null} */ #cursor = null;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.#figures = [
      new Figure(find(section, "#loss-figure", HTMLElement), "loss", (idx) => this.#hover(idx)),
      new Figure(find(section, "#accuracy-figure", HTMLElement), "accuracy", (idx) => this.#hover(idx)),
    ];
    for (const radio of section.querySelectorAll("[name=view]")) {
      radio.addEventListener("change", () => {
        this.#view = /** @type {View} */ (/** @type {HTMLInputElement} */ (radio).value);
        this.#rebuild();
      });
    }
    find(section, "[name=log]", HTMLInputElement).addEventListener("change", (event) => {
      this.#isLog = /** @type {HTMLInputElement} */ (event.currentTarget).checked;
      this.#rebuild();
    });
    this.#rebuild();
  }

  clear() {
    this.#batches = EMPTY_CURVE;
    this.#epochs = [];
    this.#epochStep = 1;
    this.#cursor = null;
    this.#rebuild();
  }

  /** @param {BatchPoint[]} points */
  addBatches(points) {
    this.#batches = extended(this.#batches, points);
    this.#schedule();
  }

  /** @param {Epoch} epoch */
  addEpoch(epoch) {
    // The latest is always there; of those before it, every second, fourth and so on once there are many.
    if ((this.#epochs.at(-1)?.epoch ?? 0) % this.#epochStep !== 0) this.#epochs.pop();
    this.#epochs.push(epoch);
    if (this.#epochs.length > MAX_POINTS) {
      this.#epochStep *= 2;
      this.#epochs = this.#epochs.filter((each) => each.epoch % this.#epochStep === 0);
    }
    this.#schedule();
  }

  /** In a hidden tab no frame comes: the points gather, and one frame draws them all when it is shown again. */
  #schedule() {
    if (this.#isDrawDue) return;
    this.#isDrawDue = true;
    setTimeout(
      () =>
        requestAnimationFrame(() => {
          this.#isDrawDue = false;
          this.#drawnAt = performance.now();
          for (const figure of this.#figures) figure.update(this.#data(figure.quantity), this.#cursor);
        }),
      Math.max(0, this.#drawnAt + REDRAW_MS - performance.now()),
    );
  }

  #rebuild() {
    for (const figure of this.#figures) {
      figure.rebuild(this.#view, this.#isLog && figure.quantity === "loss", this.#data(figure.quantity));
    }
  }

  /** @param {number | null} idx */
  #hover(idx) {
    this.#cursor = idx;
    for (const figure of this.#figures) figure.tell(idx);
  }

  /** @param {Quantity} quantity @returns {(number | null)[][]} x, then a list a line */
  #data(quantity) {
    if (this.#view === "epoch") {
      const key = quantity === "loss" ? "Loss" : "Accuracy";
      return [
        this.#epochs.map(({ epoch }) => epoch),
        this.#epochs.map((report) => report[`training${key}`]),
        this.#epochs.map((report) => report[`validation${key}`] ?? null),
      ];
    }
    const { points } = this.#batches;
    const smooth = quantity === "loss" ? "smoothLoss" : "smoothAccuracy";
    return [points.map(({ x }) => x), points.map((point) => point[quantity]), points.map((point) => point[smooth])];
  }
}
