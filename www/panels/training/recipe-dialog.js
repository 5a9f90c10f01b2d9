/** What is done with the recipe as a file: fetched once it is first asked for. */
import { readJson, writeRecipe } from "../../recipe/json.js";
import { find, make, setText } from "../../ui/dom.js";

/**
 * @typedef {import("../../protocol/requests.js").Recipe} Recipe
 * @typedef {{message: string, faults: {field?: string | undefined, message: string}[]}} TrainerError
 */

const FILE_NAME = "hellonn-recipe.json";
const MAX_BYTES = 1e6;

export class RecipeDialog {
  #dialog;
  #text;
  #error;
  #news;
  #getRecipe;
  #onOpen;

  /**
   * @param {HTMLElement} section with the buttons
   * @param {HTMLDialogElement} dialog
   * @param {import("./recipe-file.js").RecipeEvents} events
   */
  constructor(section, dialog, { getRecipe, onOpen }) {
    this.#dialog = dialog;
    this.#getRecipe = getRecipe;
    this.#onOpen = onOpen;
    this.#news = find(section, ".recipe-news", HTMLElement);
    this.#text = find(dialog, "#recipe-text", HTMLTextAreaElement);
    this.#error = find(dialog, ".field-error", HTMLElement);
    find(dialog, "[name=cancel]", HTMLButtonElement).addEventListener("click", () => dialog.close());
    find(dialog, "[name=use]", HTMLButtonElement).addEventListener("click", () => this.#use("The recipe"));
  }

  async copy() {
    const recipe = this.#getRecipe();
    if (recipe === null) return this.#tell("Not copied");
    try {
      await navigator.clipboard.writeText(writeRecipe(recipe));
      this.#tell("Copied");
    } catch {
      // Browsers refuse where the page is not served safely, and when the user says no.
      this.#tell("The browser does not let this page copy; Save recipe works");
    }
  }

  save() {
    const recipe = this.#getRecipe();
    if (recipe === null) return this.#tell("Not saved");
    const url = URL.createObjectURL(new Blob([writeRecipe(recipe)], { type: "application/json" }));
    make("a", { href: url, download: FILE_NAME }).click();
    // The download has begun by then, and the text need not be kept for ever.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    this.#tell("Saved");
  }

  open() {
    this.#show("", "");
  }

  /** @param {File} file */
  async take(file) {
    if (file.size > MAX_BYTES) return this.#show("", `${file.name}: expected a recipe of at most 1 MB`);
    try {
      this.#text.value = await file.text();
    } catch {
      // Browsers hand a folder over as if it were a file.
      return this.#show("", `${file.name} could not be read: expected a recipe, found a folder or a file that is gone`);
    }
    await this.#use(file.name);
  }

  /** @param {string} name what the text came from */
  async #use(name) {
    try {
      await this.#onOpen(/** @type {Recipe} */ (readJson(this.#text.value)));
      this.#dialog.close();
      this.#tell(`${name} is in use`);
    } catch (error) {
      const { message, faults = [{ message }] } = /** @type {Partial<TrainerError> & Error} */ (error);
      const inWords = faults.map(({ field, message }) => (field === undefined ? message : `${field}: ${message}`));
      this.#show(this.#text.value, inWords.join("\n"));
    }
  }

  /** @param {string} text @param {string} error */
  #show(text, error) {
    this.#text.value = text;
    this.#error.hidden = error === "";
    setText(this.#error, error);
    if (error === "") this.#text.removeAttribute("aria-invalid");
    else this.#text.setAttribute("aria-invalid", "true");
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  /** Until something is edited: then it is no longer true of what the fields hold. @param {string} news */
  #tell(news) {
    setText(this.#news, news);
    this.#news.ownerDocument.addEventListener("input", () => setText(this.#news, ""), { once: true });
  }
}
