/** Runs: all that was trained and is kept, with its results; each can be taken up again. */

import { find, setText } from "../../ui/dom.js";
import { counted } from "../../ui/format.js";
import { factsOf } from "./facts.js";
import { linesOf, orderAfter } from "./lines.js";
import { MoreEpochs } from "./more-epochs.js";
import { RunsTable } from "./runs-table.js";
import { scaleOf } from "./scale.js";
import { StorageLine } from "./storage.js";
import { Undo } from "./undo.js";

/**
 * @typedef {import("../../runs/run.js").Run} Run
 *
 * @typedef {object} RunsEvents
 * @property {(group: string, isShown: boolean) => void} onShow
 * @property {(id: string) => void} onOpen
 * @property {(id: string) => void} onEditCopy
 * @property {(id: string) => void} onShare
 * @property {(id: string) => void} onExport
 * @property {(id: string, epochs?: number) => void} onGoOn to so many epochs; or as many as it was to have
 * @property {(ids: string[], name: string) => void} onRename
 * @property {(ids: string[]) => number} onDelete tells how many it could
 * @property {() => void} onUndo
 * @property {() => Promise<string>} onExportAll tells what came of it in a sentence
 * @property {(file: File) => Promise<string>} onImport likewise
 * @property {() => void} onTryAgain to keep what could not be kept
 *
 * @typedef {Omit<import("./storage.js").StorageShown, "nRuns" | "nHeld">} Storage
 * @typedef {Omit<import("./rows.js").Surroundings, "open">} Surroundings
 * @typedef {{runs: readonly Run[], isShown: boolean, storage: Storage} & Surroundings} Shown `isShown`: whether anybody
 *   looks
 */

/** How long what has changed in runs under way may wait. */
const PROGRESS_MS = 250;

export class RunsPanel {
  #summary;
  #empty;
  #box;
  #tools;
  #filter;
  #groups;
  #noneFound;
  #export;
  #storage;
  #said;
  #table;
  /** @type {Shown | null} */ #shown = null;
  /** @type {import("./lines.js").Order} */ #order = null;
  /** @type {ReadonlySet<string>} */ #open = new Set();
  #isDue = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #later;

  /** @param {HTMLElement} section @param {RunsEvents} events */
  constructor(section, events) {
    this.#summary = find(section, ".runs-summary", HTMLElement);
    this.#empty = find(section, ".runs-empty", HTMLElement);
    this.#box = find(section, ".runs-box", HTMLElement);
    this.#tools = find(section, ".runs-find", HTMLElement);
    this.#filter = find(section, ".runs-filter", HTMLInputElement);
    this.#groups = find(section, ".runs-grouped", HTMLInputElement);
    this.#noneFound = find(section, ".runs-none", HTMLElement);
    this.#export = find(section, ".runs-export", HTMLButtonElement);
    this.#storage = new StorageLine(events);
    this.#tools.before(this.#storage.line);
    this.#empty.before(this.#storage.trouble);
    this.#said = new Undo(find(section, ".runs-undo", HTMLElement), { onUndo: events.onUndo });
    this.#listenForFiles(section, events);
    const more = new MoreEpochs({ onEpochs: events.onGoOn });
    section.append(more.dialog);
    this.#table = new RunsTable(this.#box, {
      ...events,
      onResume: (id) => events.onGoOn(id),
      onToggle: (key) => this.#toggle(key),
      onOrder: (column) => {
        this.#order = orderAfter(this.#order, column);
        this.#renderFromTop();
      },
      onRename: (ids, name) => {
        events.onRename(ids, name);
        this.#render();
      },
      onMoreEpochs: (id, row) => more.ask(id, row),
      onDelete: (ids, label) => this.#said.offer(events.onDelete(ids), label),
    });
    this.#filter.addEventListener("input", () => this.#renderFromTop());
    this.#groups.addEventListener("change", () => this.#renderFromTop());
  }

  /**
   * What training tells many times a second is shown a few times; what there is when somebody begins to look, at once.
   * @param {Shown} shown
   */
  update(shown) {
    const before = this.#shown;
    const wasShown = before?.isShown ?? false;
    this.#shown = shown;
    if (!shown.isShown) return;
    if (!wasShown) return this.#render();
    if (before !== null && isOnlyProgress(before, shown)) {
      this.#later ??= setTimeout(() => this.#render(), PROGRESS_MS);
      return;
    }
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => this.#render());
  }

  /** @param {HTMLElement} section @param {RunsEvents} events */
  #listenForFiles(section, { onExportAll, onImport }) {
    const chooser = find(section, ".runs-file", HTMLInputElement);
    find(section, ".runs-import", HTMLButtonElement).addEventListener("click", () => chooser.click());
    chooser.addEventListener("change", () => {
      const [file] = chooser.files ?? [];
      if (file !== undefined) void this.#said.until("Reading the file …", onImport(file));
      chooser.value = "";
    });
    this.#export.addEventListener("click", () => this.#said.until("Writing a file of all runs …", onExportAll()));
  }

  /** @param {string} key of a group */
  #toggle(key) {
    const open = new Set(this.#open);
    if (!open.delete(key)) open.add(key);
    this.#open = open;
    this.#render();
  }

  #renderFromTop() {
    this.#table.toTop();
    this.#render();
  }

  #render() {
    this.#isDue = false;
    clearTimeout(this.#later);
    this.#later = undefined;
    if (this.#shown === null || !this.#shown.isShown) return;
    const { runs, storage, ...around } = this.#shown;
    const nHeld = storage.kind === "forbidden" ? runs.length : runs.filter(({ weights }) => weights !== null).length;
    this.#storage.update({ ...storage, nRuns: runs.length, nHeld });
    const areGrouped = this.#groups.checked;
    const lines = linesOf(runs, { areGrouped, filter: this.#filter.value, order: this.#order, open: this.#open });
    const isEmpty = runs.length === 0;
    this.#empty.hidden = !isEmpty;
    this.#tools.hidden = isEmpty;
    this.#export.hidden = isEmpty;
    this.#box.hidden = lines.length === 0;
    this.#noneFound.hidden = isEmpty || lines.length > 0;
    setText(this.#summary, summaryOf(runs, lines));
    const accuracies = lines.flatMap((line) => factsOf(line).validations);
    const surroundings = { ...around, open: this.#open };
    this.#table.update({ lines, order: this.#order, scale: scaleOf(accuracies), around: surroundings });
  }
}

/** Whether nothing has changed but what is under way. @param {Shown} before @param {Shown} now */
function isOnlyProgress({ runs: runsBefore, ...before }, { runs, ...now }) {
  const names = /** @type {(keyof typeof now)[]} */ (Object.keys(now));
  return runs.length === runsBefore.length && names.every((name) => before[name] === now[name]);
}

/** @param {readonly Run[]} runs @param {readonly import("./lines.js").Line[]} lines */
function summaryOf(runs, lines) {
  if (runs.length === 0) return "";
  const tops = lines.filter(({ kind }) => kind !== "seed");
  const n = tops.reduce((sum, line) => sum + line.runs.length, 0);
  const nGroups = tops.length;
  const all = n < runs.length ? `${n.toLocaleString("en-US")} of ${counted(runs.length, "run")}` : counted(n, "run");
  return nGroups === n ? all : `${all} in ${counted(nGroups, "group")}`;
}
