/** The recipe as a file: copied, saved, and opened from a file or from text. */
import { readJson, writeRecipe } from "../../recipe/json.js";
import { find, make, setText } from "../../ui/dom.js";

/** @typedef {import("../../protocol/requests.js").Recipe} Recipe */

const FILE_NAME = "hellonn-recipe.json";
const MAX_BYTES = 1e6;

export class RecipeFile {
  #dialog;
  #open;
  #files;
  #text;
  #error;
  #news;
  #getRecipe;
  #onOpen;

  /**
   * @param {HTMLElement} section with the buttons
   * @param {HTMLDialogElement} dialog
   * @param {object} events
   * @param {() => Recipe | null} events.getRecipe null: something in it is wrong, and said where
   * @param {(recipe: Recipe) => Promise<void>} events.onOpen throws what is wrong with it, and leaves all as it was
   */
  constructor(section, dialog, { getRecipe, onOpen }) {
    this.#dialog = dialog;
    this.#getRecipe = getRecipe;
    this.#onOpen = onOpen;
    this.#open = find(section, "[name=open-recipe]", HTMLButtonElement);
    this.#news = find(section, ".recipe-news", HTMLElement);
    this.#files = find(dialog, "#recipe-file", HTMLInputElement);
    this.#text = find(dialog, "#recipe-text", HTMLTextAreaElement);
    this.#error = find(dialog, ".field-error", HTMLElement);
    find(section, "[name=copy-recipe]", HTMLButtonElement).addEventListener("click", () => this.#copy());
    find(section, "[name=save-recipe]", HTMLButtonElement).addEventListener("click", () => this.#save());
    this.#open.addEventListener("click", () => this.#show("", ""));
    find(dialog, "[name=cancel]", HTMLButtonElement).addEventListener("click", () => dialog.close());
    find(dialog, "[name=use]", HTMLButtonElement).addEventListener("click", () => this.#use("The recipe"));
    this.#files.addEventListener("change", () => {
      this.#take(this.#files.files);
      // Choosing the same file again, once repaired, is a change too.
      this.#files.value = "";
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

  async #copy() {
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

  #save() {
    const recipe = this.#getRecipe();
    if (recipe === null) return this.#tell("Not saved");
    const url = URL.createObjectURL(new Blob([writeRecipe(recipe)], { type: "application/json" }));
    make("a", { href: url, download: FILE_NAME }).click();
    // The download has begun by then, and the text need not be kept for ever.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    this.#tell("Saved");
  }

  /** @param {FileList | null} files */
  async #take(files) {
    const file = files?.[0];
    if (file === undefined || this.#open.disabled) return;
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
      const { message, field } = /** @type {Error & {field?: string}} */ (error);
      this.#show(this.#text.value, field === undefined ? message : `${field}: ${message}`);
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
