/**
 * The settings as text and back: what survives a reload in this tab alone. Somebody else may have written the text, so
 * nothing of it is trusted: what cannot be read is left out, and told.
 *
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 *
 * @typedef {object} Settings
 * @property {string} presetName the one that was chosen
 * @property {Recipe | null} presetRecipe that one's, for the data that there was
 * @property {Recipe | null} recipe as the fields held it
 * @property {number} nClasses that the layers were made for
 *
 * @typedef {{settings: Settings | null, complaint: string}} Read `settings` null: there are none; `complaint` "": all
 *   could be read
 */
import { fields, isCount, isObject, isRecipe, isText, orNull, recipeIn } from "./checks.js";

/** Of the text's form: what another version has written is not read. */
const VERSION = 2;

/** @param {Settings} settings */
export function written({ presetName, presetRecipe, recipe, nClasses }) {
  return JSON.stringify({ version: VERSION, settings: { presetName, presetRecipe, recipe, nClasses } });
}

/** @param {string | null} text null: nothing was kept @returns {Read} */
export function read(text) {
  if (text === null) return { settings: null, complaint: "" };
  const settings = settingsIn(parsed(text)?.["settings"]);
  const complaint = "The settings that were kept over the reload cannot be read: they begin anew.";
  return { settings, complaint: settings === null ? complaint : "" };
}

/** @param {string} text @returns {Record<string, unknown> | null} */
function parsed(text) {
  try {
    const kept = JSON.parse(text);
    return isObject(kept) && kept["version"] === VERSION ? kept : null;
  } catch {
    return null;
  }
}

/** @param {unknown} value @returns {Settings | null} */
function settingsIn(value) {
  if (!isSettings(value)) return null;
  const { presetName, nClasses, presetRecipe, recipe } = /** @type {Settings} */ (value);
  return { presetName, nClasses, presetRecipe: recipeIn(presetRecipe), recipe: recipeIn(recipe) };
}

const isSettings = fields({
  presetName: isText,
  presetRecipe: orNull(isRecipe),
  recipe: orNull(isRecipe),
  nClasses: isCount,
});
