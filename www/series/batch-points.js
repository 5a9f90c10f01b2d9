/**
 * Gathers what the batches report into points no denser than a chart can show.
 * @typedef {import("../protocol/events.js").BatchPoint} BatchPoint
 */
import { merged } from "./points.js";

/** Points along the whole run, so that 1.5 million batches cost no more than 1,500. */
const POINTS_PER_RUN = 4000;

export class BatchPoints {
  /** @type {BatchPoint[]} */ #points = [];
  /** @type {BatchPoint | null} */ #open = null;
  #openedAt = 0;
  #width;

  /** @param {number} nEpochs of the run */
  constructor(nEpochs) {
    this.#width = nEpochs / POINTS_PER_RUN;
  }

  /** @param {BatchPoint} point later than the last one */
  add(point) {
    this.#open = this.#open === null ? point : merged(this.#open, point);
    if (this.#open.x - this.#openedAt >= this.#width) this.#close();
  }

  /** Hands over the points gathered since the last call. */
  take() {
    this.#close();
    return this.#points.splice(0);
  }

  #close() {
    if (this.#open === null) return;
    this.#points.push(this.#open);
    this.#openedAt = this.#open.x;
    this.#open = null;
  }
}
