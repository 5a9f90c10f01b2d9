/** Images that one of two runs reads wrongly, each with its label and the answer: "3→5". */
import { make, setText } from "../../ui/dom.js";
import { count } from "../../ui/format.js";
import { paintPixels } from "../../ui/images.js";
import { misreadInWords } from "./image-words.js";

/** @typedef {import("../../protocol/requests.js").Samples} Samples */

export class MisreadStrip {
  #title;
  #name;
  #list;
  /** How to read a caption, by the first. */ #hint = make("span", { class: "small" });

  /**
   * @param {string} id that nothing else on the page has
   * @param {string} name
   * @param {"h3" | "h4"} heading
   */
  constructor(id, name, heading) {
    this.#name = name;
    this.#title = make(heading, { id, class: "misread-title" });
    this.#list = make("ul", { class: "misread", "aria-labelledby": id });
    this.element = make("div", {}, make("div", { class: "misread-head" }, this.#title, this.#hint), this.#list);
  }

  /** Has nothing to show yet. @param {number} n images that there are */
  begin(n) {
    setText(this.#title, `${this.#name}: ${count(n)}`);
    this.#list.replaceChildren();
    this.#hint.textContent = "";
    this.#list.hidden = n === 0;
  }

  /**
   * @param {readonly number[]} indices of the images in the test set
   * @param {Samples} samples the images themselves
   * @param {{rows: number, cols: number}} size
   * @param {Uint8Array | null} answers of the run that is wrong, for all test images
   * @param {"A" | "B"} wrong who that is
   */
  add(indices, { pixels, labels }, { rows, cols }, answers, wrong) {
    const items = Array.from(labels, (label, i) => {
      const answer = answers?.[indices[i] ?? 0] ?? 0;
      const name = `Test image ${count(indices[i] ?? 0)}: ${misreadInWords(label, answer, wrong)}`;
      const canvas = make("canvas", { role: "img", "aria-label": name, class: "pixels" });
      paintPixels(canvas, pixels.subarray(i * rows * cols, (i + 1) * rows * cols), rows, cols);
      const caption = make("span", { "aria-hidden": "true" }, make("b", {}, String(label)), `→${answer}`);
      return make("li", { title: name }, canvas, caption);
    });
    this.#list.append(...items);
    const [first] = labels;
    const answer = answers?.[indices[0] ?? 0];
    if (first === undefined || answer === undefined || this.#hint.textContent !== "") return;
    this.#hint.textContent = `${first}→${answer}: ${misreadInWords(first, answer, wrong)}`;
  }
}
