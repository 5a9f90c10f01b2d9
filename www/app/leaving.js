/**
 * The page is left or loaded anew: the settings are kept, for this tab alone, and in mid-run the browser asks first.
 * @typedef {import("./state.js").Page} Page
 */
import { read, written } from "../runs/kept.js";
import { isUnderWay } from "../runs/race.js";
import { isMidRun } from "./state.js";

const KEY = "hellonn";

export class Leaving {
  #window;
  /** @type {Page | null} */ #page = null;
  /** The latest that the fields held; now something in them may be no number. @type {Page["recipe"]} */ #recipe = null;
  #asks = false;

  /**
   * @param {Window} window
   * @param {{onHidden: () => void}} events
   */
  constructor(window, { onHidden }) {
    this.#window = window;
    window.addEventListener("pagehide", () => {
      this.#keep();
      onHidden();
    });
    // A phone that takes a page's memory away says no more than this before.
    window.document.addEventListener("visibilitychange", () => {
      this.#keep();
      if (window.document.visibilityState === "hidden") onHidden();
    });
  }

  /** What was kept when this tab's page was left. */
  read() {
    try {
      return read(this.#window.sessionStorage.getItem(KEY));
    } catch {
      // Where the browser lets a page keep nothing, nothing was kept.
      return read(null);
    }
  }

  /** @param {Page} page */
  update(page) {
    this.#page = page;
    this.#recipe = page.recipe ?? this.#recipe;
    const asks = isMidRun(page) || isUnderWay(page.race);
    if (asks === this.#asks) return;
    this.#asks = asks;
    // Only while it has a reason: a page that listens is not kept ready for the way back.
    if (asks) this.#window.addEventListener("beforeunload", ask);
    else this.#window.removeEventListener("beforeunload", ask);
  }

  #keep() {
    if (this.#page === null || this.#page.presetRecipe === null) return;
    try {
      this.#window.sessionStorage.setItem(KEY, written({ ...this.#page, recipe: this.#recipe }));
    } catch {
      // The browser lets it keep nothing, or no more.
    }
  }
}

/** @param {BeforeUnloadEvent} event */
function ask(event) {
  event.preventDefault();
}
