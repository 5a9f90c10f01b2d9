/** Verdict: is one of two recipes better than the other, or was it luck? */
import { find, focusOn, make } from "../../ui/dom.js";
import { counted, duration } from "../../ui/format.js";
import { questions, rules } from "./asked.js";
import { ImagesPart } from "./images.js";
import { luckFigure } from "./luck-figure.js";
import { methodInWords } from "./method.js";
import { nodes } from "./nodes.js";
import { PairFields } from "./pair.js";
import { progressElement } from "./progress.js";
import { sideOf } from "./question.js";
import { rowsOf, testRows } from "./rows.js";
import { placeholders, sealElement, testNote } from "./seal.js";
import { seedFigure } from "./seed-figure.js";
import { Slot } from "./slot.js";
import { tableElement } from "./table.js";
import { asText } from "./text.js";
import { details, sentence, soFar } from "./words.js";

/**
 * @typedef {import("../../protocol/requests.js").Verdict} Verdict
 * @typedef {import("../../runs/groups.js").Group} Group
 * @typedef {import("./rows.js").GroupTest} GroupTest
 * @typedef {import("./pair.js").Choice} Choice
 *
 * @typedef {object} Judging what is known of two groups
 * @property {Group} a
 * @property {Group} b
 * @property {Verdict} verdict
 * @property {number | null} revealedAt milliseconds since 1970; null: the test scores are sealed
 * @property {{a: GroupTest, b: GroupTest} | null} tests null: sealed, or on their way
 * @property {string} withoutImages why there is nothing to see image by image; "" where there is
 * @property {{nSeeds: number, nMore: number, seconds: number} | null} settling a race that would settle it
 * @property {import("./images.js").ImagesShown | null} images null: sealed, or on their way
 *
 * @typedef {object} Shown
 * @property {readonly Choice[]} choices
 * @property {string | null} a key of a group
 * @property {string | null} b
 * @property {Judging | null} judging null: on its way, or there are no two groups
 *
 * @typedef {{onReveal: () => void, onMore: () => void, onCopy: (text: string) => Promise<boolean>}} OwnEvents
 * @typedef {import("./pair.js").PairEvents & import("./images.js").ImagesEvents & OwnEvents} VerdictEvents
 */

export class VerdictPanel {
  #events;
  #pair;
  #images;
  #copy;
  #help;
  #sentence = new Slot(make("output", { class: "verdict-sentence", "aria-label": "Verdict" }));
  #details = new Slot(make("div", { class: "verdict-details" }));
  #rules = new Slot(make("div"));
  #figures = new Slot(make("div", { class: "verdict-figures" }));
  #progress = new Slot(make("div", { class: "contents" }));
  #table = new Slot(make("div"));
  #seal = new Slot(make("div"));
  #asked = new Slot(make("div", { class: "contents" }));
  /** @type {Judging | null} */ #judging = null;

