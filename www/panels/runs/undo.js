/** Says what was done to the list: what was deleted, for as long as it can be undone, and what came of a file. */
import { make } from "../../ui/dom.js";
import { counted } from "../../ui/format.js";

/** As long as app/run-actions.js waits. */
const OFFERED_MS = 15_000;

export class Undo {
  #status;
  #events;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {HTMLElement} status @param {{onUndo: () => void}} events */
  constructor(status, events) {
    this.#status = status;
    this.#events = events;
  }

  /** @param {number} n of runs that are gone @param {string} label of what was to go */
  offer(n, label) {
    clearTimeout(this.#timer);
    if (n === 0) {
      this.#say(make("span", {}, `${label} is under way or open in Train, and stays.`));
    } else {
      const undo = make("button", { type: "button", class: "button" }, "Undo");
      undo.addEventListener("click", () => {
        this.#events.onUndo();
        this.#say(make("span", {}, "Nothing was deleted."));
      });
      this.#say(make("span", {}, `Deleted ${label}${n > 1 ? `: ${counted(n, "run")}` : ""}.`), undo);
      // The keyboard was in the row that is gone.
      undo.focus();
    }
    this.#timer = setTimeout(() => this.#status.replaceChildren(), OFFERED_MS);
  }

  /** @param {string} meanwhile @param {Promise<string>} sentence that is there in the end */
  async until(meanwhile, sentence) {
    clearTimeout(this.#timer);
    this.#say(make("span", {}, meanwhile));
    this.#say(make("span", {}, await sentence.catch(() => "The browser could not do that.")));
  }

  /** @param {Node[]} words */
  #say(...words) {
    this.#status.replaceChildren(...words);
  }
}
