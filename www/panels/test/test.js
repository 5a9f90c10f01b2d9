/** Test: how the network does on images that it never trained on. */
import { find, make, setProgress, setText } from "../../ui/dom.js";
import { count, loss, percent } from "../../ui/format.js";
import { noteInWords } from "./note.js";

/**
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("../../runs/run.js").TestResult} TestResult
 */

export class TestPanel {
  #button;
  #loss;
  #accuracy;
  #note;
  #progress;
  /** @type {TestResult | null} */ #shown = null;

  /**
   * @param {HTMLElement} section
   * @param {{onEvaluate: () => void}} events
   */
  constructor(section, { onEvaluate }) {
    this.#button = find(section, "[name=evaluate]", HTMLButtonElement);
    this.#loss = find(section, "#test-loss", HTMLOutputElement);
    this.#accuracy = find(section, "#test-accuracy", HTMLOutputElement);
    this.#note = find(section, ".note", HTMLElement);
    this.#progress = find(section, "[role=progressbar]", HTMLElement);
    this.#button.addEventListener("click", () => onEvaluate());
  }

  /**
   * @param {object} update
   * @param {Run | null} update.run whose result is shown
   * @param {boolean} update.canEvaluate
   * @param {boolean} update.lacksTest the data is there and has no test set
   */
  update({ run, canEvaluate, lacksTest }) {
    this.#button.disabled = !canEvaluate;
    const { test = null, testing = null } = run ?? {};
    this.#progress.hidden = testing === null;
    if (testing !== null) {
      const { nImages, nTotal } = testing;
      setProgress(this.#progress, nImages / nTotal, `${count(nImages)} of ${count(nTotal)} images`);
    }
    this.#show(test);
    setText(this.#note, noteInWords(run, lacksTest));
  }

  /** @param {TestResult | null} test */
  #show(test) {
    if (test === this.#shown) return;
    this.#shown = test;
    if (test === null) {
      this.#loss.replaceChildren();
      this.#accuracy.replaceChildren();
      return;
    }
    const { loss: meanLoss, nCorrect, nImages } = test;
    const accuracy = nCorrect / nImages;
    this.#loss.replaceChildren(make("data", { value: String(meanLoss) }, loss(meanLoss)));
    this.#accuracy.replaceChildren(
      make("data", { value: String(accuracy) }, percent(accuracy)),
      " ",
      make("span", { class: "of" }, `${count(nCorrect)}/${count(nImages)}`),
    );
  }
}
