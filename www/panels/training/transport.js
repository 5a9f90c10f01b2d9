/** The buttons that move training, how far it is, and in words what it is doing. */
import { find, focusOn, setProgress, setText } from "../../ui/dom.js";
import { fractionDone, newsInWords, placeInWords, statusInWords } from "./status.js";

/**
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {(typeof ACTIONS)[number]} Action
 */

const ACTIONS = /** @type {const} */ (["train", "pause", "resume", "stop", "reset"]);

/** Often enough for the eye; a number that changes twenty times a second cannot be read. */
const STATUS_MS = 400;

/** As often as a screen reader can say it. */
const NEWS_MS = 2000;

export class Transport {
  #section;
  #buttons;
  #progress;
  #status;
  #news;
  /** @type {Run | null} */ #run = null;
  #misfit = "";
  #toldAt = -STATUS_MS;
  #newsAt = -NEWS_MS;

  /**
   * @param {HTMLElement} section
   * @param {{onAction: (action: Action) => void}} events
   */
  constructor(section, { onAction }) {
    this.#section = section;
    this.#buttons = ACTIONS.map((action) => ({ action, button: find(section, `[name=${action}]`, HTMLButtonElement) }));
    this.#progress = find(section, "[role=progressbar]", HTMLElement);
    this.#status = find(section, ".training-status", HTMLElement);
    this.#news = find(section, ".training-news", HTMLElement);
    for (const { action, button } of this.#buttons) button.addEventListener("click", () => onAction(action));
  }

  /** @param {import("../../ui/controls.js").Controls} controls */
  updateControls(controls) {
    const focused = this.#buttons.find(({ button }) => button === document.activeElement);
    for (const { action, button } of this.#buttons) {
      button.disabled = !controls[action];
      button.classList.toggle("primary", action === controls.primary);
    }
    // Disabling the button that was pressed would lose the keyboard's place.
    if (focused?.button.disabled) this.#buttons.find(({ action }) => action === controls.primary)?.button.focus();
  }

  /** Puts the focus on what most people want next; while that cannot be pressed, on the section. */
  focus() {
    const { button } = this.#buttons.find(({ button }) => button.matches(".primary:enabled")) ?? {};
    if (button === undefined) focusOn(this.#section);
    else button.focus();
  }

  /**
   * @param {Run | null} run null: there is no network yet
   * @param {string} misfit why the settings make none of the data; "" where the data is not there
   */
  update(run, misfit) {
    const before = this.#run;
    const isAnother = before?.id !== run?.id || before?.state !== run?.state || misfit !== this.#misfit;
    this.#run = run;
    this.#misfit = misfit;
    if (isAnother) {
      this.#tell();
      return setText(this.#news, this.#status.textContent ?? "");
    }
    this.#showProgress();
    const now = performance.now();
    if (now - this.#toldAt > STATUS_MS) this.#tell();
    if (run === null || run.epochs.length === before?.epochs.length || now - this.#newsAt < NEWS_MS) return;
    this.#newsAt = now;
    setText(this.#news, newsInWords(run));
  }

  #tell() {
    this.#toldAt = performance.now();
    setText(this.#status, statusInWords(this.#run, this.#misfit));
    this.#showProgress();
  }

  #showProgress() {
    setProgress(this.#progress, fractionDone(this.#run), placeInWords(this.#run) || "not started");
  }
}
