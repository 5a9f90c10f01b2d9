/** Races that are ready to start, a card each. */
import { make, setText } from "../../ui/dom.js";
import { duration } from "../../ui/format.js";
import { markElement } from "../../ui/marks.js";

/**
 * @typedef {import("../../runs/race.js").Contestant} Contestant
 * @typedef {import("../../runs/race.js").Rules} Rules
 * @typedef {import("../../runs/ready-races.js").ReadyRace} ReadyRace
 *
 * @typedef {object} ReadyEvents
 * @property {(contestants: Contestant[]) => void} onStart
 * @property {(contestants: Contestant[], rules: Rules) => Promise<import("./words.js").Estimate | null>} onEstimate
 */

export class ReadyRaces {
  #root;
  #events;
  #shown = "";
  /** @type {HTMLButtonElement[]} */ #buttons = [];

  /** @param {HTMLElement} root @param {ReadyEvents} events */
  constructor(root, events) {
    this.#root = root;
    this.#events = events;
  }

  /** @param {readonly ReadyRace[]} races none: hidden @param {Rules} rules @param {boolean} canStart */
  update(races, rules, canStart) {
    this.#root.hidden = races.length === 0;
    const shown = JSON.stringify([races, rules]);
    if (shown !== this.#shown) this.#rebuild(races, rules);
    this.#shown = shown;
    for (const [i, button] of this.#buttons.entries())
      button.disabled = !canStart || races[i]?.contestants.length === 0;
  }

  /** @param {readonly ReadyRace[]} races @param {Rules} rules */
  #rebuild(races, rules) {
    this.#buttons = [];
    this.#root.replaceChildren(...races.map((race, i) => this.#card(race, rules, i === 0)));
  }

  /** @param {ReadyRace} race @param {Rules} rules @param {boolean} isFirst */
  #card({ title, text, contestants, labels }, rules, isFirst) {
    const kind = isFirst ? "button primary" : "button";
    const start = make("button", { type: "button", class: kind, "aria-label": `Start race: ${title}` }, "Start race");
    start.addEventListener("click", () => this.#events.onStart(contestants));
    this.#buttons.push(start);
    const who = labels.map((label, i) => make("li", {}, markElement(i), label));
    const size = `${contestants.length} × ${rules.nSeeds} seeds`;
    const note = make("span", { class: "small" }, size);
    void this.#events.onEstimate(contestants, rules).then((estimate) => {
      if (estimate !== null && estimate.nRuns > 0) setText(note, `${size} · about ${duration(estimate.seconds)}`);
    });
    return make(
      "article",
      { class: isFirst ? "ready-race is-first" : "ready-race" },
      make("h3", {}, title),
      make("p", { class: "small" }, text),
      make("ul", { class: "ready-who" }, ...who),
      make("div", { class: "ready-foot" }, note, start),
    );
  }
}
