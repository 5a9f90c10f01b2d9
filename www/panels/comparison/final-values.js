/** What the lines say, as a table for whoever hears the page. */
import { find, make, setText } from "../../ui/dom.js";
import { counted } from "../../ui/format.js";
import { valueInWords } from "./reading.js";

/** @typedef {import("./lines.js").Line} Line */

export class FinalValues {
  #rows;
  #text = "";

  /** @param {HTMLElement} section */
  constructor(section) {
    this.#rows = find(section, ".final-values tbody", HTMLTableSectionElement);
  }

  /** @param {readonly Line[]} accuracies @param {readonly Line[]} losses of the same groups */
  update(accuracies, losses) {
    const rows = accuracies.map((line, i) => [
      line.isPyTorchs ? `${line.title}, PyTorch` : line.title,
      String(line.nSeeds),
      line.isOfTraining ? "training images" : counted(line.nImages, "validation image"),
      withSpread(line, "accuracy"),
      line.kind,
      withSpread(losses[i] ?? line, "loss"),
    ]);
    const text = JSON.stringify(rows);
    if (text === this.#text) return;
    this.#text = text;
    this.#rows.replaceChildren(
      ...rows.map(([title = "", ...cells]) => {
        const row = make("tr", {}, make("th", { scope: "row" }, title));
        for (const cell of cells) setText(row.insertCell(), cell);
        return row;
      }),
    );
  }
}

/** @param {Line} line @param {import("./lines.js").Quantity} quantity */
function withSpread({ final, spread }, quantity) {
  const value = valueInWords(final, quantity);
  return spread === null ? value : `${value} ± ${valueInWords(spread, quantity)}`;
}
