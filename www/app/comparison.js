/**
 * Which groups of runs are compared, how they are marked, and which two of them a verdict is about. Pure functions,
 * from a page to the next.
 *
 * @typedef {import("./state.js").Page} Page
 *
 * @typedef {object} Comparison
 * @property {readonly (string | null)[]} shown keys of groups by their marks: each keeps its own while it is shown;
 *   null: that mark is free
 * @property {string | null} a key of a group
 * @property {string | null} b likewise
 */

/** So many can be told apart. */
export const N_MARKS = 8;

/** @type {Comparison} */
export const NOTHING_COMPARED = { shown: [], a: null, b: null };

/**
 * A group's mark, from 0.
 * @param {Comparison} comparison
 * @param {string} key
 * @returns {number | null} null: not shown
 */
export function markOf({ shown }, key) {
  const idx = shown.indexOf(key);
  return idx === -1 ? null : idx;
}

/**
 * @param {Page} page
 * @param {string} key of a group
 * @param {boolean} isShown
 * @returns {Page} the same where all marks are taken
 */
export function shown(page, key, isShown) {
  const { comparison } = page;
  const at = markOf(comparison, key);
  if (isShown === (at !== null)) return page;
  const free = isShown ? freeMark(comparison.shown) : at;
  if (free === null) return page;
  const marks = [...comparison.shown];
  marks[free] = isShown ? key : null;
  return { ...page, comparison: withPair({ ...comparison, shown: Array.from(marks, (mark) => mark ?? null) }) };
}

/** @param {readonly (string | null)[]} marks */
function freeMark(marks) {
  const free = marks.indexOf(null);
  if (free !== -1) return free;
  return marks.length < N_MARKS ? marks.length : null;
}

/**
 * What a race is about is shown, and nothing else.
 * @param {Page} page
 * @param {readonly string[]} keys
 * @returns {Page}
 */
export function onlyShown(page, keys) {
  const marks = keys.slice(0, N_MARKS);
  return { ...page, comparison: withPair({ ...page.comparison, shown: marks }) };
}

/** @param {Page} page @param {"a" | "b"} side @param {string} key @returns {Page} */
export function chosen(page, side, key) {
  const { comparison } = page;
  const other = side === "a" ? "b" : "a";
  // Choosing the other side's group swaps the two.
  const swapped = comparison[other] === key ? { [other]: comparison[side] } : {};
  return { ...page, comparison: { ...comparison, ...swapped, [side]: key } };
}

/**
 * A verdict is about two of those that are shown, if there are two.
 * @param {Comparison} comparison
 * @returns {Comparison}
 */
function withPair(comparison) {
  const keys = comparison.shown.filter((key) => key !== null);
  const a = comparison.a !== null && keys.includes(comparison.a) ? comparison.a : null;
  const b = comparison.b !== null && keys.includes(comparison.b) && comparison.b !== a ? comparison.b : null;
  const rest = keys.filter((key) => key !== a && key !== b);
  const first = a ?? rest.shift() ?? null;
  return { ...comparison, a: first, b: b ?? rest.shift() ?? null };
}
