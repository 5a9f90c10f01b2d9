/** What the page offers when it opens: to go on with what was broken off. */
import { find, make } from "../../ui/dom.js";
import { counted } from "../../ui/format.js";

/**
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {{onResume: (id: string) => void, onLookAt: () => void,
 *   onTakeUp: (ids: string[]) => void}} OfferEvents
 */

export class Offer {
  #root;
  #events;
  #isDismissed = false;

  /** @param {Document} document @param {OfferEvents} events */
  constructor(document, events) {
    this.#root = find(document, "#offer", HTMLElement);
    this.#events = events;
  }

  /**
   * @param {object} update
   * @param {readonly Run[]} update.runs that were broken off, and can go on
   * @param {boolean} update.canResume whether nothing else is under way
   */
  update({ runs, canResume }) {
    const run = runs.at(-1);
    const isShown = run !== undefined && canResume && !this.#isDismissed;
    this.#root.hidden = !isShown;
    if (!isShown) return;
    const { onResume, onLookAt, onTakeUp } = this.#events;
    const ids = runs.map(({ id }) => id);
    const buttons =
      runs.length === 1
        ? [button(`Resume ${run.name}`, () => onResume(run.id)), button("Not now", () => this.#dismiss())]
        : [
            button("Go on with all of them", () => onTakeUp(ids)),
            button("Show them", () => onLookAt()),
            button("Not now", () => this.#dismiss()),
          ];
    this.#root.replaceChildren(make("p", {}, offerInWords(run, runs.length)), ...buttons);
  }

  #dismiss() {
    this.#isDismissed = true;
    this.#root.hidden = true;
  }
}

/** @param {Run} run @param {number} n */
export function offerInWords({ name, epochs, recipe }, n) {
  if (n > 1) return `${counted(n, "run")} were broken off when the page ended, and can go on where they were.`;
  const done = epochs.at(-1)?.epoch ?? 0;
  const where = done === 0 ? "before its first epoch was done" : `after epoch ${done} of ${recipe.epochs}`;
  return `${name} was broken off ${where}. It can go on to the very numbers that it would have come to.`;
}

/** @param {string} text @param {() => void} onClick */
function button(text, onClick) {
  const made = make("button", { type: "button", class: "button quiet" }, text);
  made.addEventListener("click", onClick);
  return made;
}
