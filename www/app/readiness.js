/**
 * Whether there is a network to train, and if not, why: what says so in words, and what lets Train be pressed, must not
 * differ by a moment.
 * @typedef {import("./state.js").Page} Page
 */
import { refusalInWords } from "../recipe/words.js";

/** What is waited for: other data, or the first network for it. @param {Page} page */
export function awaited(page) {
  return page.loading ?? (isGettingReady(page) ? page.source : null);
}

/** Why the settings make no network of the data; "" where they do, or nobody knows yet. @param {Page} page */
export function misfitInWords(page) {
  const { data, current, recipe, refusal } = page;
  if (data === null || current !== null || awaited(page) !== null) return "";
  if (recipe === null || refusal === null) return "A setting is not filled in as it should be";
  return refusalInWords(refusal);
}

/** The data is there, and what the settings make of it has not been told. @param {Page} page */
function isGettingReady({ data, current, recipe, refusal }) {
  return data !== null && current === null && recipe !== null && refusal === null;
}
