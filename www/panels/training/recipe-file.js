/**
 * The recipe as a file: copied, saved, and opened from a file or from text.
 *
 * @typedef {import("../../protocol/requests.js").Recipe} Recipe
 * @typedef {import("./recipe-dialog.js").RecipeDialog} RecipeDialog
 *
 * @typedef {object} RecipeEvents
 * @property {() => Recipe | null} getRecipe null: something in it is wrong, and said where
 * @property {(recipe: Recipe) => Promise<void>} onOpen throws what is wrong with it, and leaves all as it was
 */
import { find } from "../../ui/dom.js";

export class RecipeFile {
  #dialog;
  #open;
  #fetch;
  /** @type {Promise<RecipeDialog> | null} */ #fetched = null;

  /**
   * @param {HTMLElement} section with the buttons
   * @param {HTMLDialogElement} dialog
   * @param {RecipeEvents} events
   */
  constructor(section, dialog, events) {
    this.#dialog = dialog;
    this.#fetch = async () => new (await import("./recipe-dialog.js")).RecipeDialog(section, dialog, events);
    const button = (/** @type {string} */ name) => find(section, `[name=${name}-recipe]`, HTMLButtonElement);
    this.#open = button("open");
    this.#open.addEventListener("click", () => this.#do((recipes) => recipes.open()));
    button("copy").addEventListener("click", () => this.#do((recipes) => recipes.copy()));
    button("save").addEventListener("click", () => this.#do((recipes) => recipes.save()));
    const files = find(dialog, "#recipe-file", HTMLInputElement);
    files.addEventListener("change", () => {
      this.#take(files.files);
      // Choosing the same file again, once repaired, is a change too.
      files.value = "";
    });
    for (const element of [section, dialog]) {
      element.addEventListener("drop", (event) => this.#take(event.dataTransfer?.files ?? null));
    }
  }

  /** @param {import("../../ui/controls.js").Controls} controls */
  update({ edit }) {
    this.#open.disabled = !edit;
    if (edit) this.#open.removeAttribute("aria-describedby");
    else this.#open.setAttribute("aria-describedby", "training-reason");
    if (!edit && this.#dialog.open) this.#dialog.close();
  }

  /** @param {FileList | null} files */
  #take(files) {
    const file = files?.[0];
    if (file !== undefined && !this.#open.disabled) this.#do((recipes) => recipes.take(file));
  }

  /** @param {(recipes: RecipeDialog) => unknown} what */
  async #do(what) {
    this.#fetched ??= this.#fetch();
    what(await this.#fetched);
  }
}
