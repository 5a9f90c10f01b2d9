/**
 * The settings of a run as fields, named by their paths in the recipe. Ranges are checked in one place, by the
 * trainer; here a field only has to hold a number.
 *
 * @typedef {import("../../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../../recipe/form.js").Part} Part
 */
import { PARTS, readNumber, readRecipe, recipeTexts, settingsOf, textOf } from "../../recipe/form.js";
import { AUGMENTATION, CHOICES, LISTS, PLAIN } from "../../recipe/schema.js";
import { amountsInWords, extrasInWords } from "../../recipe/words.js";
import { find, setText } from "../../ui/dom.js";
import {
  clearFieldErrors,
  controlAt,
  controlsIn,
  describeControls,
  makeField,
  makeList,
  readText,
  showFieldError,
  writeText,
} from "../../ui/field.js";
import { stepByRatio } from "./step-by-ratio.js";

/** Long enough to finish typing a number. */
const TYPING_MS = 250;

const LEARNING_RATE = /** @type {import("../../recipe/schema.js").Setting} */ (
  PLAIN.find(({ name }) => name === "learningRate")
);

export class RecipeFields {
  #form;
  #reason;
  #seedInUse;
  #onChange;
  #onLearningRate;
  #canEdit = true;
  /** What the run learns at. @type {number | null} */ #rateInUse = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #typing;

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
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (this.#form.querySelectorAll("[data-fields]"))) {
      place.append(...(place.dataset["fields"] ?? "").split(" ").flatMap(fieldsAt));
    }
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("input", ({ target }) => {
      const part = PARTS.find((part) => part === /** @type {HTMLSelectElement} */ (target).name);
      if (part !== undefined) this.#offer(part, {});
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
    const texts = recipeTexts(recipe);
    for (const control of controlsIn(this.#form)) {
      const text = texts[control.name];
      if (text !== undefined) writeText(control, text);
    }
    for (const part of PARTS) this.#offer(part, texts);
    this.clearErrors();
    this.#summarise(recipe);
  }

  /**
   * @param {Recipe["layers"]} layers that the fields go with
   * @returns {ReturnType<typeof readRecipe>}
   */
  parse(layers) {
    return readRecipe(layers, Object.fromEntries(controlsIn(this.#form).map((each) => [each.name, readText(each)])));
  }

  /**
   * As `parse`, and what is wrong is said at its field.
   * @param {Recipe["layers"]} layers
   */
  read(layers) {
    // What was being typed is read with it: what is said of it now must not be taken back.
    clearTimeout(this.#typing);
    const { recipe, errors } = this.parse(layers);
    this.clearErrors();
    for (const { field, message } of errors) this.showError(field, message);
    if (recipe !== null) this.#summarise(recipe);
    return recipe;
  }

  /** Puts the focus at the first field with an error; says whether there is one. */
  focusError() {
    const control = controlsIn(this.#form).find((each) => each.hasAttribute("aria-invalid"));
    control?.focus();
    return control !== undefined;
  }

  /**
   * @param {string} field a path into the recipe
   * @param {string} message
   * @returns {boolean} whether the field is one of these
   */
  showError(field, message) {
    const control = controlAt(this.#form, field);
    if (control === null) return false;
    showFieldError(control, message);
    const closed = control.closest("details");
    if (closed !== null) closed.open = true;
    this.#describe();
    return true;
  }

  clearErrors() {
    clearFieldErrors(this.#form);
    this.#describe();
  }

  /** @param {import("../../ui/controls.js").Controls} controls */
  update({ edit, learningRate, reason }) {
    if (edit && !this.#canEdit) this.#takeRateBack();
    this.#canEdit = edit;
    find(this.#seedInUse, "[name=keep-seed]", HTMLButtonElement).hidden = !edit;
    for (const control of controlsIn(this.#form)) {
      control.disabled = !(control.name === "learningRate" ? learningRate : edit);
    }
    setText(this.#reason, reason);
    this.#describe();
  }

  /** @param {number | null} rate that the run learns at */
  keepRate(rate) {
    this.#rateInUse = rate;
  }

  /** One that was refused in mid-run is not what the next run should be refused for. */
  #takeRateBack() {
    const rate = this.#number("learningRate");
    if (this.#rateInUse === null || !rate.hasAttribute("aria-invalid")) return;
    rate.value = String(this.#rateInUse);
    this.clearErrors();
  }

  /** @param {number | null} seed that the last run drew */
  showSeed(seed) {
    this.#seedInUse.hidden = seed === null || this.#number("seed").value === String(seed);
    setText(find(this.#seedInUse, "output", HTMLOutputElement), String(seed ?? ""));
  }

  #edited() {
    if (this.#canEdit) return this.#onChange();
    this.clearErrors();
    const read = readNumber(LEARNING_RATE, String(readText(this.#number("learningRate"))));
    if ("error" in read) this.showError("learningRate", read.error);
    else if (read.value !== null) this.#onLearningRate(read.value);
  }

  /**
   * Shows the settings of the kind that is chosen.
   * @param {Part} part
   * @param {import("../../recipe/form.js").Texts} texts those that are other than usual
   */
  #offer(part, texts) {
    const place = find(this.#form, `[data-part=${part}]`, HTMLElement);
    const { value: kind, disabled } = find(this.#form, `select[name=${part}]`, HTMLSelectElement);
    const fields = settingsOf(part, kind).map((setting) => {
      const name = `${part}.${setting.name}`;
      return makeField(setting, { id: idOf(name), name, text: texts[name] ?? textOf(setting.initial) });
    });
    place.replaceChildren(...fields);
    for (const control of controlsIn(place)) control.disabled = disabled;
    const heading = place.closest(".group")?.querySelector("[data-kind]");
    if (heading) {
      heading.textContent = /** @type {import("../../recipe/schema.js").Kinds} */ (CHOICES[part])[kind]?.label ?? "";
      heading.closest(".group")?.toggleAttribute("hidden", fields.length === 0);
    }
  }

  /** What is set where it cannot be seen. @param {Recipe} recipe */
  #summarise(recipe) {
    setText(find(this.#form, "#more-settings .summary-note", HTMLElement), extrasInWords(recipe));
    setText(find(this.#form, "#augmentation .summary-note", HTMLElement), amountsInWords(recipe));
  }

  #describe() {
    describeControls(this.#form, this.#reason.id);
  }

  /** @param {string} name */
  #number(name) {
    return find(this.#form, `[name=${name}]`, HTMLInputElement);
  }
}

/** What is to be set at a path into the recipe, or below it. @param {string} path */
function fieldsAt(path) {
  const isThere = (/** @type {{name: string}} */ { name }) => name === path || name.startsWith(`${path}.`);
  return [
    ...LISTS.filter(isThere).map((list) => makeList(list, idOf(list.name))),
    ...[...PLAIN, ...AUGMENTATION].filter(isThere).map((setting) => {
      const { name, initial } = setting;
      return makeField(setting, { id: idOf(name), name, text: textOf(initial) });
    }),
  ];
}

/** "early-stopping-patience" of "earlyStopping.patience". @param {string} path */
function idOf(path) {
  return path.replaceAll(".", "-").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
