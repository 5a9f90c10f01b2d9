/**
 * Whether a value that somebody else has written is a recipe: only fields that there are, each of its kind, and nothing
 * that JavaScript's objects inherit. Ranges, and whether it fits the data, are for the trainer to say after that.
 *
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("./schema.js").Setting} Setting
 * @typedef {(value: unknown, path: string) => void} Check throws what was expected and what was found
 */
import { AUGMENTATION, LAYERS, LOSSES, OPTIMIZERS, SCHEDULES, STARTS } from "./schema.js";

/** As many layers as the trainer takes. */
const MOST_LAYERS = 256;
const MOST_SHOWN = 60;

/** @param {unknown} value as an error quotes it */
export function shown(value) {
  if (Array.isArray(value)) return "a list";
  if (value === undefined) return "nothing";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "number" && !Number.isFinite(value)) return "a number beyond all bounds";
  const text = JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** @type {(expected: string, isFine: (value: unknown) => boolean) => Check} */
export const kindOfValue = (expected, isFine) => (value, path) => {
  if (!isFine(value)) throw new Error(`${path}: expected ${expected}, found ${shown(value)}`);
};

export const aNumber = kindOfValue("a number", (value) => Number.isFinite(value));
export const aCount = kindOfValue(
  "a whole number from 0 to 4,294,967,295",
  (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32,
);
export const aFlag = kindOfValue("true or false", (value) => typeof value === "boolean");

/** @param {readonly string[]} names @returns {Check} */
const oneOf = (names) =>
  kindOfValue(`one of ${names.join(", ")}`, (value) => typeof value === "string" && names.includes(value));

/** @param {Check} check @returns {Check} */
export const orNull = (check) => (value, path) => {
  if (value !== null) check(value, path);
};

/** @param {unknown} value @param {string} path @returns {Map<string, unknown>} its own fields, and no others */
function fieldsOf(value, path) {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return new Map(Object.entries(value));
  throw new Error(`${path || "this"}: expected an object, found ${shown(value)}`);
}

/**
 * @param {Record<string, Check>} needed
 * @param {Record<string, Check>} optional
 * @returns {Check}
 */
export function object(needed, optional = {}) {
  const checks = new Map([...Object.entries(needed), ...Object.entries(optional)]);
  return (value, path) => {
    const fields = fieldsOf(value, path);
    const at = (/** @type {string} */ name) => (path === "" ? name : `${path}.${name}`);
    for (const name of fields.keys()) {
      if (checks.has(name)) continue;
      const known = [...checks.keys()].join(", ");
      throw new Error(`${path || "this"}: expected no fields but ${known}, found ${shown(name)}`);
    }
    for (const name of Object.keys(needed)) {
      if (!fields.has(name)) throw new Error(`${at(name)}: expected a value, found none`);
    }
    for (const [name, each] of fields) checks.get(name)?.(each, at(name));
  };
}

/** @param {Setting[]} settings @returns {Record<string, Check>} */
function checksOf(settings) {
  const checks = settings.map(({ name, type, initial }) => {
    const check = type === "check" ? aFlag : type === "integer" ? aCount : aNumber;
    return [name, initial === null ? orNull(check) : check];
  });
  return Object.fromEntries(checks);
}

/** What is of one kind or another. @param {Map<string, Record<string, Check>>} kinds @returns {Check} */
function ofKinds(kinds) {
  const isKind = oneOf([...kinds.keys()]);
  return (value, path) => {
    const kind = fieldsOf(value, path).get("kind");
    isKind(kind, `${path}.kind`);
    object({ kind: isKind }, kinds.get(String(kind)))(value, path);
  };
}

/** @param {import("./schema.js").Kinds} kinds */
const byName = (kinds) => new Map(Object.entries(kinds).map(([name, { settings }]) => [name, checksOf(settings)]));

const optimizers = byName(OPTIMIZERS);
// In a recipe they are one kind.
for (const name of ["momentum", "nesterov"]) optimizers.delete(name);
optimizers.set("sgd", { momentum: aNumber, nesterov: aFlag });

const aLayer = ofKinds(byName(LAYERS));

/** @type {Check} */
function layers(value, path) {
  if (!Array.isArray(value)) throw new Error(`${path}: expected a list, found ${shown(value)}`);
  if (value.length > MOST_LAYERS) {
    throw new Error(`${path}: expected at most ${MOST_LAYERS} layers, found ${value.length}`);
  }
  value.forEach((layer, i) => {
    aLayer(layer, `${path}[${i}]`);
  });
}

/** @param {string} prefix of the amounts' paths */
const amounts = (prefix) =>
  Object.fromEntries(
    AUGMENTATION.filter(({ name }) => name.startsWith(prefix) && !name.slice(prefix.length).includes(".")).map(
      ({ name }) => [name.slice(prefix.length), aNumber],
    ),
  );

const isRecipe = object(
  {
    layers,
    start: oneOf(Object.keys(STARTS)),
    loss: ofKinds(byName(LOSSES)),
    optimizer: ofKinds(optimizers),
    learningRate: aNumber,
    batchSize: aCount,
    epochs: aCount,
    shuffle: aFlag,
  },
  {
    schedule: ofKinds(byName(SCHEDULES)),
    weightDecay: aNumber,
    l1: aNumber,
    clipNorm: orNull(aNumber),
    augmentation: object({}, { ...amounts("augmentation."), elastic: object({}, amounts("augmentation.elastic.")) }),
    validationImages: aCount,
    earlyStopping: orNull(object({ patience: aCount })),
    seed: orNull(aCount),
  },
);

/**
 * @param {unknown} value
 * @param {string} path of it, "" where it is the whole
 * @returns {Recipe} throws where it is none, with the path of the field
 */
export function strictRecipe(value, path) {
  isRecipe(value, path);
  return /** @type {Recipe} */ (value);
}
