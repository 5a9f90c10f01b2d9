/**
 * Which of the page's views the address shows. The address alone decides, so that links, back, forward and a reload
 * work.
 * @typedef {(typeof VIEWS)[number]} View
 */

import { find, focusOn, setText } from "../ui/dom.js";

export const VIEWS = /** @type {const} */ (["train", "runs", "inside", "learn"]);

/** @type {Record<View, string>} */
const TITLES = {
  train: "HelloNN: watch a neural network learn",
  runs: "Runs · HelloNN",
  inside: "Inside · HelloNN",
  learn: "Learn · HelloNN",
};

/** @param {string} hash of the address, such as "#runs" @returns {View} Train, where it names no view */
export function viewOf(hash) {
  const [named] = hash.split("?", 1);
  return VIEWS.find((view) => `#${view}` === named) ?? "train";
}

/** @param {string} hash such as "#train?recipe=1.abc" @returns {string | null} what a link shares; null: nothing */
export function codeIn(hash) {
  const at = hash.indexOf("?");
  if (at < 0 || viewOf(hash) !== "train") return null;
  return new URLSearchParams(hash.slice(at + 1)).get("recipe");
}

/** Shows one view, hides the others, and says which in the navigation and the title. */
export class Views {
  #links;
  #views;
  #skip;
  #document;

  /**
   * @param {Document} document
   * @param {{onSkip: () => void}} events `onSkip`: somebody wants to go to Train by keyboard, past all that precedes it
   */
  constructor(document, { onSkip }) {
    this.#document = document;
    this.#skip = find(document, ".skip", HTMLAnchorElement);
    this.#skip.addEventListener("click", (event) => {
      event.preventDefault();
      const view = this.#views.find(({ hidden }) => !hidden);
      if (view?.dataset["view"] === "train") onSkip();
      else focusOn(view);
    });
    this.#links = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("nav a[href^='#']"))];
    this.#views = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-view]"))];
  }

  /** @param {View} shown */
  update(shown) {
    for (const view of this.#views) view.hidden = view.dataset["view"] !== shown;
    for (const link of this.#links) {
      if (link.hash === `#${shown}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    this.#document.title = TITLES[shown];
    setText(this.#skip, shown === "train" ? "Skip to Train" : "Skip to the content");
  }
}
