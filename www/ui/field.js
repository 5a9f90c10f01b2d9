/** A setting as a field: its label, its control, and beneath them what is wrong with what it holds. */
import { NO_NUMBER } from "../recipe/form.js";
import { make } from "./dom.js";

/**
 * @typedef {import("../recipe/schema.js").Setting} Setting
 * @typedef {HTMLInputElement | HTMLSelectElement} Control
 */

/**
 * @param {Setting} setting
 * @param {object} field
 * @param {string} field.id
 * @param {string} field.name
 * @param {string | boolean} field.text
 */
export function makeField({ label, type, hint, least = 0 }, { id, name, text }) {
  const isWhole = type === "integer";
  const input = make("input", {
    id,
    name,
    ...(type === "check"
      ? { type: "checkbox" }
      : {
          type: "number",
          min: String(least),
          step: isWhole ? "1" : "any",
          inputmode: isWhole ? "numeric" : "decimal",
        }),
    ...(hint === undefined ? {} : { placeholder: hint }),
  });
  writeText(input, text);
  if (type === "number" && !BROWSER_TAKES_COMMAS) input.addEventListener("beforeinput", takeComma);
  if (type === "check") return make("div", { class: "field field-check" }, make("label", { for: id }, input, label));
  return make("div", { class: "field" }, make("label", { for: id }, label), input);
}

/** Whether a decimal comma is one for the browser's number fields: those go by its language, whatever the page's is. */
const BROWSER_TAKES_COMMAS = new Intl.NumberFormat()
  .formatToParts(0.5)
  .some(({ type, value }) => type === "decimal" && value === ",");

/** Elsewhere the comma of "0,01" would be dropped without a word, and 1 be left. @param {InputEvent} event */
function takeComma(event) {
  if (!event.data?.includes(",")) return;
  event.preventDefault();
  // There is no other way that keeps what undoing goes back to.
  document.execCommand("insertText", false, event.data.replace(",", "."));
}

/**
 * @param {import("../recipe/schema.js").List} list
 * @param {string} id
 */
export function makeList({ name, label, options }, id) {
  const items = Object.entries(options).map(([value, text]) => make("option", { value }, text));
  return make("div", { class: "field" }, make("label", { for: id }, label), make("select", { id, name }, ...items));
}

/** @param {Control} control */
export function readText(control) {
  if (control instanceof HTMLSelectElement) return control.value;
  if (control.type === "checkbox") return control.checked;
  return control.validity.badInput ? NO_NUMBER : control.value;
}

/**
 * @param {Control} control
 * @param {string | boolean} text
 */
export function writeText(control, text) {
  if (typeof text === "boolean") /** @type {HTMLInputElement} */ (control).checked = text;
  else control.value = text;
}

/** @param {ParentNode} root @returns {Control[]} */
export function controlsIn(root) {
  return [.../** @type {NodeListOf<Control>} */ (root.querySelectorAll("input[name], select[name]"))];
}

/**
 * The control for a path into a recipe: its own, or one within it, or the nearest around it.
 * @param {ParentNode} root
 * @param {string} path
 * @returns {Control | null}
 */
export function controlAt(root, path) {
  const controls = controlsIn(root);
  const within = controls.find(({ name }) => name === path) ?? controls.find(({ name }) => name.startsWith(`${path}.`));
  if (within !== undefined) return within;
  const parent = path.replace(/[.[][^.[]*$/, "");
  return parent === path ? null : controlAt(root, parent);
}

/**
 * @param {Control} control
 * @param {string} message
 */
export function showFieldError(control, message) {
  const field = control.closest(".field");
  field?.querySelector(".field-error")?.remove();
  field?.append(make("p", { class: "field-error", id: `${control.id}-error` }, message));
  control.setAttribute("aria-invalid", "true");
}

/** @param {ParentNode} root */
export function clearFieldErrors(root) {
  for (const error of root.querySelectorAll(".field > .field-error")) error.remove();
  for (const control of root.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
}

/**
 * Ties each control to what is written about it: its error, and why it is disabled.
 * @param {ParentNode} root
 * @param {string} reasonId
 */
export function describeControls(root, reasonId) {
  for (const control of controlsIn(root)) {
    const ids = [];
    if (control.matches(":disabled")) ids.push(reasonId);
    if (control.hasAttribute("aria-invalid")) ids.push(`${control.id}-error`);
    if (ids.length > 0) control.setAttribute("aria-describedby", ids.join(" "));
    else control.removeAttribute("aria-describedby");
  }
}
