/** A recipe that came with a link or a file: what it would train, what is claimed of it, and whether that is so. */
import { make, setProgress, setText } from "../../ui/dom.js";
import { accuracyCurve } from "./curve.js";
import { comparisons, progressInWords, trainsInWords } from "./words.js";

/**
 * What came with a link or a file, and what has become of it.
 * @typedef {object} Opened
 * @property {import("../../runs/share.js").Shared} shared
 * @property {"link" | "file"} from
 * @property {import("../../protocol/requests.js").RunSummary | null} summary what it would be here; null: not known
 * @property {string} refusal why it cannot be trained here; "": nothing is known against it
 * @property {import("../../runs/verification.js").Finding | null} finding
 * @property {string | null} run that verifies it, or did
 * @property {boolean} isVerifying
 *
 * @typedef {object} Update
 * @property {Opened | null} opened
 * @property {import("../../runs/run.js").Run | null} run that verifies it, or did
 * @property {import("../../protocol/requests.js").DataSummary | null} data
 * @property {boolean} isMidRun
 * @property {string} basis
 * @property {string} changes
 *
 * @typedef {object} SharedEvents
 * @property {() => void} onTrain
 * @property {() => void} onVerify
 * @property {() => void} onStop
 * @property {(id: string) => void} onOpen
 * @property {() => void} onDismiss
 */

const TICK = "M3 8.5l3.2 3.2l6.8-7.4";
const CROSS = "M4 4l8 8M12 4l-8 8";

export class SharedPanel {
  #section;
  #events;
  #runId = "";
  #heading = make("h2", { tabindex: "-1" });
  #help = make("p", { class: "help" });
  #trains = make("dl", { class: "facts" });
  #claims = make("tbody");
  #bar = make("div", { class: "bar", role: "progressbar", "aria-label": "Verification’s progress" });
  #doing = make("p", { class: "small" });
  #output = make("output", { "aria-label": "Verification", class: "finding" });
  #curve = make("div", { class: "shared-curve" });
  #reason = make("p", { class: "small", id: "shared-reason" });
  #buttons;
  /** @type {unknown} */ #announced = null;

