/**
 * Recipes in one form, so that they can be compared.
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 */
import { readRecipe, recipeTexts } from "./form.js";
import { draftsOf, readLayers } from "./layer-drafts.js";

/**
 * A recipe as the fields give it back: everything that may be left out is said.
 * @param {Recipe} recipe
 * @returns {Recipe | null} null: no fields could hold it
 */
export function asFieldsHold(recipe) {
  const { layers, errors } = readLayers(draftsOf(recipe.layers));
  return errors.length > 0 ? null : readRecipe(layers, recipeTexts(recipe)).recipe;
}
