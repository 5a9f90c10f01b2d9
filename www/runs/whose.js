/**
 * Whose a score, a curve or an answer is. Beside settings that say something else it would be taken for theirs.
 *
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 *
 * @typedef {object} Whose
 * @property {string} name of the run; "" for an untrained network
 * @property {string} which run it is of those that may be called alike: what tells it from the settings; "" where they
 *   say the same
 * @property {string} settings what these are of then
 */
import { isEqual } from "../recipe/form.js";
import { networkInWords } from "../recipe/words.js";

/** Of a network in words; beyond it nobody reads them. */
const LONGEST = 32;

/** @type {Whose} An untrained network, and what the settings say. */
export const OWN = { name: "", which: "", settings: "" };

/**
 * @param {Run | null} run
 * @param {Recipe | null} settings as the fields hold them; null: something in them is no number
 * @param {boolean} areRefused whether the settings make no network
 * @returns {Whose}
 */
export function whoseIs(run, settings, areRefused) {
  if (run === null) return OWN;
  if (run.state === "ready") {
    const isOwn = settings !== null && !areRefused;
    return isOwn ? OWN : { ...OWN, settings: "the settings since then make no network" };
  }
  if (isMadeOf(run, settings)) return { ...OWN, name: run.name };
  return {
    name: run.name,
    which: `${briefly(run.recipe.layers)}, seed ${run.recipe.seed}`,
    settings: "the settings are for the next run",
  };
}

/** @param {Recipe["layers"]} layers */
function briefly(layers) {
  const words = networkInWords(layers);
  return words.length <= LONGEST ? words : `${layers.length} layers`;
}

/**
 * Whether the settings say what the run was made of. A blank seed says nothing else; a learning rate that was set by
 * hand is the run's, too.
 * @param {Run} run
 * @param {Recipe | null} settings
 */
function isMadeOf({ recipe, handSet }, settings) {
  if (settings === null) return false;
  const isOwnRate = settings.learningRate === handSet.at(-1)?.rate;
  const seed = settings.seed ?? recipe.seed;
  const learningRate = isOwnRate ? recipe.learningRate : settings.learningRate;
  return isEqual({ ...settings, seed, learningRate }, recipe);
}
