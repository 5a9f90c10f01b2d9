/**
 * The views whose scripts come when they are looked at for the first time.
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./views.js").View} View
 */
import { fetchStyles } from "../ui/styles.js";

export class LaterViews {
  #document;
  #actions;
  /** @type {Set<View>} */ #asked = new Set();
  /** @type {((page: Page) => void)[]} */ #shown = [];

  /** @param {Document} document @param {import("./actions.js").Actions} actions */
  constructor(document, actions) {
    this.#document = document;
    this.#actions = actions;
  }

  /** @param {Page} page */
  update(page) {
    for (const show of this.#shown) show(page);
  }

  /** @param {View} view @param {() => Page} page as it is once the scripts are there */
  async fetch(view, page) {
    if (view !== "runs" || this.#asked.has(view)) return;
    this.#asked.add(view);
    const [{ makeRunsView }, racing] = await Promise.all([
      import("./runs-view.js"),
      this.#actions.runs.racing(),
      fetchStyles(this.#document, view),
    ]);
    const show = makeRunsView(this.#document, this.#actions, racing);
    this.#shown.push(show);
    show(page());
    this.#document.querySelector(`[data-view="${view}"]`)?.removeAttribute("aria-busy");
  }
}
