/** Race: what takes part, what it would take, and what is under way. */
import { find, make, setProgress, setText } from "../../ui/dom.js";
import { Builder } from "./builder.js";
import { Contestants } from "./contestants.js";
import { ReadyRaces } from "./ready-races.js";
import { plannedInWords, shareOf, standingInWords, workersInWords } from "./words.js";

/**
 * @typedef {import("../../runs/race.js").Contestant} Contestant
 * @typedef {import("../../runs/race.js").Race} Race
 * @typedef {import("../../runs/race.js").Rules} Rules
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("./words.js").Estimate} Estimate
 *
 * @typedef {object} RaceEvents
 * @property {(contestants: Contestant[]) => void} onAdd
 * @property {(idx: number) => void} onRemove
 * @property {(rules: Partial<Rules>) => void} onRules
 * @property {(refusal: string) => void} onRefuse
 * @property {(ready: Contestant[] | null) => void} onStart null: with the contestants of the list
 * @property {() => void} onStop
 * @property {() => void} onPause
 * @property {() => void} onResume
 * @property {(runs: string[], request: "pause" | "resume" | "stop") => void} onAsk
 * @property {(runs: string[], rate: number) => void} onRate
 * @property {(contestants: readonly Contestant[], rules: Rules) => Promise<Estimate | null>} onEstimate
 * @property {(runs: readonly Run[]) => number} onSecondsLeft
 *
 * @typedef {object} RaceUpdate
 * @property {Race} race
 * @property {readonly Run[]} runs
 * @property {readonly import("./builder.js").Choice[]} choices
 * @property {readonly import("../../runs/ready-races.js").ReadyRace[]} ready
 * @property {boolean} canStart whether there is data to train on
 * @property {boolean} isFirst whether there is nothing yet to race against
 * @property {number} nCores
 * @property {number} bytes of a worker
 */

const LEAD = "Change one thing, run both several times, and see whether the difference is more than luck.";

export class RacePanel {
  #section;
  #events;
  #lead;
  #builder;
  #contestants;
  #ready;
  #rate;
  /** @type {RaceUpdate | null} */ #shown = null;
  #estimated = "";
  #isReadyOpen = false;

