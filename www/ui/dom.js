/** The few things that every component does with the document. */

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`index.html has no ${type.name} at ${selector}`);
  return found;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * Leaves the document alone when the text is there already, so that live regions stay quiet.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Moves the keyboard to what is no stop of its own, such as a section. @param {HTMLElement | undefined} element */
export function focusOn(element) {
  if (element === undefined) return;
  element.tabIndex = -1;
  element.focus();
}

/**
 * As `setText`; a size, "28 × 28", is not broken at the end of a line.
 * @param {Element} element
 * @param {string} text
 */
export function setTextWithSizes(element, text) {
  if (element.textContent === text) return;
  const parts = text.split(/(\d[\d,]* × \d[\d,]*)/);
  element.replaceChildren(...parts.map((part, i) => (i % 2 === 1 ? make("span", { class: "unbroken" }, part) : part)));
}

/**
 * @param {HTMLElement} bar with role progressbar
 * @param {number | null} fraction null: under way, nobody knows how far
 * @param {string} text
 */
export function setProgress(bar, fraction, text) {
  if (fraction === null) bar.removeAttribute("aria-valuenow");
  else bar.setAttribute("aria-valuenow", String(Math.round(fraction * 100)));
  bar.setAttribute("aria-valuetext", text);
  bar.style.setProperty("--fraction", String(fraction ?? 1));
}
