/** Test: how the network does on images that it never trained on. */
import { lossInWords } from "../../recipe/words.js";
import { OWN } from "../../runs/whose.js";
import { find, make, setProgress, setText } from "../../ui/dom.js";
import { count, loss, percent } from "../../ui/format.js";
import { showWhose } from "../../ui/whose.js";
import { noteInWords } from "./note.js";

/**
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("../../runs/run.js").TestResult} TestResult
 */

export class TestPanel {
  #button;
  #loss;
  #lossKind;
  #accuracy;
  #note;
  #whose;
  #progress;
  /** @type {TestResult | null} */ #shown = null;

  /**
   * @param {HTMLElement} section
   * @param {{onEvaluate: () => void}} events
   */
  constructor(section, { onEvaluate }) {
    this.#button = find(section, "[name=evaluate]", HTMLButtonElement);
    this.#loss = find(section, "#test-loss", HTMLOutputElement);
    this.#lossKind = find(section, "#test-loss-kind", HTMLElement);
    this.#accuracy = find(section, "#test-accuracy", HTMLOutputElement);
    this.#note = find(section, ".note", HTMLElement);
    this.#whose = find(section, ".whose", HTMLElement);
    this.#progress = find(section, "[role=progressbar]", HTMLElement);
    this.#button.addEventListener("click", () => onEvaluate());
  }

  /**
   * @typedef {object} Update
   * @property {Run | null} run whose result is shown
   * @property {boolean} canEvaluate
   * @property {boolean} lacksTest the data is there and has no test set
   *
   * @param {Update & import("../../runs/whose.js").Whose} update
   */
  update({ run, canEvaluate, lacksTest, ...whose }) {
    this.#button.disabled = !canEvaluate;
    const { test = null, testing = null } = run ?? {};
    this.#progress.hidden = testing === null;
    if (testing !== null) {
      const { nImages, nTotal } = testing;
      setProgress(this.#progress, nImages / nTotal, `${count(nImages)} of ${count(nTotal)} images`);
    }
    this.#show(test);
    setText(this.#lossKind, test === null ? "" : lossInWords(run?.recipe));
    setText(this.#note, noteInWords(run, lacksTest));
    showWhose(this.#whose, test === null && testing === null ? OWN : whose);
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
