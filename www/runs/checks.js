/**
 * Checks of values that somebody else may have written, small ones made into larger ones.
 * @typedef {(value: unknown) => boolean} Check
 */
import { asFieldsHold } from "../recipe/normal.js";

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @type {Check} */
export const isText = (value) => typeof value === "string";
/** @type {Check} */
export const isFlag = (value) => typeof value === "boolean";
/** @type {Check} */
export const isNumber = (value) => typeof value === "number";
/** @type {Check} */
export const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
/** @type {Check} */
export const isBytes = (value) => value instanceof Uint8Array;
/** @type {Check} A hash as 16 hexadecimal digits. */
export const isHash = (value) => typeof value === "string" && /^[0-9a-f]{16}$/.test(value);
/** @type {Check} */
export const isRecipe = (value) => recipeIn(value) !== null;
/** @type {(check: Check) => Check} */
export const orNull = (check) => (value) => value === null || check(value);
/** @type {(check: Check) => Check} */
export const listOf = (check) => (value) => Array.isArray(value) && value.every(check);
/** @type {(texts: readonly string[]) => Check} */
export const oneOf = (texts) => (value) => typeof value === "string" && texts.includes(value);
/** @type {(checks: Record<string, Check>) => Check} */
export const fields = (checks) => (value) =>
  isObject(value) && Object.entries(checks).every(([name, check]) => check(value[name]));

/** @param {any} value @returns {import("../protocol/requests.js").Recipe | null} null: it is none */
export function recipeIn(value) {
  try {
    return asFieldsHold(value);
  } catch {
    return null;
  }
}
