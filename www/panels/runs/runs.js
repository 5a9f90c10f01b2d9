/** Runs: all that was trained and is kept, with its results; each can be taken up again. */

import { find, setText } from "../../ui/dom.js";
import { counted } from "../../ui/format.js";
import { factsOf } from "./facts.js";
import { linesOf, orderAfter } from "./lines.js";
import { MoreEpochs } from "./more-epochs.js";
import { RunsTable } from "./runs-table.js";
import { scaleOf } from "./scale.js";
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
 *
 * @typedef {{runs: readonly Run[], isShown: boolean} & Omit<import("./rows.js").Surroundings, "open">} Shown `isShown`:
 *   whether anybody looks
 */

export class RunsPanel {
  #summary;
  #empty;
  #box;
  #tools;
  #filter;
  #groups;
  #noneFound;
  #table;
  /** @type {Shown | null} */ #shown = null;
  /** @type {import("./lines.js").Order} */ #order = null;
  /** @type {ReadonlySet<string>} */ #open = new Set();
  #isDue = false;

  /** @param {HTMLElement} section @param {RunsEvents} events */
  constructor(section, events) {
    this.#summary = find(section, ".runs-summary", HTMLElement);
    this.#empty = find(section, ".runs-empty", HTMLElement);
    this.#box = find(section, ".runs-box", HTMLElement);
    this.#tools = find(section, ".runs-find", HTMLElement);
    this.#filter = find(section, ".runs-filter", HTMLInputElement);
    this.#groups = find(section, ".runs-grouped", HTMLInputElement);
    this.#noneFound = find(section, ".runs-none", HTMLElement);
    const undo = new Undo(find(section, ".runs-undo", HTMLElement), { onUndo: events.onUndo });
    const more = new MoreEpochs(find(section, "dialog", HTMLDialogElement), { onEpochs: events.onGoOn });
    this.#table = new RunsTable(this.#box, {
      ...events,
      onResume: (id) => events.onGoOn(id),
      onToggle: (key) => this.#toggle(key),
      onOrder: (column) => {
        this.#order = orderAfter(this.#order, column);
        this.#renderFromTop();
      },
      onMoreEpochs: (id, row) => more.ask(id, row),
      onDelete: (ids, label) => undo.offer(events.onDelete(ids), label),
    });
    this.#filter.addEventListener("input", () => this.#renderFromTop());
    this.#groups.addEventListener("change", () => this.#renderFromTop());
  }

  /**
   * What training tells many times a second is shown once a frame; what there is when somebody begins to look, at once.
   * @param {Shown} shown
   */
  update(shown) {
    const wasShown = this.#shown?.isShown ?? false;
    this.#shown = shown;
    if (!shown.isShown) return;
    if (!wasShown) return this.#render();
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => this.#render());
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
    if (this.#shown === null || !this.#shown.isShown) return;
    const { runs, ...around } = this.#shown;
    const areGrouped = this.#groups.checked;
    const lines = linesOf(runs, { areGrouped, filter: this.#filter.value, order: this.#order, open: this.#open });
    const isEmpty = runs.length === 0;
    this.#empty.hidden = !isEmpty;
    this.#tools.hidden = isEmpty;
    this.#box.hidden = lines.length === 0;
    this.#noneFound.hidden = isEmpty || lines.length > 0;
    setText(this.#summary, summaryOf(runs, lines));
    const accuracies = lines.flatMap((line) => factsOf(line).validations);
    const surroundings = { ...around, open: this.#open };
    this.#table.update({ lines, order: this.#order, scale: scaleOf(accuracies), around: surroundings });
  }
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
