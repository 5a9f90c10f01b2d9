/** The header: whatever is shown, it says what is training, and pauses it. */
import { isUnderWay } from "../../runs/race.js";
import { find, setText } from "../../ui/dom.js";

/** @typedef {import("../../runs/race.js").Race} Race */
/** @typedef {import("../../runs/run.js").Run} Run */

export class Top {
  #doing;
  #pause;
  #resume;

  /**
   * @param {HTMLElement} header
   * @param {{onPause: () => void, onResume: () => void}} events
   */
  constructor(header, { onPause, onResume }) {
    this.#doing = find(header, ".doing", HTMLElement);
    this.#pause = find(header, "[name=pause-training]", HTMLButtonElement);
    this.#resume = find(header, "[name=resume-training]", HTMLButtonElement);
    this.#pause.addEventListener("click", () => onPause());
    this.#resume.addEventListener("click", () => onResume());
  }

  /**
   * @param {object} update
   * @param {Run | null} update.run whose network Train's worker has
   * @param {Race} update.race
   * @param {readonly Run[]} update.runs while a race is under way
   */
  update({ run, race, runs }) {
    const hadFocus = [this.#pause, this.#resume].some((button) => button === document.activeElement);
    const isRacing = isUnderWay(race) && !isOfTrain(run);
    this.#pause.hidden = isRacing ? race.state !== "racing" : run?.state !== "training";
    this.#resume.hidden = isRacing ? race.state !== "paused" : run?.state !== "paused";
    setText(this.#doing, isRacing ? racingInWords(race, runs) : doingInWords(run));
    // The one takes the other's place, and the keyboard's with it.
    if (hadFocus) [this.#pause, this.#resume].find((button) => !button.hidden)?.focus();
  }
}

/** @param {Run | null} run */
function isOfTrain(run) {
  return run?.state === "training" || run?.state === "paused";
}

/** @param {Race} race @param {readonly Run[]} runs */
export function racingInWords(race, runs) {
  const own = new Set(race.runs);
  const n = (/** @type {Run["state"]} */ state) => runs.filter((run) => own.has(run.id) && run.state === state).length;
  if (race.state === "paused") return `Race paused: ${n("paused")} in hand, ${n("waiting")} waiting`;
  return `Racing: ${n("training")} training, ${n("waiting")} waiting`;
}

/** @param {Run | null} run */
export function doingInWords(run) {
  if (run === null || (run.state !== "training" && run.state !== "paused")) return "Nothing is training";
  const place = run.progress === null ? "" : ` · epoch ${run.progress.epoch} of ${run.recipe.epochs}`;
  return `${run.name}${run.state === "paused" ? " · paused" : ""}${place}`;
}
