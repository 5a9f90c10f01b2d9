/** Test: how the network does on images that it never trained on. */
import { find, make, setProgress, setText } from "../../ui/dom.js";
import { count, counted, loss, percent } from "../../ui/format.js";

/** @typedef {import("../../protocol/events.js").EvaluationEvent} EvaluationEvent */

export class TestPanel {
  #button;
  #loss;
  #accuracy;
  #note;
  #progress;

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
   * @param {import("../../ui/controls.js").Controls} controls
   * @param {boolean} lacksTest the data is there and has no test set
   */
  update({ evaluate }, lacksTest) {
    this.#button.disabled = !evaluate;
    if (lacksTest) setText(this.#note, "This data set has no test images.");
  }

  /** Forgets the result: it was another network's. */
  clear() {
    this.#loss.replaceChildren();
    this.#accuracy.replaceChildren();
    this.#progress.hidden = true;
    setText(this.#note, "Evaluated by itself when training finishes.");
  }

  /** @param {EvaluationEvent} evaluation */
  showEvaluation({ loss: meanLoss, nCorrect, nImages, nTotal, done, atEpoch }) {
    this.#progress.hidden = done;
    setProgress(this.#progress, nImages / nTotal, `${count(nImages)} of ${count(nTotal)} images`);
    if (!done) return setText(this.#note, `Evaluating ${counted(nTotal, "image")} …`);
    const accuracy = nCorrect / nImages;
    this.#loss.replaceChildren(make("data", { value: String(meanLoss) }, loss(meanLoss)));
    this.#accuracy.replaceChildren(
      make("data", { value: String(accuracy) }, percent(accuracy)),
      " ",
      make("span", { class: "of" }, `${count(nCorrect)}/${count(nImages)}`),
    );
    setText(this.#note, `Evaluated ${moment(atEpoch)}.`);
  }
}

/** @param {number} atEpoch */
function moment(atEpoch) {
  if (atEpoch === 0) return "before any training";
  if (Number.isInteger(atEpoch)) return `after ${counted(atEpoch, "epoch")}`;
  return `in epoch ${Math.floor(atEpoch) + 1}, after ${atEpoch.toFixed(2)} epochs`;
}
