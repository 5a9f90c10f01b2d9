/** A line that says whose something is. */
import { make } from "./dom.js";

/**
 * "Of Better answer 2 (128·64·10, seed 1), with the weights of this moment; the settings are for the next run."
 * @param {HTMLElement} line hidden where there is nothing to say
 * @param {import("../runs/whose.js").Whose} whose
 * @param {string} [how] what it is of that network, besides
 * @param {string} [what] it is, where that is not plain from its place
 */
export function showWhose(line, { name, which, settings }, how = "", what = "Of") {
  const rest = [which && ` (${which})`, how && `, ${how}`, settings && `; ${settings}`].filter(Boolean).join("");
  const text = name === "" ? settings && `Of an untrained network; ${settings}.` : `${what} ${name}${rest}.`;
  line.hidden = text === "";
  // As `setText` does: what says the same again stays.
  if (line.textContent === text) return;
  if (name === "") line.textContent = text;
  else line.replaceChildren(`${what} `, make("b", {}, name), `${rest}.`);
}
