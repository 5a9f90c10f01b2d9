/**
 * From what fields hold to a recipe and back. A field's name is its path in the recipe.
 *
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {keyof typeof CHOICES} Part
 * @typedef {import("./schema.js").Setting} Setting
 * @typedef {{field: string, message: string}} FieldError
 * @typedef {Record<string, string | boolean>} Texts what the fields hold, by path; a check box holds a boolean
 */
import { AUGMENTATION, CHOICES, PLAIN } from "./schema.js";

export const PARTS = /** @type {Part[]} */ (Object.keys(CHOICES));

/** What a number field says when it holds something that is none, which a browser keeps to itself. */
export const NO_NUMBER = "?";

/**
 * @param {Setting} setting
 * @param {string} text
 * @returns {{value: number | null} | {error: string}} null: left blank where it may be
 */
export function readNumber({ label, initial }, text) {
  if (text.trim() === "" && initial === null) return { value: null };
  const value = text.trim() === "" ? NaN : Number(text);
  // Which numbers make sense, the trainer says.
  return Number.isFinite(value) ? { value } : { error: `${label} must be a number.` };
}

/**
 * The settings of one kind of layer, loss, optimizer or schedule.
 * @param {Setting[]} settings
 * @param {Texts} texts
 * @param {string} prefix of their paths, with its dot
 * @returns {{values: Record<string, number | boolean | null>, errors: FieldError[]}}
 */
export function readSettings(settings, texts, prefix = "") {
  /** @type {Record<string, number | boolean | null>} */
  const values = {};
  /** @type {FieldError[]} */
  const errors = [];
  for (const setting of settings) {
    const field = prefix + setting.name;
    const text = texts[field] ?? textOf(setting.initial);
    if (typeof text === "boolean") values[setting.name] = text;
    else {
      const read = readNumber(setting, text);
      if ("error" in read) errors.push({ field, message: read.error });
      values[setting.name] = "error" in read ? (text.trim() === "" ? null : Number.NaN) : read.value;
    }
  }
  return { values, errors };
}

/**
 * @param {Recipe["layers"]} layers
 * @param {Texts} texts
 * @returns {{recipe: Recipe, draft: Recipe, errors: []} | {recipe: null, draft: Recipe, errors: FieldError[]}} in
 *   `draft`, what is no number is null or NaN, so that the trainer can say what is wrong with all the rest
 */
export function readRecipe(layers, texts) {
  const { values, errors } = readSettings([...PLAIN, ...AUGMENTATION], texts);
  const choice = (/** @type {Part} */ part) => {
    const name = String(texts[part]);
    const read = readSettings(settingsOf(part, name), texts, `${part}.`);
    errors.push(...read.errors);
    return { kind: name, ...read.values, ...kindOf(part, name)?.fixed };
  };
  const amount = (/** @type {string} */ name) => values[`augmentation.${name}`];
  const patience = values["earlyStopping.patience"];
  // In the order of the Rust type, so that equal recipes are equal texts.
  const fields = {
    layers,
    start: texts["start"],
    loss: choice("loss"),
    optimizer: choice("optimizer"),
    learningRate: values["learningRate"],
    schedule: choice("schedule"),
    weightDecay: values["weightDecay"],
    l1: values["l1"],
    clipNorm: values["clipNorm"],
    batchSize: values["batchSize"],
    epochs: values["epochs"],
    shuffle: values["shuffle"],
    augmentation: {
      shift: amount("shift"),
      rotation: amount("rotation"),
      scale: amount("scale"),
      shear: amount("shear"),
      elastic: { strength: amount("elastic.strength"), smoothness: amount("elastic.smoothness") },
      thickness: amount("thickness"),
      noise: amount("noise"),
    },
    validationImages: values["validationImages"],
    earlyStopping: patience === null ? null : { patience },
    seed: values["seed"],
  };
  const draft = /** @type {Recipe} */ (/** @type {unknown} */ (fields));
  return errors.length > 0 ? { recipe: null, draft, errors } : { recipe: draft, draft, errors: [] };
}

/**
 * What the fields show for a recipe; where it leaves something out, what that then is.
 * @param {Recipe} recipe
 * @returns {Texts}
 */
export function recipeTexts(recipe) {
  /** @type {Texts} */
  const texts = { start: recipe.start };
  for (const setting of [...PLAIN, ...AUGMENTATION]) texts[setting.name] = textAt(recipe, setting.name, setting);
  const parts = { loss: recipe.loss, optimizer: recipe.optimizer, schedule: recipe.schedule ?? { kind: "constant" } };
  for (const part of PARTS) {
    const name = part === "optimizer" ? optimizerName(recipe.optimizer) : parts[part].kind;
    texts[part] = name;
    for (const setting of settingsOf(part, name)) {
      texts[`${part}.${setting.name}`] = textAt(parts[part], setting.name, setting);
    }
  }
  return texts;
}

/**
 * @param {Part} part
 * @param {string} name of the kind that is chosen
 */
export function settingsOf(part, name) {
  return kindOf(part, name)?.settings ?? [];
}

/** @param {Part} part @param {string} name @returns {import("./schema.js").Kind | undefined} */
function kindOf(part, name) {
  /** @type {import("./schema.js").Kinds} */
  const kinds = CHOICES[part];
  return kinds[name];
}

/** @param {Recipe["optimizer"]} optimizer */
export function optimizerName(optimizer) {
  if (optimizer.kind !== "sgd") return optimizer.kind;
  return optimizer.nesterov ? "nesterov" : optimizer.momentum ? "momentum" : "sgd";
}

/**
 * @param {object} from
 * @param {string} path
 * @param {Setting} setting
 */
function textAt(from, path, { initial }) {
  /** @type {any} */
  let value = from;
  for (const name of path.split(".")) value = value?.[name];
  return textOf(value ?? initial);
}

/**
 * One preset's recipe instead of another's, with what was changed in it.
 * @param {Recipe} recipe
 * @param {Recipe} before
 * @param {Recipe} after
 * @returns {Recipe}
 */
export function withChanges(recipe, before, after) {
  const names = /** @type {(keyof Recipe)[]} */ (Object.keys(recipe));
  const changed = names.filter((name) => !isEqual(recipe[name], before[name]));
  return { ...after, ...Object.fromEntries(changed.map((name) => [name, recipe[name]])) };
}

/**
 * Whether two recipes, or parts of them, say the same, in whatever order their fields are. A field that is undefined is
 * none, as in JSON.
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean}
 */
export function isEqual(a, b) {
  if (!isObject(a) || !isObject(b)) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => isEqual(a[name], b[name]));
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === "object" && value !== null;
}

/** @param {number | boolean | null} value */
export function textOf(value) {
  return value === null ? "" : typeof value === "boolean" ? value : String(value);
}