  /** @param {HTMLElement} section @param {RaceEvents} events */
  constructor(section, events) {
    this.#section = section;
    this.#events = events;
    this.#lead = find(section, ".race-lead", HTMLElement);
    this.#builder = new Builder(find(section, "form", HTMLFormElement), events);
    this.#rate = new RateDialog(section, (runs, rate) => events.onRate(runs, rate));
    this.#contestants = new Contestants(find(section, ".contestants", HTMLElement), {
      onRemove: (idx) => events.onRemove(idx),
      onAsk: (runs, request) => events.onAsk(runs, request),
      onRate: (runs, name) => this.#rate.open(runs, name),
    });
    this.#ready = new ReadyRaces(find(section, ".ready-races", HTMLElement), {
      onStart: (contestants) => this.#start(contestants),
      onEstimate: (contestants, rules) => events.onEstimate(contestants, rules),
    });
    this.#on("ready-races", () => {
      this.#isReadyOpen = !this.#isReadyOpen;
      if (this.#shown !== null) this.update(this.#shown);
    });
    this.#on("start-race", () => this.#start(null));
    this.#on("stop-race", () => events.onStop());
    this.#on("pause-race", () => events.onPause());
    this.#on("resume-race", () => events.onResume());
  }

  /** @param {RaceUpdate} update */
  update(update) {
    this.#shown = update;
    const { race, runs, choices, ready, canStart, isFirst } = update;
    const isRacing = race.state === "racing" || race.state === "paused";
    const isReadyShown = !isRacing && (this.#isReadyOpen || (isFirst && race.contestants.length === 0));
    this.#ready.update(isReadyShown ? ready : [], race.rules, canStart);
    this.#contestants.update(race, runFinder(runs));
    this.#builder.update(choices, race.rules, isRacing);
    setText(find(this.#section, ".race-refusal", HTMLElement), race.refusal);
    find(this.#section, ".race-same", HTMLElement).hidden = race.contestants.length === 0;
    const readyButton = this.#button("ready-races");
    readyButton.hidden = isRacing || (isFirst && race.contestants.length === 0);
    readyButton.setAttribute("aria-expanded", String(isReadyShown));
    this.#show("start-race", !isRacing);
    this.#button("start-race").disabled = !canStart || race.contestants.length === 0;
    this.#show("stop-race", isRacing);
    this.#show("pause-race", race.state === "racing");
    this.#show("resume-race", race.state === "paused");
    this.#tell(update, isRacing);
  }

  /** @param {RaceUpdate} update @param {boolean} isRacing */
  #tell({ race, runs, nCores, bytes }, isRacing) {
    const bar = find(this.#section, ".bar", HTMLElement);
    const status = find(this.#section, ".race-status", HTMLElement);
    bar.hidden = !isRacing;
    if (!isRacing) {
      setText(this.#lead, LEAD);
      return this.#estimate(race, status);
    }
    this.#estimated = "";
    const of = runFinder(runs);
    const members = race.entries.flatMap((entry) => entry.runs.flatMap((id) => of(id) ?? []));
    const share = members.reduce((sum, run) => sum + shareOf(run), 0) / Math.max(1, members.length);
    const left = race.state === "paused" ? null : this.#events.onSecondsLeft(members);
    const standing = standingInWords(race, members, left);
    setProgress(bar, share, standing);
    setText(status, standing);
    setText(this.#lead, workersInWords(race, members, nCores, bytes));
  }

  /** What the race would take. @param {Race} race @param {HTMLElement} status */
  async #estimate({ contestants, rules, state }, status) {
    if (contestants.length === 0 || state === "over") return setText(status, "");
    const asked = JSON.stringify([contestants.map(({ basis, changes }) => [basis, changes]), rules]);
    if (asked === this.#estimated) return;
    this.#estimated = asked;
    const estimate = await this.#events.onEstimate(contestants, rules);
    if (asked !== this.#estimated) return;
    const few = rules.nSeeds < 6 ? " Fewer than 6 seeds each cannot tell a difference from luck." : "";
    setText(status, estimate === null ? "" : `${plannedInWords(estimate)}.${few}`);
  }

  /** @param {Contestant[] | null} contestants */
  #start(contestants) {
    if (!this.#builder.readRules()) return;
    this.#isReadyOpen = false;
    this.#events.onStart(contestants);
  }

  /** @param {string} name */
  #button(name) {
    return find(this.#section, `[name=${name}]`, HTMLButtonElement);
  }

  /** @param {string} name @param {() => void} onClick */
  #on(name, onClick) {
    this.#button(name).addEventListener("click", onClick);
  }

  /** One button takes another's place, and the keyboard's with it. @param {string} name @param {boolean} isShown */
  #show(name, isShown) {
    const button = this.#button(name);
    const hadFocus = button === document.activeElement;
    button.hidden = !isShown;
    if (!hadFocus || isShown) return;
    const others = ["stop-race", "resume-race", "pause-race", "start-race"].map((other) => this.#button(other));
    others.find((other) => !other.hidden && !other.disabled)?.focus();
  }
}

/** @param {readonly Run[]} runs @returns {(id: string) => Run | undefined} */
function runFinder(runs) {
  const byId = new Map(runs.map((run) => [run.id, run]));
  return (id) => byId.get(id);
}

/** Asks for a learning rate for runs that are under way. */
class RateDialog {
  #dialog;
  #name = make("b");
  #input = make("input", { type: "number", min: "0", step: "any", inputmode: "decimal", id: "race-rate" });
  /** @type {string[]} */ #runs = [];

  /** @param {HTMLElement} section @param {(runs: string[], rate: number) => void} onRate */
  constructor(section, onRate) {
    const set = make("button", { type: "submit", class: "button primary" }, "Set");
    const cancel = make("button", { type: "button", class: "button" }, "Cancel");
    const label = make("label", { for: "race-rate" }, "Learning rate from now on, of ", this.#name);
    const note = make(
      "p",
      { class: "small" },
      "The recipe alone no longer leads to these weights: such a run is compared by itself.",
    );
    const form = make("form", { method: "dialog", novalidate: "" }, label, this.#input, note, cancel, set);
    this.#dialog = make("dialog", { class: "race-rate", "aria-label": "Learning rate" }, form);
    section.append(this.#dialog);
    cancel.addEventListener("click", () => this.#dialog.close());
    form.addEventListener("submit", (event) => {
      const rate = Number(this.#input.value);
      const isFine = this.#input.value !== "" && rate > 0 && rate <= 1000;
      this.#input.setAttribute("aria-invalid", String(!isFine));
      if (isFine) onRate(this.#runs, rate);
      else event.preventDefault();
    });
  }

  /** @param {string[]} runs @param {string} name */
  open(runs, name) {
    this.#runs = runs;
    setText(this.#name, name);
    this.#dialog.showModal();
  }
}