  /** @param {HTMLElement} section @param {VerdictEvents} events */
  constructor(section, events) {
    this.#events = events;
    this.#pair = new PairFields(events);
    this.#images = new ImagesPart(events);
    this.#copy = find(section, "[name=copy]", HTMLButtonElement);
    this.#help = find(section, ".help", HTMLElement);
    this.#copy.addEventListener("click", () => void this.#copyText());
    const slots = [
      this.#sentence,
      this.#details,
      this.#rules,
      this.#figures,
      this.#progress,
      this.#table,
      this.#seal,
      this.#asked,
    ].map(({ element }) => element);
    section.append(this.#pair.element, ...slots, this.#images.element);
  }

  /** @param {Shown} shown */
  update({ choices, a, b, judging }) {
    this.#judging = judging;
    const markOf = (/** @type {string | null} */ key) => choices.find((choice) => choice.key === key)?.mark ?? null;
    const hasPair = a !== null && b !== null;
    this.#pair.update(choices, a, b);
    this.#help.hidden = hasPair;
    this.#copy.hidden = judging === null;
    this.#rules.show(hasPair ? null : "rules", () => [rules()]);
    this.#showWords(judging, { a: markOf(a), b: markOf(b) });
    this.#showEvidence(judging);
    this.#images.update(judging?.images ?? null);
  }

  /** @param {Judging | null} judging @param {{a: number | null, b: number | null}} marks */
  #showWords(judging, marks) {
    const judged = judging === null ? null : judgedOf(judging);
    const words = judged === null ? null : sentence(judged);
    const rest = judged === null ? null : { of: details(judged), method: methodInWords(judged.verdict) };
    const more = settlingInWords(judging?.settling ?? null);
    this.#sentence.show(words && { words, marks }, () => nodes(words ?? [], marks));
    this.#details.show(rest && { rest, marks, more }, () => {
      const paragraphs = (rest?.of ?? []).map((words) => make("p", {}, ...nodes(words, marks)));
      return [...paragraphs, ...this.#moreElement(more), ...methodElement(rest?.method ?? [])];
    });
  }

  /** @param {Judging | null} judging */
  #showEvidence(judging) {
    const { verdict, a, b, revealedAt, tests } = judging ?? NOTHING;
    const isEarly = verdict?.outcome === "tooEarly";
    const hasFigures = verdict !== null && verdict.luck !== null && verdict.luck.total > 2;
    this.#figures.show(hasFigures ? verdict : null, () => figures(/** @type {Judging} */ (judging)));
    if (verdict === null || a === null || b === null) {
      for (const slot of [this.#progress, this.#table, this.#seal, this.#asked]) slot.show(null, () => []);
      return;
    }
    const progress = () => progressElement(verdict, a, b);
    this.#progress.show(isEarly ? [a, b].map(({ runs }) => runs.map(standing)) : null, () => [progress()]);
    const rows = rowsIn(/** @type {Judging} */ (judging));
    const isComparable = verdict.outcome !== "nothingToCompare" && verdict.outcome !== "notTheSameData";
    this.#table.show(rows, () => [tableElement("A and B in numbers", rows)]);
    const isSealed = revealedAt === null;
    const { withoutImages } = /** @type {Judging} */ (judging);
    this.#seal.show(isComparable ? { isSealed, isEarly, tests, withoutImages, at: revealedAt } : null, () => {
      if (!isSealed) return [testNote(revealedAt, tests, withoutImages)];
      const cannot = isEarly ? "It can be revealed once the verdict is in." : "";
      return [sealElement(cannot, () => this.#reveal()), ...(isEarly || withoutImages !== "" ? [] : [placeholders()])];
    });
    const { nPlanned } = soFar(verdict, sideOf(a), sideOf(b));
    this.#asked.show(isEarly ? { nPlanned } : null, () => [questions(nPlanned)]);
  }

  /** @param {string} text */
  #moreElement(text) {
    if (text === "") return [];
    const button = make("button", { type: "button", class: "link", name: "more" }, text);
    button.addEventListener("click", () => {
      this.#events.onMore();
      // The button goes.
      focusOn(this.#sentence.element);
    });
    return [make("p", {}, button)];
  }

  #reveal() {
    this.#events.onReveal();
    // The button is gone.
    focusOn(this.#seal.element);
  }

  async #copyText() {
    if (this.#judging === null) return;
    const { revealedAt, tests } = this.#judging;
    const note = revealedAt === null ? "" : (testNote(revealedAt, tests, "").textContent ?? "");
    const isDone = await this.#events.onCopy(asText(judgedOf(this.#judging), rowsIn(this.#judging), note));
    this.#copy.textContent = isDone ? "Copied" : "The browser forbids it";
    setTimeout(() => (this.#copy.textContent = "Copy as text"), COPIED_MS);
  }
}

/** So long the button says what has come of it. */
const COPIED_MS = 2000;

const NOTHING = { verdict: null, a: null, b: null, revealedAt: null, tests: null };

/** @param {Judging} judging @returns {import("./words.js").Judged} */
function judgedOf({ verdict, a, b, withoutImages }) {
  return { verdict, a: sideOf(a), b: sideOf(b), canOpen: withoutImages === "" };
}

/** @param {Judging["settling"]} settling */
function settlingInWords(settling) {
  if (settling === null) return "";
  return `Race ${counted(settling.nMore, "more seed")} each, about ${duration(settling.seconds)}`;
}

/** @param {Judging} judging */
function rowsIn({ a, b, verdict, tests }) {
  return [...rowsOf(a, b, verdict), ...(tests === null ? [] : testRows(tests.a, tests.b))];
}

/** What is seen of a run that is under way. @param {import("../../runs/run.js").Run} run */
function standing({ id, state, progress }) {
  return [id, state, Math.floor(100 * (progress?.fraction ?? 0))];
}

/** @param {Judging} judging */
function figures({ verdict, a, b }) {
  const drawn = luckFigure(verdict);
  return [seedFigure(verdict, a, b), ...(drawn === null ? [] : [drawn])];
}

/** @param {readonly string[]} paragraphs */
function methodElement(paragraphs) {
  if (paragraphs.length === 0) return [];
  const summary = make("summary", {}, "How this is worked out");
  return [make("details", { class: "method" }, summary, ...paragraphs.map((text) => make("p", {}, text)))];
}
