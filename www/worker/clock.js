import { averaged, meanOf, NO_AVERAGE } from "../series/average.js";

/** Times training: what passes between `run` and `hold` counts, the pauses do not. */
export class Clock {
  #now;
  #total = 0;
  /** @type {number | null} */ #since = null;

  /** @param {() => number} now in milliseconds */
  constructor(now) {
    this.#now = now;
  }

  run() {
    this.#since ??= this.#now();
  }

  hold() {
    this.#total = this.#elapsed();
    this.#since = null;
  }

  get seconds() {
    return this.#elapsed() / 1000;
  }

  #elapsed() {
    return this.#total + (this.#since === null ? 0 : this.#now() - this.#since);
  }
}

/** Images a second over the last second or so. */
export class Throughput {
  #rate = NO_AVERAGE;
  #lastSeconds = 0;
  #lastImages = 0;

  /**
   * @param {number} seconds of training so far
   * @param {number} nImages trained on so far
   */
  measure(seconds, nImages) {
    const elapsed = seconds - this.#lastSeconds;
    if (elapsed > 0) {
      this.#rate = averaged(this.#rate, (nImages - this.#lastImages) / elapsed, elapsed, 1);
      this.#lastSeconds = seconds;
      this.#lastImages = nImages;
    }
    return this.#rate === NO_AVERAGE ? 0 : meanOf(this.#rate);
  }
}
