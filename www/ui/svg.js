/** Drawings in the document that scale. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * As `make` does, for what is drawn.
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {Element[]} children
 */
export function makeSvg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
