/** Words as they stand in the document. */
import { make } from "../../ui/dom.js";

/**
 * @param {import("./words.js").Words} words
 * @param {{a: number | null, b: number | null}} marks of the two groups
 * @returns {(Node | string)[]}
 */
export function nodes(words, marks) {
  return words.map((part) => {
    if (typeof part === "string") return part;
    const { text, as } = part;
    if (as === "strong") return make("b", {}, text);
    if (as === "muted") return make("span", { class: "muted" }, text);
    const mark = marks[as];
    return make("span", { class: mark === null ? "named" : `named mark-${mark + 1}` }, text);
  });
}
