/** One quantity's chart with its caption. */
import { find, make, setText } from "../../ui/dom.js";
import { percent, short } from "../../ui/format.js";
import { Chart } from "./chart.js";

/**
 * @typedef {"loss" | "accuracy"} Quantity
 * @typedef {"batch" | "epoch"} View
 */

/** @type {Record<View, {names: string[], lines: import("./chart.js").Line[], hint: string}>} */
const VIEWS = {
  batch: {
    names: ["batch", "smoothed"],
    lines: [
      { colour: "--series-raw", width: 1 },
      { colour: "--series-training", width: 2 },
    ],
    hint: "Press Train to start the curve.",
  },
  epoch: {
    names: ["training", "validation"],
    lines: [
      { colour: "--series-training", width: 2, hasPoints: true },
      { colour: "--series-validation", width: 2, hasPoints: true },
    ],
    hint: "Each epoch adds a point.",
  },
};

/** The caption says the values under the cursor, or else the latest ones. */
export class Figure {
  #chart;
  #values;
  #at;
  #hint;
  #onCursor;
  /** @type {View} */ #view = "batch";
  #isLog = false;
  /** @type {(number | null)[][]} */ #data = [];

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
  }

  /**
   * @param {View} view
   * @param {boolean} isLog
   * @param {(number | null)[][]} data
   */
  rebuild(view, isLog, data) {
    this.#view = view;
    this.#isLog = isLog;
    this.#data = this.#shown(data);
    const format = this.quantity === "loss" ? short : (/** @type {number} */ value) => percent(value, 0);
    const most = this.quantity === "accuracy" ? 1 : undefined;
    const { lines, hint } = VIEWS[view];
    const options = { lines, isLog, isByEpoch: view === "epoch", format, most, onCursor: this.#onCursor };
    this.#chart.set(options, this.#data);
    setText(this.#hint, hint);
    this.tell(null);
  }

  /**
   * @param {(number | null)[][]} data
   * @param {number | null} cursor
   */
  update(data, cursor) {
    this.#data = this.#shown(data);
    this.#chart.update(this.#data);
    this.tell(cursor);
  }

  /** @param {number | null} idx */
  tell(idx) {
    const [xs = [], ...lines] = this.#data;
    const at = idx ?? xs.length - 1;
    const x = xs[at];
    this.#hint.hidden = xs.length > 0;
    setText(
      this.#at,
      x === undefined || x === null ? "" : this.#view === "batch" ? `at epoch ${x.toFixed(2)}` : `epoch ${x}`,
    );
    const { names } = VIEWS[this.#view];
    const items = VIEWS[this.#view].lines.flatMap(({ colour }, i) => {
      const value = lines[i]?.[at];
      if (value === null || value === undefined) return [];
      const text = this.quantity === "loss" ? value.toPrecision(4) : percent(value);
      return [make("span", { class: `key ${colour.slice(2)}` }, `${names[i]} `, make("b", {}, text))];
    });
    this.#values.replaceChildren(...items);
  }

  /** A logarithmic scale has no place for 0. @param {(number | null)[][]} data */
  #shown(data) {
    if (!this.#isLog) return data;
    return data.map((line, i) => (i === 0 ? line : line.map((value) => (value !== null && value > 0 ? value : null))));
  }
}
