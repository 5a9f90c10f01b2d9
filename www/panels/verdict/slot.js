/** A place whose content is made anew only when it would be another: what has the focus, or is read aloud, stays. */
export class Slot {
  #shown = "null";

  /** @param {HTMLElement} element hidden while there is nothing to show */
  constructor(element) {
    this.element = element;
    element.hidden = true;
  }

  /**
   * @param {unknown} what is shown, as plain data; null: nothing
   * @param {() => (Node | string)[]} make its content
   */
  show(what, make) {
    const shown = JSON.stringify(what);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.hidden = what === null;
    this.element.replaceChildren(...(what === null ? [] : make()));
  }
}
