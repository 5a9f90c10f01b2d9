/** Style sheets that come with what they are for: those that index.html names with `data-view`, joined by the build. */

/**
 * What comes without its looks is better than nothing.
 * @param {Document} document
 * @param {string} name as `data-view` says it
 * @returns {Promise<void>}
 */
export function fetchStyles(document, name) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = `${name}.css`;
  return new Promise((resolve) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => resolve());
    document.head.append(link);
  });
}
