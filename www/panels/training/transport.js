/** The buttons that move training, how far it is, and in words what it is doing. */
import { find, setProgress, setText } from "../../ui/dom.js";
import { count, counted, duration, short } from "../../ui/format.js";

/**
 * @typedef {import("../../protocol/events.js").ProgressEvent} ProgressEvent
 * @typedef {import("../../protocol/events.js").TrainerState} TrainerState
 * @typedef {(typeof ACTIONS)[number]} Action
 */

const ACTIONS = /** @type {const} */ (["train", "pause", "resume", "stop", "reset"]);

/** Often enough for the eye; a number that changes twenty times a second cannot be read. */
const STATUS_MS = 400;

/** As often as a screen reader can say it. */
const NEWS_MS = 2000;

export class Transport {
  #buttons;
  #progress;
  #status;
  #news;
  /** @type {TrainerState} */ #state = "empty";
  /** @type {ProgressEvent | null} */ #last = null;
  #nEpochs = 0;
  #seconds = 0;
  #nEpochsDone = 0;
  /** @type {number | null} */ #bestEpoch = null;
  #hasSchedule = false;
  #toldAt = -STATUS_MS;
  #newsAt = -NEWS_MS;

  /**
   * @param {HTMLElement} section
   * @param {{onAction: (action: Action) => void}} events
   */
  constructor(section, { onAction }) {
    this.#buttons = ACTIONS.map((action) => ({ action, button: find(section, `[name=${action}]`, HTMLButtonElement) }));
    this.#progress = find(section, "[role=progressbar]", HTMLElement);
    this.#status = find(section, ".training-status", HTMLElement);
    this.#news = find(section, ".training-news", HTMLElement);
    for (const { action, button } of this.#buttons) button.addEventListener("click", () => onAction(action));
  }

  /**
   * @param {TrainerState} state
   * @param {import("../../ui/controls.js").Controls} controls
   */
  update(state, controls) {
    const focused = this.#buttons.find(({ button }) => button === document.activeElement);
    for (const { action, button } of this.#buttons) {
      button.disabled = !controls[action];
      button.classList.toggle("primary", action === controls.primary);
    }
    // Disabling the button that was pressed would lose the keyboard's place.
    if (focused?.button.disabled) this.#buttons.find(({ action }) => action === controls.primary)?.button.focus();
    this.#state = state;
    this.#tell();
    setText(this.#news, this.#status.textContent ?? "");
  }

  /** @param {import("../../protocol/requests.js").Recipe | null} recipe of the run that begins; null: none does */
  begin(recipe) {
    this.#last = null;
    this.#nEpochs = recipe?.epochs ?? 0;
    this.#hasSchedule = (recipe?.schedule?.kind ?? "constant") !== "constant";
    this.#bestEpoch = null;
    this.#seconds = 0;
    this.#nEpochsDone = 0;
    this.#tell();
  }

  /** @param {ProgressEvent} progress */
  updateProgress(progress) {
    this.#last = progress;
    setProgress(this.#progress, progress.fraction, this.#place());
    if (performance.now() - this.#toldAt > STATUS_MS) this.#tell();
  }

  /** @param {import("../../protocol/events.js").Epoch} epoch */
  addEpoch({ epoch, seconds, trainingLoss, bestEpoch }) {
    this.#bestEpoch = bestEpoch;
    this.#seconds += seconds;
    this.#nEpochsDone = epoch;
    if (performance.now() - this.#newsAt < NEWS_MS) return;
    this.#newsAt = performance.now();
    setText(this.#news, `Epoch ${epoch} of ${this.#nEpochs} done, training loss ${trainingLoss.toFixed(4)}`);
  }

  #tell() {
    this.#toldAt = performance.now();
    setText(this.#status, this.#sentence());
    const fraction = this.#state === "finished" ? 1 : (this.#last?.fraction ?? 0);
    setProgress(this.#progress, fraction, this.#last === null ? "not started" : this.#place());
  }

  #place() {
    return this.#last === null ? "" : `Epoch ${this.#last.epoch} of ${this.#nEpochs}`;
  }

  #sentence() {
    const place = this.#place().toLowerCase();
    switch (this.#state) {
      case "empty":
        return "Waiting for the data";
      case "ready":
        return "Untrained and ready";
      case "training":
        return this.#last === null ? "Starting …" : this.#pace(this.#last);
      case "paused":
        return `Paused in ${place}`;
      case "finished":
        return `Finished: ${counted(this.#nEpochsDone, "epoch")} in ${duration(this.#seconds)}${this.#best()}`;
      case "stopped":
        return place === "" ? "Stopped" : `Stopped in ${place}`;
      case "diverged":
        return `Diverged in ${place}`;
    }
  }

  /** Where a run may stop early, it goes back to its best epoch. */
  #best() {
    if (this.#bestEpoch === null) return "";
    const how = this.#nEpochsDone < this.#nEpochs ? "stopped early: best epoch" : "kept the best: epoch";
    return ` · ${how} ${this.#bestEpoch}`;
  }

  /** @param {ProgressEvent} progress */
  #pace({ validating, imagesPerSecond, secondsLeft, learningRate }) {
    const pace = validating ? "validating" : `${count(imagesPerSecond)} images/s`;
    const left = secondsLeft === null ? "" : ` · ${duration(secondsLeft)} left`;
    const rate = this.#hasSchedule ? ` · learning rate ${short(learningRate)}` : "";
    return `${this.#place()} · ${pace}${left}${rate}`;
  }
}
