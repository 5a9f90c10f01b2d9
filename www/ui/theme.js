/** For what is painted on canvases, which no style sheet reaches. */

/**
 * @param {string} name of a custom property of styles/tokens.css
 * @returns {string}
 */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Whether somebody has chosen a few colours for everything, so that colour tells nothing apart. */
export function isForcedColours() {
  return matchMedia("(forced-colors: active)").matches;
}

/** @param {() => void} listener called after the system changed its colours */
export function onThemeChange(listener) {
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", () => listener());
  }
}
