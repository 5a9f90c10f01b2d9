/** What makes contestants: a recipe that is chosen, and one field of it that is varied. */
import { VARIABLES, varied } from "../../runs/variation.js";
import { find, make, setText } from "../../ui/dom.js";

/**
 * @typedef {import("../../runs/race.js").Contestant} Contestant
 * @typedef {import("../../runs/race.js").Rules} Rules
 *
 * @typedef {object} Choice a recipe that can take part
 * @property {string} title
 * @property {string} group of choices
 * @property {Contestant} contestant
 *
 * @typedef {object} BuilderEvents
 * @property {(contestants: Contestant[]) => void} onAdd
 * @property {(rules: Partial<Rules>) => void} onRules
 * @property {(refusal: string) => void} onRefuse
 */

const NONE = "";

export class Builder {
  #form;
  #recipe;
  #variable;
  #values;
  #seeds;
  #epochs;
  #label;
  #events;
  /** @type {readonly Choice[]} */ #choices = [];
  /** What was added last: the values are of it. @type {Contestant | null} */ #latest = null;
  #shown = "";
  #rules = "";
  /** Whether somebody goes through the recipes by keyboard. */ #isWalking = false;

  /** @param {HTMLFormElement} form @param {BuilderEvents} events */
  constructor(form, events) {
    this.#form = form;
    this.#events = events;
    this.#recipe = find(form, "[name=recipe]", HTMLSelectElement);
    this.#variable = find(form, "[name=variable]", HTMLSelectElement);
    this.#values = find(form, "[name=values]", HTMLInputElement);
    this.#seeds = find(form, "[name=seeds]", HTMLInputElement);
    this.#label = find(form, "[for=race-variable]", HTMLLabelElement);
    this.#epochs = find(form, "[name=epochs]", HTMLInputElement);
    const variables = Object.entries(VARIABLES).map(([value, { label }]) => make("option", { value }, label));
    this.#variable.replaceChildren(...variables);
    this.#recipe.addEventListener("change", () => {
      if (!this.#isWalking) this.#choose();
    });
    // Keys walk through a closed list, and change it at each step: what they come to is taken when they leave it.
    this.#recipe.addEventListener("keydown", ({ key }) => {
      this.#isWalking = key !== "Enter";
      if (key === "Enter") this.#choose();
    });
    this.#recipe.addEventListener("pointerdown", () => {
      this.#isWalking = false;
    });
    this.#recipe.addEventListener("blur", () => {
      if (this.#isWalking) this.#choose();
      this.#isWalking = false;
    });
    this.#variable.addEventListener("change", () => this.#showValues());
    this.#seeds.addEventListener("change", () => this.#readRules());
    this.#epochs.addEventListener("change", () => this.#readRules());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#addVariants();
    });
    this.#showValues();
  }

  /**
   * @param {readonly Choice[]} choices
   * @param {Rules} rules
   * @param {boolean} isHidden while a race is under way
   */
  update(choices, { nSeeds, epochs }, isHidden) {
    this.#form.hidden = isHidden;
    this.#choices = choices;
    const shown = JSON.stringify(choices.map(({ title, group }) => [title, group]));
    if (shown !== this.#shown) this.#listChoices();
    this.#shown = shown;
    // What somebody has typed that is no number stays, with what is wrong with it.
    const rules = `${nSeeds} ${epochs}`;
    if (rules === this.#rules) return;
    this.#rules = rules;
    this.#seeds.value = String(nSeeds);
    this.#epochs.value = epochs === null ? "" : String(epochs);
  }

  /** Reads what is still being typed; says what is wrong with it. @returns {boolean} whether nothing is */
  readRules() {
    return this.#readRules();
  }

  #listChoices() {
    const groups = [...new Set(this.#choices.map(({ group }) => group))].map((label) => {
      const options = this.#choices.flatMap((choice, i) =>
        choice.group === label ? [make("option", { value: String(i) }, choice.title)] : [],
      );
      return make("optgroup", { label }, ...options);
    });
    this.#recipe.replaceChildren(make("option", { value: NONE }, "Choose …"), ...groups);
  }

  #choose() {
    const choice = this.#choices[Number(this.#recipe.value)];
    if (this.#recipe.value === NONE || choice === undefined) return;
    this.#latest = choice.contestant;
    setText(this.#label, `Vary ${choice.title}`);
    // So that the same can be chosen again.
    this.#recipe.value = NONE;
    this.#events.onAdd([choice.contestant]);
  }

  #showValues() {
    const variable = VARIABLES[this.#variable.value];
    this.#values.value = variable?.usual ?? "";
    this.#values.disabled = this.#variable.value === "none";
    find(this.#form, "[name=add-variants]", HTMLButtonElement).disabled = this.#variable.value === "none";
  }

  #addVariants() {
    const chosen = this.#latest ?? this.#choices[0]?.contestant;
    if (chosen === undefined) return;
    const { contestants, refusal } = varied(chosen, this.#variable.value, this.#values.value);
    if (refusal === "") this.#events.onAdd(contestants);
    else this.#events.onRefuse(refusal);
  }

  #readRules() {
    const nSeeds = wholeIn(this.#seeds, 1, 100);
    const epochs =
      this.#epochs.value.trim() === "" && !this.#epochs.validity.badInput ? null : wholeIn(this.#epochs, 1, 100_000);
    if (nSeeds === undefined || epochs === undefined) {
      const [name, most] = nSeeds === undefined ? ["Seeds each", "100"] : ["Epochs each", "100,000"];
      this.#events.onRefuse(`${name} must be a whole number from 1 to ${most}.`);
      return false;
    }
    this.#events.onRules({ nSeeds, epochs });
    return true;
  }
}

/** @param {HTMLInputElement} input @param {number} least @param {number} most @returns {number | undefined} */
function wholeIn(input, least, most) {
  const value = input.value === "" ? Number.NaN : Number(input.value);
  const isFine = Number.isInteger(value) && value >= least && value <= most;
  input.setAttribute("aria-invalid", String(!isFine));
  return isFine ? value : undefined;
}
