/** One bar a class, as long as the network's score for it. */
import { make, setText } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";

/** More of them scroll in their box. */
const MOST_IN_SIGHT = 13;

export class Meters {
  #root;
  #best = -1;
  /** @type {{row: HTMLElement, meter: HTMLElement, value: HTMLElement}[]} */ #meters = [];

  /** @param {HTMLElement} root a list */
  constructor(root) {
    this.#root = root;
    this.setClasses(10);
  }

  /** @param {number} nClasses */
  setClasses(nClasses) {
    if (nClasses === this.#meters.length) return;
    const noun = nClasses === 10 ? "Digit" : "Class";
    this.#meters = Array.from({ length: nClasses }, (_, label) => {
      const meter = make("div", {
        role: "meter",
        "aria-label": `${noun} ${label}`,
        "aria-valuemin": "0",
        "aria-valuemax": "1",
        class: "meter-bar",
      });
      const value = make("span", { class: "meter-value", "aria-hidden": "true" });
      const name = make("span", { class: "meter-name", "aria-hidden": "true" }, String(label));
      return { row: make("li", { class: "meter" }, name, meter, value), meter, value };
    });
    this.#root.replaceChildren(...this.#meters.map(({ row }) => row));
    // What scrolls can be scrolled by keyboard.
    if (nClasses > MOST_IN_SIGHT) this.#root.tabIndex = 0;
    else this.#root.removeAttribute("tabindex");
    this.update(null);
  }

  /** @param {import("../../protocol/requests.js").Prediction | null} prediction null: nothing to classify */
  update(prediction) {
    this.#meters.forEach(({ row, meter, value }, label) => {
      const score = prediction?.scores[label] ?? 0;
      const text = prediction === null ? "" : prediction.areProbabilities ? percent(score, 0) : score.toFixed(2);
      meter.setAttribute("aria-valuenow", String(Number(score.toFixed(4))));
      meter.setAttribute("aria-valuetext", text === "" ? "nothing drawn" : text);
      meter.style.setProperty("--fraction", String(score));
      row.classList.toggle("is-best", label === prediction?.digit);
      setText(value, text);
    });
    this.#keepInSight(prediction?.digit ?? -1);
  }

  /** The best of many is shown; who looks at others may, as long as it stays the best. @param {number} best */
  #keepInSight(best) {
    if (best === this.#best) return;
    this.#best = best;
    const { row } = this.#meters[best] ?? {};
    if (row === undefined || this.#meters.length <= MOST_IN_SIGHT) return;
    const { top, height } = this.#root.getBoundingClientRect();
    this.#root.scrollTop += row.getBoundingClientRect().top - top - height / 2;
  }
}
