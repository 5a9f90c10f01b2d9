/**
 * One field of a recipe over several values: a contestant for each.
 *
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("./race.js").Contestant} Contestant
 *
 * @typedef {object} Variable
 * @property {string} label
 * @property {string} usual values to try, as text
 * @property {(text: string) => Partial<Recipe> | null} read a value; null: it is none
 * @property {string} expected in words
 */

import { STARTS } from "../recipe/schema.js";
import { changesInWords } from "../recipe/words.js";

/** As the presets have it that learn with changed images. @type {Recipe["augmentation"]} */
const HANDWRITING = { shift: 1, rotation: 10, scale: 0.1, shear: 10, elastic: { strength: 1, smoothness: 4 } };

/** @type {Record<string, Variable>} */
export const VARIABLES = {
  none: { label: "nothing: as it is", usual: "", read: () => null, expected: "" },
  learningRate: {
    label: "learning rate",
    usual: "0.1, 0.03, 0.01",
    read: (text) => positive(text, (learningRate) => ({ learningRate })),
    expected: "numbers above 0, such as 0.1, 0.03, 0.01",
  },
  batchSize: {
    label: "batch size",
    usual: "1, 16, 64",
    read: (text) => positive(text, (batchSize) => (Number.isInteger(batchSize) ? { batchSize } : null)),
    expected: "whole numbers above 0, such as 1, 16, 64",
  },
  start: {
    label: "weights at the start",
    usual: "He normal, Xavier normal, LeCun normal, PyTorch’s default, N(0, 1), Zeros",
    read: (text) => {
      const found = Object.entries(STARTS).find(([, label]) => plain(label) === plain(text));
      return found === undefined ? null : { start: /** @type {Recipe["start"]} */ (found[0]) };
    },
    expected: `some of ${Object.values(STARTS).join(", ")}`,
  },
  augmentation: {
    label: "augmentation",
    usual: "without, with",
    read: (text) => {
      if (text === "without") return { augmentation: {} };
      return text === "with" ? { augmentation: HANDWRITING } : null;
    },
    expected: "without, with",
  },
};

/** "N(0, 1)" and the like hold a comma of their own. */
const BETWEEN = /,(?![^(]*\))/;

/**
 * @param {Contestant} contestant
 * @param {string} name of a variable
 * @param {string} text values, with commas between them
 * @returns {{contestants: Contestant[], refusal: string}} `refusal` "": every value could be read
 */
export function varied(contestant, name, text) {
  const variable = VARIABLES[name];
  if (variable === undefined || name === "none") return { contestants: [contestant], refusal: "" };
  const values = text.split(BETWEEN).map((value) => value.trim());
  const contestants = values.flatMap((value) => {
    const change = variable.read(value);
    if (change === null) return [];
    const recipe = { ...contestant.recipe, ...change };
    const own = changesInWords(recipe, contestant.recipe) || `${variable.label} ${value}`;
    return [{ ...contestant, recipe, changes: [contestant.changes, own].filter(Boolean).join(", ") }];
  });
  const wrong = values.find((value) => variable.read(value) === null);
  const refusal =
    wrong === undefined ? "" : `Expected ${variable.expected} for the ${variable.label}, found “${brief(wrong)}”.`;
  return { contestants: refusal === "" ? contestants : [], refusal };
}

/**
 * @param {string} text
 * @param {(value: number) => Partial<Recipe> | null} use
 */
function positive(text, use) {
  const value = text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) && value > 0 ? use(value) : null;
}

/** @param {string} text */
function plain(text) {
  return text.toLowerCase().replaceAll(/[\s’']/g, "");
}

/** @param {string} text */
function brief(text) {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
