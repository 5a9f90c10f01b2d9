/** A strip of training images with their labels, and how many there are of each. */
import { find, make } from "../../ui/dom.js";
import { count, counted } from "../../ui/format.js";
import { paintPixels } from "../../ui/images.js";

export class Samples {
  #strip;
  #counts;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.#strip = find(section, ".samples", HTMLElement);
    this.#counts = find(section, ".class-counts", HTMLElement);
  }

  /**
   * @param {{pixels: Uint8Array, labels: Uint8Array}} samples
   * @param {{rows: number, cols: number}} size
   */
  updateSamples({ pixels, labels }, { rows, cols }) {
    this.#strip.replaceChildren(
      ...Array.from(labels, (label, i) => {
        const canvas = make("canvas", { role: "img", "aria-label": `Image labelled ${label}`, class: "pixels" });
        paintPixels(canvas, pixels.subarray(i * rows * cols, (i + 1) * rows * cols), rows, cols);
        return make("li", {}, canvas, make("span", { "aria-hidden": "true" }, String(label)));
      }),
    );
  }

  /** @param {number[]} classCounts */
  updateCounts(classCounts) {
    const most = Math.max(...classCounts, 1);
    const isRoomy = classCounts.length <= 16;
    this.#counts.replaceChildren(
      ...classCounts.map((n, label) => {
        const bar = make("span", { class: "count-bar" });
        bar.style.setProperty("--fraction", String(n / most));
        const text = make("span", { class: "visually-hidden" }, `${label}: ${counted(n, "image")}`);
        const name = make("span", { class: "count-name", "aria-hidden": "true" }, isRoomy ? String(label) : "");
        return make("li", { title: `${label}: ${count(n)}` }, bar, name, text);
      }),
    );
  }
}
