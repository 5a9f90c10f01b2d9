/** Which two groups the verdict is about. */
import { make } from "../../ui/dom.js";
import { markElement } from "../../ui/marks.js";

/**
 * @typedef {object} Choice
 * @property {string} key of a group
 * @property {string} title
 * @property {number | null} mark null: it is not shown in the comparison
 *
 * @typedef {"a" | "b"} SideName
 * @typedef {{onChoose: (side: SideName, key: string) => void, onSwap: () => void}} PairEvents
 */

export class PairFields {
  /** @type {Record<SideName, {select: HTMLSelectElement, box: HTMLElement}>} */ #sides;
  #swap;
  #offered = "";

  /** @param {PairEvents} events */
  constructor({ onChoose, onSwap }) {
    this.#sides = { a: side("a", onChoose), b: side("b", onChoose) };
    const arrows = make("span", { "aria-hidden": "true" }, "⇄");
    this.#swap = make("button", { type: "button", class: "button swap", "aria-label": "Swap A and B" }, arrows);
    this.#swap.addEventListener("click", onSwap);
    const [a, b] = ["a", "b"].map((name) => {
      const { box } = this.#sides[/** @type {SideName} */ (name)];
      return make("div", { class: "field" }, make("label", { for: `verdict-${name}` }, name.toUpperCase()), box);
    });
    this.element = make("div", { class: "pair" }, a ?? "", this.#swap, b ?? "");
  }

  /**
   * @param {readonly Choice[]} choices
   * @param {string | null} a
   * @param {string | null} b
   */
  update(choices, a, b) {
    this.element.hidden = choices.length < 2;
    // A list that is open would close.
    const offered = JSON.stringify(choices);
    if (offered !== this.#offered) {
      this.#offered = offered;
      for (const { select } of Object.values(this.#sides)) select.replaceChildren(...options(choices));
    }
    for (const [name, key] of /** @type {[SideName, string | null][]} */ ([
      ["a", a],
      ["b", b],
    ])) {
      const { select, box } = this.#sides[name];
      const mark = choices.find((choice) => choice.key === key)?.mark ?? null;
      select.value = key ?? "";
      if (box.dataset["mark"] === String(mark)) continue;
      box.dataset["mark"] = String(mark);
      box.replaceChildren(markElement(mark), select);
    }
    this.#swap.disabled = a === null || b === null;
  }
}

/** @param {SideName} name @param {PairEvents["onChoose"]} onChoose */
function side(name, onChoose) {
  const select = make("select", { id: `verdict-${name}` });
  select.addEventListener("change", () => onChoose(name, select.value));
  return { select, box: make("div", { class: "choice" }, select) };
}

/** @param {readonly Choice[]} choices */
function options(choices) {
  const option = (/** @type {Choice} */ { key, title }) => make("option", { value: key }, title);
  const shown = choices.filter(({ mark }) => mark !== null).map(option);
  const others = choices.filter(({ mark }) => mark === null).map(option);
  const none = make("option", { value: "", disabled: "", hidden: "" }, "Choose");
  if (shown.length === 0) return [none, ...others];
  return [none, ...shown, ...(others.length === 0 ? [] : [make("optgroup", { label: "Not shown yet" }, ...others)])];
}