  /** @param {HTMLElement} section @param {SharedEvents} events */
  constructor(section, events) {
    this.#section = section;
    this.#events = events;
    const button = (/** @type {string} */ text, /** @type {() => void} */ onClick, kind = "") => {
      const made = make("button", { type: "button", class: `button ${kind}`.trim() }, text);
      made.addEventListener("click", onClick);
      return made;
    };
    this.#buttons = {
      open: button("Open the run", () => this.#events.onOpen(this.#runId), "primary"),
      verify: button("Verify", () => this.#events.onVerify()),
      stop: button("Stop verifying", () => this.#events.onStop()),
      train: button("Train it", () => this.#events.onTrain()),
      dismiss: button("Dismiss", () => this.#events.onDismiss(), "quiet"),
    };
    section.replaceChildren(
      make("div", { class: "panel-head" }, this.#heading, this.#buttons.dismiss),
      this.#help,
      make("div", { class: "shared-parts" }, this.#left(), this.#middle(), this.#right()),
    );
  }

  #left() {
    return make("div", {}, make("h3", {}, "What it trains"), this.#trains);
  }

  #middle() {
    const head = make(
      "tr",
      {},
      make("td"),
      ...["Claimed", "Found here"].map((text) => make("th", { scope: "col" }, text)),
    );
    head.append(make("th", { scope: "col" }, make("span", { class: "visually-hidden" }, "Whether they agree")));
    const table = make(
      "table",
      { class: "claims", "aria-label": "Claim and finding" },
      make("thead", {}, head),
      this.#claims,
    );
    return make("div", {}, make("h3", {}, "Claim and finding"), table, this.#output);
  }

  #right() {
    const { open, verify, stop, train } = this.#buttons;
    const buttons = make("div", { class: "row" }, open, verify, stop, train);
    return make("div", { class: "shared-doing" }, this.#curve, this.#doing, this.#bar, buttons, this.#reason);
  }

  /** @param {Update} update */
  update({ opened, run, data, isMidRun, basis, changes }) {
    this.#section.hidden = opened === null;
    if (opened === null) {
      this.#announced = null;
      return;
    }
    const { shared, from, summary, refusal, finding, isVerifying } = opened;
    setText(this.#heading, `A recipe came with this ${from}`);
    setText(this.#help, helpFor(shared));
    const rows = trainsInWords(shared, { basis, changes, summary, data });
    fill(this.#trains, rows, ([about, text]) => [make("dt", {}, about), make("dd", {}, text)]);
    fill(this.#claims, comparisons(shared, run, { data, summary }), (row) => [comparisonRow(row)]);
    this.#showDoing(isVerifying ? run : null);
    this.#curve.replaceChildren(...(run === null ? [] : accuracyCurve(run)));
    this.#showFinding(finding);
    const why = reasonFor({ data, refusal, summary, isMidRun });
    setText(this.#reason, isVerifying ? "" : why.text);
    this.#showButtons(why, isVerifying, finding?.isSame === true ? (run?.id ?? "") : "");
    if (this.#announced === shared) return;
    this.#announced = shared;
    this.#heading.focus();
  }

  /** @param {import("../../runs/run.js").Run | null} run */
  #showDoing(run) {
    this.#bar.hidden = run === null;
    this.#doing.hidden = run === null;
    if (run === null) return;
    const { fraction, text } = progressInWords(run);
    setText(this.#doing, text);
    setProgress(this.#bar, fraction, text);
  }

  /** @param {import("../../runs/verification.js").Finding | null} finding */
  #showFinding(finding) {
    const key = finding === null ? "" : finding.title + finding.detail;
    if (this.#output.dataset["key"] === key) return;
    this.#output.dataset["key"] = key;
    this.#output.classList.toggle("is-same", finding?.isSame === true);
    this.#output.classList.toggle("is-other", finding?.isSame === false);
    if (finding === null) return this.#output.replaceChildren();
    const { isSame, title, detail } = finding;
    this.#output.replaceChildren(
      sign(isSame ? TICK : CROSS),
      make("strong", {}, title),
      " ",
      make("span", { class: "small" }, detail),
    );
  }

  /** @param {Reasons} why @param {boolean} isVerifying @param {string} verified the run that can be opened */
  #showButtons({ canTrain, canVerify }, isVerifying, verified) {
    const { open, verify, stop, train } = this.#buttons;
    this.#runId = verified;
    open.hidden = verified === "";
    const hadFocus = [verify, stop].some((button) => button === document.activeElement);
    verify.hidden = isVerifying;
    stop.hidden = !isVerifying;
    if (hadFocus) (isVerifying ? stop : verify).focus();
    verify.disabled = !canVerify;
    train.disabled = !canTrain;
    verify.classList.toggle("primary", verified === "" && !isVerifying);
    for (const button of [verify, train]) {
      if (button.disabled) button.setAttribute("aria-describedby", this.#reason.id);
      else button.removeAttribute("aria-describedby");
    }
  }
}

/** @param {import("../../runs/share.js").Shared} shared */
function helpFor({ checksum }) {
  return checksum === null
    ? "It changed nothing on this page yet. Whoever sent it claims nothing of the weights: train it and see."
    : "It changed nothing on this page yet. Whoever sent it claims a score and the weights’ checksum; " +
        "this machine can find out.";
}

/**
 * @typedef {{canTrain: boolean, canVerify: boolean, text: string}} Reasons
 * @param {{data: unknown, refusal: string, summary: unknown, isMidRun: boolean}} situation
 * @returns {Reasons}
 */
function reasonFor({ data, refusal, summary, isMidRun }) {
  if (data === null) return { canTrain: false, canVerify: false, text: "Both work as soon as the data is loaded." };
  if (refusal !== "") {
    const text = `It does not fit the data that is loaded. ${refusal.replace(/(?<![.?!])$/, ".")}`;
    return { canTrain: false, canVerify: false, text };
  }
  const text = isMidRun ? "A run is under way: “Train it” works as soon as that is stopped." : "";
  return { canTrain: summary !== null && !isMidRun, canVerify: summary !== null, text };
}

/**
 * Leaves alone what says the same already.
 * @template T
 * @param {HTMLElement} element
 * @param {T[]} rows
 * @param {(row: T) => HTMLElement[]} makeRow
 */
function fill(element, rows, makeRow) {
  const key = JSON.stringify(rows);
  if (element.dataset["rows"] === key) return;
  element.dataset["rows"] = key;
  element.replaceChildren(...rows.flatMap(makeRow));
}

/** @param {import("./words.js").Comparison} comparison */
function comparisonRow({ about, claimed, found, isSame }) {
  const verdict = isSame === null ? "" : isSame ? "the same" : "other";
  const cell = make("td", { class: isSame === false ? "is-other" : "is-same" });
  if (isSame !== null) cell.append(sign(isSame ? TICK : CROSS), make("span", { class: "visually-hidden" }, verdict));
  return make("tr", {}, make("th", { scope: "row" }, about), make("td", {}, claimed), make("td", {}, found), cell);
}

/** @param {string} path in a square of 16 by 16 */
function sign(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg.namespaceURI ?? "", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
