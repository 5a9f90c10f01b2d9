/** A field in the place of a name: Enter takes what it holds, Escape leaves the name as it was. */
import { make } from "../../ui/dom.js";

/** Longer names nobody reads. */
const MOST_CHARACTERS = 80;

export class NameField {
  #events;
  #isOver = false;

  /**
   * @param {string} name
   * @param {{onName: (name: string) => void, onOver: (isByKey: boolean) => void}} events
   */
  constructor(name, events) {
    this.#events = events;
    this.element = make("input", {
      type: "text",
      class: "name-field",
      "aria-label": "Name",
      maxlength: String(MOST_CHARACTERS),
    });
    this.element.value = name;
    this.element.addEventListener("keydown", (event) => {
      // The table's arrow keys are not meant here.
      event.stopPropagation();
      if (event.key === "Enter") this.#end(true, true);
      else if (event.key === "Escape") this.#end(false, true);
    });
    this.element.addEventListener("blur", () => this.#end(true, false));
  }

  focus() {
    this.element.focus();
    this.element.select();
  }

  /** @param {boolean} isTaken @param {boolean} isByKey */
  #end(isTaken, isByKey) {
    if (this.#isOver) return;
    this.#isOver = true;
    const name = this.element.value.trim();
    this.#events.onOver(isByKey);
    if (isTaken && name !== "") this.#events.onName(name);
  }
}
