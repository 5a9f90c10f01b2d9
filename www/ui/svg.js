/** Drawings in the document that scale, and that a style sheet colours. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * As `make` does, for what is drawn.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes] numbers as exact as a screen needs them
 * @param {(Node | string)[]} children
 * @returns {SVGElement}
 */
export function makeSvg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, typeof value === "number" ? String(Number(value.toFixed(2))) : value);
  }
  element.append(...children);
  return /** @type {SVGElement} */ (element);
}
