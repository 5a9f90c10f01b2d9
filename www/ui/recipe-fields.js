/**
 * The settings of a run as fields. What they do not show (the layers, an optimizer's constants) comes from the recipe
 * last set. Ranges are checked in one place, by the trainer; here a field only has to hold a number.
 *
 * @typedef {import("../protocol.js").Recipe} Recipe
 */
import { find, make, setText } from "./dom.js";
import { readNumber, readRecipe, optimizerName } from "./recipe-form.js";

const NUMBERS = /** @type {const} */ (["epochs", "batchSize", "learningRate", "seed", "weightDecay", "validationImages"]);
const CHOICES = /** @type {const} */ (["loss", "optimizer", "start"]);

/** Long enough to finish typing a number. */
const TYPING_MS = 250;

export class RecipeFields {
  #form;
  #reason;
  #seedInUse;
  #onChange;
  #onLearningRate;
  /** @type {Recipe | null} */ #base = null;
  #canEdit = true;
  #typing = 0;

  /**
   * @param {HTMLElement} section
   * @param {{onChange: () => void, onLearningRate: (rate: number) => void}} events
   *   `onLearningRate` instead of `onChange` while nothing else can be edited
   */
  constructor(section, { onChange, onLearningRate }) {
    this.#form = find(section, "form", HTMLFormElement);
    this.#reason = find(section, ".reason", HTMLElement);
    this.#seedInUse = find(section, ".seed-in-use", HTMLElement);
    this.#onChange = onChange;
    this.#onLearningRate = onLearningRate;
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#edited(), TYPING_MS);
    });
    this.#number("learningRate").addEventListener("keydown", stepByRatio);
    find(section, "[name=keep-seed]", HTMLButtonElement).addEventListener("click", () => {
      this.#number("seed").value = find(this.#seedInUse, "output", HTMLOutputElement).value;
      this.#number("seed").focus();
      onChange();
    });
  }

  /** @param {Recipe} recipe */
  set(recipe) {
    clearTimeout(this.#typing);
    this.#base = recipe;
    for (const name of NUMBERS) this.#number(name).value = tidy(recipe[name]);
    this.#choice("loss").value = recipe.loss.kind;
    this.#choice("optimizer").value = optimizerName(recipe.optimizer);
    this.#choice("start").value = recipe.start;
    this.#shuffle.checked = recipe.shuffle;
    this.clearErrors();
  }

  /** @returns {Recipe | null} null: a field holds no number */
  get recipe() {
    return this.#parse().recipe;
  }

  /** As `recipe`, and what is wrong is said at its field, which gets the focus if `focus` is true. */
  read(focus = false) {
    const { recipe, errors } = this.#parse();
    this.clearErrors();
    for (const { field, message } of errors) this.showError(field, message);
    if (focus && errors[0]) this.#control(errors[0].field)?.focus();
    return recipe;
  }

  /**
   * @param {string} field a path into the recipe
   * @param {string} message
   * @returns {boolean} whether the field is one of these
   */
  showError(field, message) {
    const control = this.#control(field.replace(/[.[].*/, ""));
    if (control === null) return false;
    const error = make("p", { class: "field-error", id: `${control.id}-error` }, message);
    control.closest(".field")?.append(error);
    control.setAttribute("aria-invalid", "true");
    this.#describe();
    return true;
  }

  clearErrors() {
    for (const error of this.#form.querySelectorAll(".field-error")) error.remove();
    for (const control of this.#form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
    this.#describe();
  }

  /** @param {import("./controls.js").Controls} controls */
  update({ edit, learningRate, reason }) {
    this.#canEdit = edit;
    find(this.#seedInUse, "[name=keep-seed]", HTMLButtonElement).hidden = !edit;
    for (const name of [...NUMBERS, ...CHOICES]) {
      const control = this.#control(name);
      if (control !== null) control.disabled = !(name === "learningRate" ? learningRate : edit);
    }
    this.#shuffle.disabled = !edit;
    setText(this.#reason, reason);
    this.#describe();
  }

  /** @param {number | null} seed that the last run drew */
  showSeed(seed) {
    this.#seedInUse.hidden = seed === null || this.#number("seed").value === String(seed);
    setText(find(this.#seedInUse, "output", HTMLOutputElement), String(seed ?? ""));
  }

  #parse() {
    if (this.#base === null) return { recipe: null, errors: [] };
    const texts = Object.fromEntries(NUMBERS.map((name) => [name, this.#number(name).value]));
    const choices = Object.fromEntries(CHOICES.map((name) => [name, this.#choice(name).value]));
    return readRecipe(this.#base, { ...texts, ...choices, shuffle: this.#shuffle.checked });
  }

  #edited() {
    if (this.#canEdit) return this.#onChange();
    this.clearErrors();
    const rate = readNumber("learningRate", this.#number("learningRate").value);
    if (typeof rate === "number") this.#onLearningRate(rate);
    else if (rate !== null) this.showError(rate.field, rate.message);
  }

  /** Ties each field to what is written about it: its error, and why it is disabled. */
  #describe() {
    for (const control of this.#form.querySelectorAll("input, select")) {
      const ids = [];
      if (control.matches(":disabled")) ids.push(this.#reason.id);
      if (control.hasAttribute("aria-invalid")) ids.push(`${control.id}-error`);
      if (ids.length > 0) control.setAttribute("aria-describedby", ids.join(" "));
      else control.removeAttribute("aria-describedby");
    }
  }

  /** @param {string} name @returns {HTMLInputElement | HTMLSelectElement | null} */
  #control(name) {
    return this.#form.querySelector(`input[name="${name}"], select[name="${name}"]`);
  }

  /** @param {string} name */
  #number(name) {
    return find(this.#form, `[name=${name}]`, HTMLInputElement);
  }

  /** @param {string} name */
  #choice(name) {
    return find(this.#form, `[name=${name}]`, HTMLSelectElement);
  }

  get #shuffle() {
    return find(this.#form, "[name=shuffle]", HTMLInputElement);
  }
}

/**
 * The trainer counts in 32 bits, whose 0.001 is 0.0010000000474974513 in 64.
 * @param {number | null | undefined} value
 */
function tidy(value) {
  if (value === null || value === undefined) return "";
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(7)));
}

/**
 * Arrow keys walk 1, 2, 5, 10: a step of a fixed size is no use between 0.0001 and 1.
 * @param {KeyboardEvent} event
 */
function stepByRatio(event) {
  const input = event.currentTarget;
  if (!(input instanceof HTMLInputElement) || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  const rate = Number(input.value);
  if (!(rate > 0)) return;
  const power = 10 ** Math.floor(Math.log10(rate) + 1e-9);
  const ladder = [0.5, 1, 2, 5, 10].map((step) => Number((step * power).toPrecision(1)));
  ladder.unshift(Number((0.2 * power).toPrecision(1)));
  const next = event.key === "ArrowUp" ? ladder.find((step) => step > rate * 1.001) : ladder.findLast((step) => step < rate * 0.999);
  if (next === undefined) return;
  input.value = String(next);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
