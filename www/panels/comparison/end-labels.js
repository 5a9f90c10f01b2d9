/**
 * The labels at the lines' ends, which are the legend: a button a group, one stop of the keyboard for all of them.
 *
 * @typedef {import("./lines.js").Line} Line
 * @typedef {{onLight: (key: string | null) => void, onOpen: (key: string) => void}} LabelEvents
 *
 * @typedef {object} Label
 * @property {HTMLButtonElement} button
 * @property {HTMLElement} name
 * @property {HTMLElement} value
 * @property {HTMLElement} rest for whoever hears it
 * @property {number} mark
 */
import { make, setText } from "../../ui/dom.js";
import { markElement } from "../../ui/marks.js";
import { restInWords } from "./reading.js";

const STEPS = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 });

export class EndLabels {
  #box;
  #events;
  /** @type {Map<string, Label>} */ #labels = new Map();
  /** The keys from top to bottom. @type {string[]} */ #order = [];
  /** Where Tab comes in. @type {string | null} */ #stop = null;

  /** @param {HTMLElement} box @param {LabelEvents} events */
  constructor(box, events) {
    this.#box = box;
    this.#events = events;
    box.addEventListener("keydown", (event) => this.#walk(event));
  }

  /** How high each is, beside the plot; null: they lie below it, where the browser places them. */
  get height() {
    return getComputedStyle(this.#box).position === "absolute" ? 17 : null;
  }

  /** How much room they take at the right. */
  get gutter() {
    return this.height === null ? 0 : this.#box.offsetWidth;
  }

  /**
   * @param {readonly Line[]} lines
   * @param {ReadonlySet<string>} opened
   * @param {boolean} isMixed whether some are of the training images, and some are not
   */
  update(lines, opened, isMixed) {
    const keys = new Set(lines.map(({ key }) => key));
    for (const [key, { button }] of this.#labels) {
      if (keys.has(key)) continue;
      button.remove();
      this.#labels.delete(key);
    }
    for (const line of lines) this.#show(line, opened, isMixed);
    if (this.#stop === null || !keys.has(this.#stop)) this.#stop = lines[0]?.key ?? null;
    this.#setStops();
  }

  /** @param {Line} line @param {ReadonlySet<string>} opened @param {boolean} isMixed */
  #show(line, opened, isMixed) {
    const { button, name } = this.#labelOf(line);
    button.setAttribute("aria-pressed", String(opened.has(line.key)));
    button.title = line.nSeeds > 1 ? `${line.title}: press for its ${line.nSeeds} seeds` : line.title;
    setText(name, isMixed && line.isOfTraining ? `${line.name} †` : line.name);
    // In the order of their marks, so that nothing moves under a finger while a race goes on.
    this.#box.append(...(this.#box.contains(button) ? [] : [button]));
  }

  /** @param {Line} line */
  #labelOf({ key, mark }) {
    const present = this.#labels.get(key);
    if (present?.mark === mark) return present;
    present?.button.remove();
    const name = make("span", { class: "end-name" });
    const value = make("span", { class: "end-value" });
    const button = make("button", { type: "button", class: "end-label" });
    const rest = make("span", { class: "visually-hidden" });
    button.append(markElement(mark), name, " ", value, rest);
    button.addEventListener("click", () => this.#events.onOpen(key));
    for (const type of ["focus", "pointerenter"]) button.addEventListener(type, () => this.#events.onLight(key));
    for (const type of ["blur", "pointerleave"]) button.addEventListener(type, () => this.#events.onLight(null));
    const label = { button, name, value, rest, mark };
    this.#labels.set(key, label);
    return label;
  }

  /**
   * @param {readonly Line[]} lines
   * @param {(line: Line) => string} sayOf
   */
  tell(lines, sayOf) {
    for (const line of lines) {
      const label = this.#labels.get(line.key);
      if (label === undefined) continue;
      setText(label.value, sayOf(line));
      setText(label.rest, restInWords(line));
    }
  }

  /** @param {ReadonlyMap<string, number>} middles of each; for those that lie below, in their order */
  place(middles) {
    const { height } = this;
    for (const [key, { button }] of this.#labels) {
      const middle = middles.get(key);
      const isPlaced = height !== null && middle !== undefined;
      button.style.transform = isPlaced ? `translateY(${middle - height / 2}px)` : "";
    }
    this.#order = [...this.#labels.keys()].sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const at = this.#order.findIndex((key) => this.#labels.get(key)?.button === document.activeElement);
    const step = STEPS[event.key];
    const last = this.#order.length - 1;
    const to = event.key === "Home" ? 0 : event.key === "End" ? last : step === undefined ? null : at + step;
    if (at === -1 || to === null) return;
    event.preventDefault();
    this.#stop = this.#order[Math.max(0, Math.min(last, to))] ?? null;
    this.#setStops();
    this.#labels.get(this.#stop ?? "")?.button.focus();
  }

  #setStops() {
    for (const [key, { button }] of this.#labels) button.tabIndex = key === this.#stop ? 0 : -1;
  }
}
