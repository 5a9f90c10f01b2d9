/** For what is painted on canvases, which no style sheet reaches. */

/**
 * @param {string} name of a custom property of styles/tokens.css
 * @returns {string}
 */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** @param {() => void} listener called after the system changed between light and dark */
export function onThemeChange(listener) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => listener());
}
