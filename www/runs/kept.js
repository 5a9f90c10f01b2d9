/**
 * What survives a reload of the page, as text and back: the settings, and the runs with their results but without
 * weights and curves. Somebody else may have written the text, so nothing of it is trusted: what cannot be read is left
 * out, and told.
 *
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("./run.js").Run} Run
 *
 * @typedef {object} Settings
 * @property {string} presetName the one that was chosen
 * @property {Recipe | null} presetRecipe that one's, for the data that there was
 * @property {Recipe | null} recipe as the fields held it
 * @property {number} nClasses that the layers were made for
 *
 * @typedef {{settings: Settings | null, runs: Run[], complaint: string}} Read `settings` null: there are none;
 *   `complaint` "": all could be read
 */
import { asFieldsHold } from "../recipe/normal.js";
import { EMPTY_CURVE } from "../series/curve.js";
import { isUnderWay, lastingEpoch } from "./run.js";

/** Of the text's form: what another version has written is not read. */
const VERSION = 1;

/** Numbers that JSON has no words for, and a network that ran away has. */
const BEYOND_JSON = ["NaN", "Infinity", "-Infinity"];

/** @param {Settings} settings @param {readonly Run[]} runs */
export function written({ presetName, presetRecipe, recipe, nClasses }, runs) {
  const kept = { version: VERSION, settings: { presetName, presetRecipe, recipe, nClasses }, runs: runs.map(reduced) };
  return JSON.stringify(kept, (_, value) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
}

/** What stands in the list of runs, and no more. @param {Run} run */
function reduced(run) {
  const { curve: _curve, checkpoint: _checkpoint, progress: _progress, testing: _testing, ...kept } = run;
  const epochs = new Set([lastingEpoch(run), run.epochs.at(-1)].filter((epoch) => epoch != null));
  return { ...kept, state: isUnderWay(run) ? "stopped" : run.state, epochs: [...epochs] };
}

/** @param {string | null} text null: nothing was kept @returns {Read} */
export function read(text) {
  if (text === null) return { settings: null, runs: [], complaint: "" };
  const kept = parsed(text);
  if (kept === null) {
    return {
      settings: null,
      runs: [],
      complaint: "What was kept over the reload cannot be read: the page begins anew.",
    };
  }
  const settings = settingsIn(kept["settings"]);
  const runs = Array.isArray(kept["runs"]) ? kept["runs"] : [];
  const readable = runs.filter(isReducedRun).map(restored);
  const nLost = runs.length - readable.length;
  const complaints = [
    settings === null ? "The settings that were kept over the reload cannot be read: they begin anew." : "",
    nLost === 0 ? "" : `${nLost} of ${runs.length} runs that were kept over the reload cannot be read.`,
  ];
  return { settings, runs: readable, complaint: complaints.filter(Boolean).join(" ") };
}

/** @param {string} text @returns {Record<string, unknown> | null} */
function parsed(text) {
  try {
    const kept = JSON.parse(text, (_, value) => (BEYOND_JSON.includes(value) ? Number(value) : value));
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

/** @param {any} value @returns {Recipe | null} */
function recipeIn(value) {
  try {
    return asFieldsHold(value);
  } catch {
    return null;
  }
}

/** @param {any} run of which all is checked @returns {Run} */
function restored(run) {
  return { ...run, curve: EMPTY_CURVE, checkpoint: null, progress: null, testing: null, isRestored: true };
}

/** @typedef {(value: unknown) => boolean} Check */

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @type {Check} */
const isText = (value) => typeof value === "string";
/** @type {Check} */
const isNumber = (value) => typeof value === "number";
/** @type {Check} */
const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
/** @type {Check} */
const isRecipe = (value) => recipeIn(value) !== null;
/** @type {(check: Check) => Check} */
const orNull = (check) => (value) => value === null || check(value);
/** @type {(check: Check) => Check} */
const listOf = (check) => (value) => Array.isArray(value) && value.every(check);
/** @type {(checks: Record<string, Check>) => Check} */
const fields = (checks) => (value) =>
  isObject(value) && Object.entries(checks).every(([name, check]) => check(value[name]));

const isSettings = fields({
  presetName: isText,
  presetRecipe: orNull(isRecipe),
  recipe: orNull(isRecipe),
  nClasses: isCount,
});

const isReducedRun = fields({
  id: isText,
  name: isText,
  basis: isText,
  changes: isText,
  recipe: isRecipe,
  network: fields({ inputShape: listOf(isCount), layers: Array.isArray, nParameters: isCount }),
  nTraining: isCount,
  nValidation: isCount,
  fingerprint: isText,
  state: (value) => ["finished", "stopped", "diverged"].includes(String(value)),
  epochs: listOf(
    fields({
      epoch: isCount,
      trainingLoss: isNumber,
      trainingAccuracy: isNumber,
      validationLoss: orNull(isNumber),
      validationAccuracy: orNull(isNumber),
      seconds: isNumber,
      bestEpoch: orNull(isCount),
    }),
  ),
  seconds: isNumber,
  secondsToGoal: orNull(isNumber),
  handSet: listOf(fields({ epoch: isCount, rate: isNumber })),
  test: orNull(fields({ loss: isNumber, nCorrect: isCount, nImages: isCount, nTotal: isCount, atEpoch: isNumber })),
  checksum: orNull(isText),
});
