/** The header: whatever is shown, it says what is training, and pauses it. */
import { find, setText } from "../../ui/dom.js";

/** @typedef {import("../../runs/run.js").Run} Run */

export class Top {
  #doing;
  #pause;
  #resume;

  /**
   * @param {HTMLElement} header
   * @param {{onPause: () => void, onResume: () => void}} events
   */
  constructor(header, { onPause, onResume }) {
    this.#doing = find(header, ".doing", HTMLElement);
    this.#pause = find(header, "[name=pause-training]", HTMLButtonElement);
    this.#resume = find(header, "[name=resume-training]", HTMLButtonElement);
    this.#pause.addEventListener("click", () => onPause());
    this.#resume.addEventListener("click", () => onResume());
  }

  /** @param {Run | null} run whose network the worker has */
  update(run) {
    const hadFocus = [this.#pause, this.#resume].some((button) => button === document.activeElement);
    this.#pause.hidden = run?.state !== "training";
    this.#resume.hidden = run?.state !== "paused";
    setText(this.#doing, doingInWords(run));
    // The one takes the other's place, and the keyboard's with it.
    if (hadFocus) [this.#pause, this.#resume].find((button) => !button.hidden)?.focus();
  }
}

/** @param {Run | null} run */
export function doingInWords(run) {
  if (run === null || (run.state !== "training" && run.state !== "paused")) return "Nothing is training";
  const place = run.progress === null ? "" : ` · epoch ${run.progress.epoch} of ${run.recipe.epochs}`;
  return `${run.name}${run.state === "paused" ? " · paused" : ""}${place}`;
}
