/** The list of a race's contestants: who takes part, and how far each of its seeds is. */
import { make, setText } from "../../ui/dom.js";
import { counted } from "../../ui/format.js";
import { markElement } from "../../ui/marks.js";
import { Menu } from "../../ui/menu.js";
import { isDone, shareOf } from "./words.js";

/**
 * @typedef {import("../../runs/race.js").Contestant} Contestant
 * @typedef {import("../../runs/race.js").Race} Race
 * @typedef {import("../../runs/run.js").Run} Run
 *
 * @typedef {object} ContestantEvents
 * @property {(idx: number) => void} onRemove
 * @property {(runs: string[], request: "pause" | "resume" | "stop") => void} onAsk
 * @property {(runs: string[], name: string) => void} onRate somebody wants to set their learning rate
 */

export class Contestants {
  #list;
  #events;
  /** @type {ReturnType<typeof makeItem>[]} */ #items = [];
  #shown = "";

  /** @param {HTMLElement} list @param {ContestantEvents} events */
  constructor(list, events) {
    this.#list = list;
    this.#events = events;
  }

  /**
   * @param {Race} race
   * @param {(id: string) => Run | undefined} runOf
   */
  update({ id, state, contestants, entries, rules }, runOf) {
    const isUnderWay = state !== "preparing";
    const titles = contestants.map(titleOf);
    const shown = JSON.stringify([id, isUnderWay, titles]);
    if (shown !== this.#shown) this.#rebuild(contestants, isUnderWay);
    this.#shown = shown;
    for (const [i, item] of this.#items.entries()) {
      const runs = isUnderWay ? (entries[i]?.runs ?? []).flatMap((id) => runOf(id) ?? []) : [];
      this.#tell(item, titles[i] ?? "", runs, rules.nSeeds, isUnderWay);
    }
  }

  /** @param {readonly Contestant[]} contestants @param {boolean} isUnderWay */
  #rebuild(contestants, isUnderWay) {
    const focused = this.#items.findIndex(({ element }) => element.contains(document.activeElement));
    this.#items = contestants.map((contestant, i) =>
      makeItem(contestant, i, isUnderWay, () => this.#events.onRemove(i)),
    );
    this.#list.replaceChildren(...this.#items.map(({ element }) => element));
    // Somebody who removes one by keyboard goes on with the next.
    if (focused !== -1) this.#items[Math.min(focused, this.#items.length - 1)]?.remove.focus();
  }

  /**
   * @param {ReturnType<typeof makeItem>} item
   * @param {string} title
   * @param {Run[]} runs
   * @param {number} nSeeds
   * @param {boolean} isUnderWay
   */
  #tell({ seeds, segments, menu }, title, runs, nSeeds, isUnderWay) {
    const nDone = runs.filter(isDone).length;
    setText(seeds, isUnderWay ? `${nDone} of ${runs.length}` : counted(nSeeds, "seed"));
    const n = isUnderWay ? runs.length : nSeeds;
    while (segments.children.length > n) segments.lastElementChild?.remove();
    while (segments.children.length < n) segments.append(make("i", { class: "segment" }));
    for (const [i, segment] of [...segments.children].entries()) {
      const run = runs[i];
      const share = run === undefined ? 0 : shareOf(run);
      const state = run === undefined ? "planned" : isDone(run) ? "done" : run.state;
      /** @type {HTMLElement} */ (segment).dataset["state"] = state;
      /** @type {HTMLElement} */ (segment).dataset["epochs"] = String(run?.epochs.length ?? 0);
      /** @type {HTMLElement} */ (segment).style.setProperty("--share", String(share));
    }
    const under = runs.filter(({ state }) => state === "training" || state === "paused" || state === "waiting");
    const ids = under.map(({ id }) => id);
    const none = ids.length === 0 ? "None of its runs is under way." : null;
    menu?.update(`Actions for contestant ${title}`, [
      { text: "Pause", cannot: none, onChoose: () => this.#events.onAsk(ids, "pause") },
      { text: "Resume", cannot: none, onChoose: () => this.#events.onAsk(ids, "resume") },
      { text: "Stop", cannot: none, onChoose: () => this.#events.onAsk(ids, "stop") },
      { text: "Set the learning rate", cannot: none, onChoose: () => this.#events.onRate(ids, title) },
    ]);
  }
}

/** @param {Contestant} contestant */
export function titleOf({ basis, changes }) {
  return changes === "" ? basis : `${basis}, ${changes}`;
}

/**
 * @param {Contestant} contestant
 * @param {number} idx
 * @param {boolean} isUnderWay
 * @param {() => void} onRemove
 */
function makeItem(contestant, idx, isUnderWay, onRemove) {
  const { basis, changes } = contestant;
  const seeds = make("span", { class: "seeds" });
  const segments = make("div", { class: `race-segments mark-${idx + 1}`, "aria-hidden": "true" });
  const name = `Remove ${titleOf(contestant)}`;
  const remove = make("button", { type: "button", class: "button quiet remove", "aria-label": name }, "×");
  remove.addEventListener("click", onRemove);
  const menu = isUnderWay ? new Menu(`contestant-${idx}`) : null;
  const head = make(
    "div",
    { class: "contestant-head" },
    markElement(idx),
    make("span", { class: "contestant-name" }, make("b", {}, basis), changes === "" ? "" : ` ${changes}`),
    seeds,
    menu === null ? remove : menu.element,
  );
  return { element: make("li", {}, head, segments), seeds, segments, remove, menu };
}
