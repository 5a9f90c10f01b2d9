/** How much of its storage the browser has given to runs, and what it means where it gives none. */
import { make, setText } from "../../ui/dom.js";
import { counted } from "../../ui/format.js";

/**
 * @typedef {object} StorageShown
 * @property {"opening" | "on" | "forbidden" | "full" | "lost"} kind
 * @property {number} usage bytes; 0: the browser does not say
 * @property {number} quota bytes
 * @property {number} nRuns that there are
 * @property {number} nHeld of them, that live in this tab alone
 */

/** @type {Record<string, {title: string, what: string}>} */
const TROUBLES = {
  full: {
    title: "Storage is full.",
    what: "Nothing that was kept before is lost, and training goes on. Deleting runs makes room.",
  },
  forbidden: {
    title: "This browser keeps nothing here,",
    what: "as in a private window. Training goes on as ever; a file of all runs keeps them.",
  },
  lost: {
    title: "The browser has taken the storage away.",
    what: "What this tab still has goes on, and can be kept anew or exported.",
  },
};

export class StorageLine {
  #meter = make("div", {
    class: "bar",
    role: "meter",
    "aria-label": "Storage",
    "aria-valuemin": "0",
    "aria-valuemax": "100",
    "aria-valuenow": "0",
  });
  #usage = make("span");
  #title = make("b");
  #what = make("span");
  /** How much is kept. */
  line = make("div", { class: "storage small" }, this.#meter, this.#usage);
  /** Why nothing is, or not all. */
  trouble = make("div", { class: "storage-trouble", role: "status" }, make("p", {}, this.#title, " ", this.#what));

  /** @param {{onTryAgain: () => void}} events */
  constructor({ onTryAgain }) {
    const again = make("button", { type: "button", class: "button quiet" }, "Try again");
    again.addEventListener("click", onTryAgain);
    this.trouble.append(again);
  }

  /** @param {StorageShown} shown */
  update({ kind, usage, quota, nRuns, nHeld }) {
    this.line.hidden = kind !== "on";
    const isMeasured = usage > 0 && quota > 0 && nRuns > 0;
    this.#meter.hidden = !isMeasured;
    const share = isMeasured ? Math.min(1, usage / quota) : 0;
    this.#meter.setAttribute("aria-valuenow", String(Math.round(100 * share)));
    this.#meter.style.setProperty("--fraction", String(share));
    const words = isMeasured ? `${bytesInWords(usage)} kept in this browser, of ${bytesInWords(quota)}` : "";
    this.#meter.setAttribute("aria-valuetext", words);
    setText(this.#usage, nRuns === 0 ? "Nothing kept in this browser yet" : words || "Kept in this browser");
    const trouble = TROUBLES[kind];
    this.trouble.hidden = trouble === undefined;
    setText(this.#title, trouble?.title ?? "");
    setText(this.#what, [trouble?.what ?? "", heldInWords(nHeld)].filter(Boolean).join(" "));
  }
}

/** @param {number} n of runs that no store has */
function heldInWords(n) {
  if (n === 0) return "";
  return n === 1
    ? "1 run lives in this tab alone, and goes when it closes."
    : `${counted(n, "run")} live in this tab alone, and go when it closes.`;
}

/** "52 MB", "2.1 GB" @param {number} bytes */
function bytesInWords(bytes) {
  if (bytes < 999_500) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return bytes < 999.5e6 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
