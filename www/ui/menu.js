/**
 * A button that opens a menu: a popover of the browser's own, which the arrow keys walk through.
 * @typedef {{text: string, cannot: string | null, onChoose: () => void}} MenuItem `cannot`: why not, where it cannot be
 *   chosen
 */
import { make } from "./dom.js";

/** Between the button and its menu, and between the menu and the window's edge, in pixels. */
const GAP = 4;

export class Menu {
  #opener;
  #list;
  #shown = "";
  /** What it has when it opens: most menus never do. @type {MenuItem[]} */ #made = [];
  #whileOpen = new AbortController();

  /** @param {string} id that nothing else on the page has */
  constructor(id) {
    this.#list = make("div", { id, class: "menu", popover: "auto", role: "menu" });
    this.#opener = make(
      "button",
      { type: "button", class: "button quiet menu-opener", "aria-haspopup": "menu", popovertarget: id },
      make("span", { "aria-hidden": "true" }, "···"),
    );
    this.element = make("div", { class: "menu-anchor" }, this.#opener, this.#list);
    this.#list.addEventListener("beforetoggle", (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === "open") this.#fill();
    });
    this.#list.addEventListener("toggle", (event) => {
      const isOpen = /** @type {ToggleEvent} */ (event).newState === "open";
      this.#opener.setAttribute("aria-expanded", String(isOpen));
      this.#whileOpen.abort();
      if (isOpen) this.#open();
    });
    this.#list.addEventListener("keydown", (event) => this.#walk(event));
    this.#list.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.element.contains(relatedTarget)) this.#close();
    });
  }

  focus() {
    this.#opener.focus();
  }

  /**
   * @param {string} name
   * @param {MenuItem[]} items
   */
  update(name, items) {
    const shown = JSON.stringify([name, items]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    for (const element of [this.#opener, this.#list]) element.setAttribute("aria-label", name);
    this.#made = items;
    if (this.#list.matches(":popover-open")) this.#fill();
  }

  #fill() {
    this.#list.replaceChildren(...this.#made.map((item) => this.#make(item)));
  }

  /** @param {MenuItem} item */
  #make({ text, cannot, onChoose }) {
    const button = make("button", { type: "button", class: "menu-item", role: "menuitem", tabindex: "-1" }, text);
    if (cannot !== null) {
      button.setAttribute("aria-disabled", "true");
      button.append(make("span", { class: "small" }, cannot));
    }
    button.addEventListener("click", () => {
      if (cannot !== null) return;
      this.#close();
      onChoose();
    });
    return button;
  }

  #open() {
    this.#whileOpen = new AbortController();
    const { signal } = this.#whileOpen;
    // It stands where its button was.
    for (const type of ["resize", "scroll", "hashchange"])
      addEventListener(type, () => this.#close(), { capture: true, signal });
    const { right, bottom, top } = this.#opener.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.#list;
    const fitsBelow = bottom + GAP + offsetHeight + GAP <= innerHeight;
    const y = fitsBelow ? bottom + GAP : Math.max(GAP, top - GAP - offsetHeight);
    this.#list.style.setProperty("left", `${Math.max(GAP, right - offsetWidth)}px`);
    this.#list.style.setProperty("top", `${y}px`);
    this.#items()[0]?.focus();
  }

  #close() {
    if (this.#list.matches(":popover-open")) this.#list.hidePopover();
  }

  #items() {
    return /** @type {HTMLElement[]} */ ([...this.#list.querySelectorAll("[role=menuitem]")]);
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const items = this.#items();
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length)?.focus();
  }
}
