/** The recipe as the layers and the fields hold it. */

/** @typedef {import("../protocol/requests.js").Recipe} Recipe */

export class RecipeEditor {
  #layers;
  #fields;

  /**
   * @param {import("../panels/network/layer-list.js").LayerList} layers
   * @param {import("../panels/training/recipe-fields.js").RecipeFields} fields
   */
  constructor(layers, fields) {
    this.#layers = layers;
    this.#fields = fields;
  }

  /** @returns {Recipe | null} null: something is no number */
  get recipe() {
    const { layers, errors } = this.#layers.read();
    return errors.length > 0 ? null : this.#fields.parse(layers).recipe;
  }

  /** As far as the fields hold one: `readRecipe` says what stands for what is no number. */
  get draft() {
    return this.#fields.parse(this.#layers.read().layers).draft;
  }

  /** @param {Recipe} recipe */
  set(recipe) {
    this.#layers.set(recipe.layers);
    this.#fields.set(recipe);
  }

  /** As `recipe`, and what is wrong with the fields is said at each. */
  read() {
    const { layers, errors } = this.#layers.read();
    const recipe = this.#fields.read(layers);
    return errors.length > 0 ? null : recipe;
  }

  /** Puts the focus where something is wrong. */
  focusError() {
    return this.#layers.focusError() || this.#fields.focusError();
  }
}
