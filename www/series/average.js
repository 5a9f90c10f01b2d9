/**
 * An average that forgets exponentially, over a width rather than over a number of values: what lies a window back
 * weighs 1/e of what comes now. A plain value; its weight corrects for its start, so that the first average is the
 * first value.
 *
 * @typedef {{sum: number, weight: number}} Average
 */

/** @type {Average} */
export const NO_AVERAGE = { sum: 0, weight: 0 };

/** The least share of a window that a value counts for, so that one without a width counts at all. */
const LEAST_WIDTH = 1e-9;

/**
 * @param {Average} average
 * @param {number} value
 * @param {number} width that the value stands for
 * @param {number} window
 * @returns {Average}
 */
export function averaged({ sum, weight }, value, width, window) {
  const keep = Math.exp(-Math.max(width / window, LEAST_WIDTH));
  return { sum: sum * keep + value * (1 - keep), weight: weight * keep + (1 - keep) };
}

/** @param {Average} average with a value in it */
export function meanOf({ sum, weight }) {
  return sum / weight;
}
