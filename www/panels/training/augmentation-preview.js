/** Some training images as they are, and as the augmentation changes them. */
import { find, make } from "../../ui/dom.js";
import { paintPixels, randomIndices } from "../../ui/images.js";

/**
 * @typedef {import("../../protocol/requests.js").Augmentation} Augmentation
 * @typedef {import("../../protocol/requests.js").Samples} Samples
 * @typedef {import("../../protocol/requests.js").DataSummary} DataSummary
 * @typedef {{augmentation: Augmentation, indices: Uint32Array, seed: number}} PreviewRequest
 */

const N_IMAGES = 10;

export class AugmentationPreview {
  #details;
  #before;
  #after;
  /** @type {DataSummary | null} */ #data = null;
  /** @type {Augmentation | null} */ #augmentation = null;
  #indices = new Uint32Array();
  /** Stays the same while a setting changes, so that what changes is the setting's doing. */
  #seed = 0;
  #asked = "";

  /**
   * @param {HTMLElement} section
   * @param {{onWanted: () => void}} events
   */
  constructor(section, { onWanted }) {
    this.#details = find(section, "#augmentation", HTMLDetailsElement);
    this.#before = find(section, ".before", HTMLUListElement);
    this.#after = find(section, ".after", HTMLUListElement);
    this.#details.addEventListener("toggle", () => onWanted());
    find(section, "[name=draw-again]", HTMLButtonElement).addEventListener("click", () => {
      // For the eye, and no part of any recipe.
      this.#seed = Math.floor(Math.random() * 2 ** 32);
      onWanted();
    });
  }

  /**
   * @param {Augmentation | null} augmentation null: not known at the moment
   * @param {DataSummary | null} data
   */
  update(augmentation, data) {
    if (data !== this.#data) {
      this.#data = data;
      this.#indices = randomIndices(N_IMAGES, data?.training.nImages ?? 0);
    }
    this.#augmentation = augmentation ?? this.#augmentation;
  }

  /**
   * What there is to ask for so that the preview is up to date. Nothing is drawn that nobody sees, and nothing twice.
   * @returns {PreviewRequest | null}
   */
  takeRequest() {
    if (!this.#details.open || this.#data === null || this.#augmentation === null) return null;
    const request = { augmentation: this.#augmentation, indices: this.#indices, seed: this.#seed };
    const text = JSON.stringify(request);
    if (text === this.#asked) return null;
    this.#asked = text;
    return request;
  }

  /** @param {Samples} before @param {Samples} after */
  show(before, after) {
    this.#paint(this.#before, before, "");
    this.#paint(this.#after, after, ", changed");
  }

  /**
   * @param {HTMLUListElement} strip
   * @param {Samples} samples
   * @param {string} how
   */
  #paint(strip, { pixels, labels }, how) {
    if (this.#data === null) return;
    const { rows, cols } = this.#data;
    while (strip.children.length > labels.length) strip.lastElementChild?.remove();
    labels.forEach((label, i) => {
      const canvas = strip.children[i]?.querySelector("canvas") ?? make("canvas", { role: "img", class: "pixels" });
      if (!canvas.isConnected) strip.append(make("li", {}, canvas));
      canvas.setAttribute("aria-label", `Image labelled ${label}${how}`);
      paintPixels(canvas, pixels.subarray(i * rows * cols, (i + 1) * rows * cols), rows, cols);
    });
  }
}
