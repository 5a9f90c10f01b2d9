/** Image by image: what only one of two runs reads. */
import { make } from "../../ui/dom.js";
import { count } from "../../ui/format.js";
import { openAll } from "./all-misread.js";
import { imagesInWords } from "./image-words.js";
import { MisreadStrip } from "./misread-strip.js";
import { nodes } from "./nodes.js";

/**
 * @typedef {import("../../protocol/requests.js").AnswersCompared} AnswersCompared
 * @typedef {import("../../protocol/requests.js").Samples} Samples
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("./pair.js").SideName} SideName
 *
 * @typedef {object} ImagesShown
 * @property {readonly Run[]} runsA that answered the test images
 * @property {readonly Run[]} runsB
 * @property {Run} a the chosen one
 * @property {Run} b
 * @property {AnswersCompared} compared
 * @property {{rows: number, cols: number}} size
 *
 * @typedef {object} ImagesEvents
 * @property {(side: SideName, id: string) => void} onSeed
 * @property {(indices: readonly number[]) => Promise<Samples | null>} imagesAt of the test set
 */

/** In a row of the panel, where it is as narrow as on a laptop. */
const N_FIRST = 9;

export class ImagesPart {
  #events;
  /** @type {Record<SideName, HTMLSelectElement>} */ #selects;
  #words = make("p", { class: "small" });
  /** @type {{onlyA: MisreadStrip, onlyB: MisreadStrip}} */ #strips;
  #all = make("button", { type: "button", class: "link" });
  #dialog = make("dialog", { class: "all-images" });
  #shown = "";
  /** @type {ImagesShown | null} */ #update = null;

  /** @param {ImagesEvents} events */
  constructor(events) {
    this.#events = events;
    this.#selects = { a: this.#chooser("a"), b: this.#chooser("b") };
    this.#strips = {
      onlyA: new MisreadStrip("only-a", "A right, B wrong", "h4"),
      onlyB: new MisreadStrip("only-b", "B right, A wrong", "h4"),
    };
    this.#all.addEventListener("click", () => this.#showAll());
    const head = make(
      "div",
      { class: "images-head" },
      make("h3", { id: "images-title" }, "Image by image"),
      make("span", { class: "small" }, this.#selects.a, " against ", this.#selects.b),
    );
    this.element = make(
      "section",
      { class: "verdict-part images-part", "aria-labelledby": "images-title" },
      head,
      this.#words,
      this.#strips.onlyA.element,
      this.#strips.onlyB.element,
      this.#all,
      this.#dialog,
    );
    this.element.hidden = true;
  }

  /** @param {SideName} side */
  #chooser(side) {
    const select = make("select", { "aria-label": `Seed of ${side.toUpperCase()}`, class: "seed-of" });
    select.addEventListener("change", () => this.#events.onSeed(side, select.value));
    return select;
  }

  /** @param {ImagesShown | null} update */
  update(update) {
    this.element.hidden = update === null;
    this.#update = update;
    if (update === null) return;
    const { a, b, compared } = update;
    for (const [side, runs, run] of /** @type {const} */ ([
      ["a", update.runsA, a],
      ["b", update.runsB, b],
    ])) {
      fillSeeds(this.#selects[side], runs, run);
    }
    const shown = `${a.id} ${b.id}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#words.replaceChildren(...nodes(imagesInWords(compared), { a: null, b: null }));
    void this.#showStrip("onlyA", "B");
    void this.#showStrip("onlyB", "A");
    const n = compared.onlyA.length + compared.onlyB.length;
    this.#all.hidden = Math.max(compared.onlyA.length, compared.onlyB.length) <= N_FIRST;
    this.#all.textContent = `All ${count(n)}`;
  }

  /** @param {"onlyA" | "onlyB"} which @param {"A" | "B"} wrong */
  async #showStrip(which, wrong) {
    const { compared, a, b, size } = /** @type {ImagesShown} */ (this.#update);
    const indices = compared[which];
    const strip = this.#strips[which];
    strip.begin(indices.length);
    const first = indices.slice(0, N_FIRST);
    const samples = first.length === 0 ? null : await this.#events.imagesAt(first);
    if (this.#shown !== `${a.id} ${b.id}` || samples === null) return;
    strip.add(first, samples, size, (wrong === "A" ? a : b).answers, wrong);
  }

  #showAll() {
    if (this.#update !== null) openAll(this.#dialog, this.#update, this.#events.imagesAt);
  }
}

/** @param {HTMLSelectElement} select @param {readonly Run[]} runs @param {Run} chosen */
function fillSeeds(select, runs, chosen) {
  const ids = runs.map(({ id }) => id).join(" ");
  if (select.dataset["runs"] !== ids) {
    select.dataset["runs"] = ids;
    select.replaceChildren(...runs.map(({ id, recipe }) => make("option", { value: id }, `seed ${recipe.seed}`)));
  }
  select.value = chosen.id;
}
