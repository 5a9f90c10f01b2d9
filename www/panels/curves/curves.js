/** Curves: loss and accuracy as they come, by batch with a smoothed line over the raw one, or by epoch. */
import { OWN } from "../../runs/whose.js";
import { find } from "../../ui/dom.js";
import { showWhose } from "../../ui/whose.js";
import { Figure } from "./figure.js";
import { shownOf } from "./lines.js";

/**
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("./lines.js").ByWhat} ByWhat
 */

const REDRAW_MS = 100;

export class Curves {
  #figures;
  #whose;
  /** @type {Run | null} */ #run = null;
  /** @type {ByWhat} */ #byWhat = "batch";
  #isLog = false;
  #isDrawDue = false;
  #drawnAt = 0;
  /** @type {number | null} */ #cursor = null;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.#whose = find(section, ".whose", HTMLElement);
    this.#figures = [
      new Figure(find(section, "#loss-figure", HTMLElement), "loss", (idx) => this.#hover(idx)),
      new Figure(find(section, "#accuracy-figure", HTMLElement), "accuracy", (idx) => this.#hover(idx)),
    ];
    for (const radio of section.querySelectorAll("[name=view]")) {
      radio.addEventListener("change", () => {
        this.#byWhat = /** @type {ByWhat} */ (/** @type {HTMLInputElement} */ (radio).value);
        this.#rebuild();
      });
    }
    find(section, "[name=log]", HTMLInputElement).addEventListener("change", (event) => {
      this.#isLog = /** @type {HTMLInputElement} */ (event.currentTarget).checked;
      this.#rebuild();
    });
    this.#rebuild();
  }

  /** @param {Run | null} run whose curves are shown */
  update(run) {
    const before = this.#run;
    this.#run = run;
    if (before?.id !== run?.id) {
      this.#cursor = null;
      this.#rebuild();
    } else if (before?.curve !== run?.curve || before?.epochs !== run?.epochs) this.#schedule();
  }

  /** @param {import("../../runs/whose.js").Whose} whose */
  updateWhose(whose) {
    // An untrained network has no curves that could be another's.
    showWhose(this.#whose, whose.name === "" ? OWN : whose);
  }

  /** In a hidden tab no frame comes: the points gather, and one frame draws them all when it is shown again. */
  #schedule() {
    if (this.#isDrawDue) return;
    this.#isDrawDue = true;
    setTimeout(
      () =>
        requestAnimationFrame(() => {
          this.#isDrawDue = false;
          this.#drawnAt = performance.now();
          for (const figure of this.#figures) {
            figure.update(shownOf(this.#run, this.#byWhat, figure.quantity), this.#cursor);
          }
        }),
      Math.max(0, this.#drawnAt + REDRAW_MS - performance.now()),
    );
  }

  #rebuild() {
    for (const figure of this.#figures) {
      const isLog = this.#isLog && figure.quantity === "loss";
      figure.rebuild(this.#byWhat, isLog, shownOf(this.#run, this.#byWhat, figure.quantity));
    }
  }

  /** @param {number | null} idx */
  #hover(idx) {
    this.#cursor = idx;
    for (const figure of this.#figures) figure.tell(idx);
  }
}
