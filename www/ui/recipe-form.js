/**
 * From what fields hold to a recipe.
 * @typedef {import("../protocol.js").Recipe} Recipe
 * @typedef {Recipe["optimizer"]} Optimizer
 * @typedef {{field: string, message: string}} FieldError
 * @typedef {"epochs" | "batchSize" | "learningRate" | "seed" | "weightDecay" | "validationImages"} NumberField
 */

/**
 * What an optimizer is when the preset has another one; the trainer fills in the usual constants.
 * @type {Record<string, Optimizer>}
 */
const OPTIMIZERS = {
  sgd: { kind: "sgd" },
  momentum: { kind: "sgd", momentum: 0.9 },
  nesterov: { kind: "sgd", momentum: 0.9, nesterov: true },
  rmsprop: { kind: "rmsprop" },
  adam: { kind: "adam" },
  adamW: { kind: "adamW" },
  adadelta: { kind: "adadelta" },
};

/** @param {Optimizer} optimizer */
export function optimizerName(optimizer) {
  if (optimizer.kind !== "sgd" || !optimizer.momentum) return optimizer.kind;
  return optimizer.nesterov ? "nesterov" : "momentum";
}

/** @type {{[field in NumberField]: {name: string, isInteger: boolean, mayBeBlank?: boolean}}} */
const NUMBERS = {
  epochs: { name: "Epochs", isInteger: true },
  batchSize: { name: "Batch size", isInteger: true },
  learningRate: { name: "Learning rate", isInteger: false },
  seed: { name: "Seed", isInteger: true, mayBeBlank: true },
  weightDecay: { name: "Weight decay", isInteger: false },
  validationImages: { name: "Validation images", isInteger: true },
};

/**
 * @param {NumberField} field
 * @param {string} text
 * @returns {number | null | FieldError} null: left blank where it may be
 */
export function readNumber(field, text) {
  const { name, isInteger, mayBeBlank } = NUMBERS[field];
  if (text.trim() === "" && mayBeBlank) return null;
  const value = text.trim() === "" ? NaN : Number(text);
  // What the trainer counts with is 32 bits wide; what makes sense of that, it says itself.
  const isFine = isInteger ? Number.isInteger(value) && value >= 0 && value < 2 ** 32 : Number.isFinite(value);
  if (isFine) return value;
  return { field, message: `${name} must be ${isInteger ? "a whole number from 0 to 4,294,967,295" : "a number"}.` };
}

/**
 * @param {Recipe} base for what is not in the fields
 * @param {Record<string, string | boolean>} fields
 * @returns {{recipe: Recipe, errors: []} | {recipe: null, errors: FieldError[]}}
 */
export function readRecipe(base, { loss, optimizer, start, shuffle, ...texts }) {
  /** @type {Record<string, number | null>} */
  const numbers = {};
  /** @type {FieldError[]} */
  const errors = [];
  for (const [field, text] of Object.entries(texts)) {
    const value = readNumber(/** @type {NumberField} */ (field), String(text));
    if (typeof value === "object" && value !== null) errors.push(value);
    else numbers[field] = value;
  }
  if (errors.length > 0) return { recipe: null, errors };
  const isSame = optimizerName(base.optimizer) === optimizer;
  const recipe = {
    ...base,
    ...numbers,
    loss: base.loss.kind === loss ? base.loss : { kind: loss },
    optimizer: isSame ? base.optimizer : OPTIMIZERS[String(optimizer)],
    start,
    shuffle,
  };
  return { recipe: /** @type {Recipe} */ (recipe), errors: [] };
}
