/**
 * A figure's cursor, by pointer or by keyboard: a line from top to bottom, and a dot on each line where it is read. It
 * is a slider, so that whoever hears the page can go along the lines, too.
 *
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {{x: number, value: number, mark: number}} Dot
 */
import { make } from "../../ui/dom.js";
import { colourOf } from "../../ui/marks.js";
import { nearestStop } from "./frame.js";

/** How many stops the keys go. */
const STEPS = /** @type {Record<string, number>} */ ({
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: -Infinity,
  End: Infinity,
});

export class Cursor {
  #slider;
  #rule;
  /** @type {HTMLElement[]} */ #dots = [];
  /** @type {Frame | null} */ #frame = null;
  /** @type {readonly number[]} */ #stops = [];
  /** @type {number | null} */ #x = null;
  #onMove;

  /**
   * @param {HTMLElement} slider
   * @param {(x: number | null) => void} onMove null: it goes away
   */
  constructor(slider, onMove) {
    this.#slider = slider;
    this.#onMove = onMove;
    this.#rule = make("div", { class: "compared-rule" });
    this.#rule.hidden = true;
    slider.append(this.#rule);
    for (const type of /** @type {const} */ (["pointermove", "pointerdown"])) {
      slider.addEventListener(type, (event) => this.#follow(event));
    }
    slider.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && onMove(null));
    slider.addEventListener("blur", () => onMove(null));
    slider.addEventListener("keydown", (event) => this.#step(event));
  }

  /** @param {Frame} frame @param {readonly number[]} stops where it can stand, rising */
  update(frame, stops) {
    this.#frame = frame;
    this.#stops = stops;
    this.#slider.setAttribute("aria-valuemin", "1");
    this.#slider.setAttribute("aria-valuemax", String(Math.max(1, stops.length)));
  }

  /**
   * @param {number | null} x
   * @param {readonly Dot[]} dots
   * @param {string} words for whoever hears it
   */
  show(x, dots, words) {
    this.#x = x;
    const frame = this.#frame;
    const idx = x === null ? this.#stops.length - 1 : this.#stops.indexOf(x);
    this.#slider.setAttribute("aria-valuenow", String(Math.max(1, idx + 1)));
    this.#slider.setAttribute("aria-valuetext", words);
    this.#rule.hidden = x === null || frame === null;
    const shown = x === null || frame === null ? [] : dots;
    while (this.#dots.length < shown.length) this.#addDot();
    this.#dots.forEach((dot, i) => {
      const at = shown[i];
      dot.hidden = at === undefined;
      if (at === undefined || frame === null) return;
      dot.style.transform = `translate(${frame.toX(at.x)}px, ${frame.toY(at.value)}px)`;
      dot.style.setProperty("--mark", `var(${colourOf(at.mark)})`);
    });
    if (x === null || frame === null) return;
    const { top, bottom } = frame.plot;
    this.#rule.style.transform = `translate(${frame.toX(x)}px, ${top}px)`;
    this.#rule.style.height = `${bottom - top}px`;
  }

  #addDot() {
    const dot = make("div", { class: "compared-dot" });
    this.#slider.append(dot);
    this.#dots.push(dot);
  }

  /** @param {PointerEvent} event */
  #follow({ clientX }) {
    if (this.#frame === null || this.#stops.length === 0) return;
    const px = clientX - this.#slider.getBoundingClientRect().left;
    const idx = nearestStop(this.#frame, px, this.#stops);
    const x = idx === null ? null : (this.#stops[idx] ?? null);
    if (x !== this.#x) this.#onMove(x);
  }

  /** @param {KeyboardEvent} event */
  #step(event) {
    if (event.key === "Escape" && this.#x !== null) return this.#onMove(null);
    const step = STEPS[event.key];
    if (step === undefined || this.#stops.length === 0) return;
    event.preventDefault();
    const last = this.#stops.length - 1;
    const from = this.#x === null ? last : this.#stops.indexOf(this.#x);
    // Without a cursor the first key shows it where the lines end.
    const to = this.#x === null && step < 0 && Number.isFinite(step) ? last : from + step;
    this.#onMove(this.#stops[Math.max(0, Math.min(last, to))] ?? null);
  }
}
