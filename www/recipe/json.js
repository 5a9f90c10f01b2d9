/**
 * A recipe as text that people read and other programs do.
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 */

/** Deeper than any recipe. */
const MOST_LEVELS = 8;

/** A setting a line, a layer a line. @param {Recipe} recipe */
export function writeRecipe(recipe) {
  const inline = (/** @type {unknown} */ value) => JSON.stringify(value, null, 1).replace(/\n */g, " ");
  const lines = Object.entries(recipe).map(([name, value]) => {
    const isList = Array.isArray(value) && value.length > 0;
    const text = isList ? `[\n${value.map((item) => `    ${inline(item)}`).join(",\n")}\n  ]` : inline(value);
    return `  "${name}": ${text}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

/**
 * Whether it is a recipe, and one that fits the data, is for the trainer to say.
 * @param {string} text
 * @returns {unknown}
 */
export function readJson(text) {
  if (text.trim() === "") throw new Error("expected a recipe as JSON, found nothing");
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`expected JSON; ${/** @type {Error} */ (error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const found = Array.isArray(value) ? "a list" : value === null ? "null" : `a ${typeof value}`;
    throw new Error(`expected a recipe, which is an object in braces, found ${found}`);
  }
  const place = tooDeep(value);
  if (place !== null) {
    throw new Error(`${place}: expected a recipe, which has at most ${MOST_LEVELS} levels, found more`);
  }
  return value;
}

/** Where it has more levels than a recipe: what walks it from itself would not come to its end. @param {object} root */
function tooDeep(root) {
  const waiting = [{ value: /** @type {unknown} */ (root), path: "", level: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path, level } = next;
    if (typeof value !== "object" || value === null) continue;
    if (level === MOST_LEVELS) return path;
    for (const [name, part] of Object.entries(value)) {
      const step = Array.isArray(value) ? `[${name}]` : `${path && "."}${name.slice(0, 40)}`;
      waiting.push({ value: part, path: path + step, level: level + 1 });
    }
  }
  return null;
}
