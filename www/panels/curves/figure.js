/** One quantity's chart with its caption. */
import { find, make, setText } from "../../ui/dom.js";
import { percent, short } from "../../ui/format.js";
import { Chart } from "./chart.js";
import { aboveZero, captions, cutAbove, LOOKS, placeInWords, roofOf, shownOf } from "./lines.js";

/**
 * @typedef {import("./lines.js").ByWhat} ByWhat
 * @typedef {import("./lines.js").Quantity} Quantity
 * @typedef {import("./lines.js").Shown} Shown
 */

/** The caption says the values under the cursor, or else the latest ones. */
export class Figure {
  #chart;
  #values;
  #at;
  #hint;
  #above;
  #onCursor;
  /** @type {ByWhat} */ #byWhat = "batch";
  #isLog = false;
  /** @type {Shown} */ #shown = shownOf(null, "batch", "loss");

  /**
   * @param {HTMLElement} figure
   * @param {Quantity} quantity
   * @param {(idx: number | null) => void} onCursor
   */
  constructor(figure, quantity, onCursor) {
    this.quantity = quantity;
    this.#onCursor = onCursor;
    this.#chart = new Chart(find(figure, ".chart", HTMLElement));
    this.#values = find(figure, ".values", HTMLElement);
    this.#at = find(figure, ".at", HTMLElement);
    this.#hint = find(figure, ".chart-hint", HTMLElement);
    this.#above = find(figure, ".chart-above", HTMLElement);
  }

  /**
   * @param {ByWhat} byWhat
   * @param {boolean} isLog
   * @param {Shown} shown
   */
  rebuild(byWhat, isLog, shown) {
    this.#byWhat = byWhat;
    this.#isLog = isLog;
    const { lines, marks } = this.#take(shown);
    const format = this.quantity === "loss" ? short : (/** @type {number} */ value) => percent(value, 0);
    const most = this.quantity === "accuracy" ? 1 : undefined;
    const look = LOOKS[byWhat];
    const options = {
      lines: look.lines,
      isLog,
      isByEpoch: byWhat === "epoch",
      format,
      most,
      free: /** @type {"top" | "bottom"} */ (this.quantity === "loss" ? "top" : "bottom"),
      onCursor: this.#onCursor,
    };
    this.#chart.set(options, lines, marks);
    setText(this.#hint, shown.hint);
    this.tell(null);
  }

  /**
   * @param {Shown} shown
   * @param {number | null} cursor
   */
  update(shown, cursor) {
    const { lines, marks } = this.#take(shown);
    this.#chart.update(lines, marks);
    this.tell(cursor);
  }

  /** @param {number | null} idx */
  tell(idx) {
    const { lines, best, unit } = this.#shown;
    const xs = lines[0] ?? [];
    const at = idx ?? xs.length - 1;
    this.#hint.hidden = xs.length > 0;
    const place = placeInWords(this.#byWhat, xs[at], best);
    this.#at.replaceChildren(place && unit && `${unit} · `, make("span", {}, place));
    const items = captions(this.#byWhat, this.quantity, this.#shown, at).map(({ name, colour, text }) =>
      make("span", { class: `key ${colour.slice(2)}` }, `${name} `, make("b", {}, text)),
    );
    this.#values.replaceChildren(...items);
  }

  /** @param {Shown} shown @returns what the chart draws of it: where a loss ran away, not all */
  #take(shown) {
    this.#shown = this.#isLog ? { ...shown, lines: aboveZero(shown.lines) } : shown;
    const { lines, best } = this.#shown;
    const cut = this.quantity === "loss" && !this.#isLog ? roofOf(lines) : null;
    this.#above.hidden = cut === null;
    setText(this.#above, cut === null ? "" : `▲ up to ${short(cut.most)}, above the scale`);
    const roof = cut?.roof ?? null;
    return { lines: roof === null ? lines : cutAbove(lines, roof), marks: { best, roof } };
  }
}
