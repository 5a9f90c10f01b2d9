/**
 * What somebody can do with a run that is there: open it, take it up, continue it, copy its settings, rename or delete
 * it.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./keeping.js").Keeping} Keeping
 * @typedef {import("../runs/run.js").Run} Run
 */
import { canComeBack } from "../runs/run.js";
import { fetchStyles } from "../ui/styles.js";
import { shown } from "./comparison.js";
import * as messages from "./messages.js";
import * as list from "./run-list.js";
import * as state from "./state.js";
import { codeIn } from "./views.js";

/** How long a deletion can be undone: then it is done. */
const UNDO_MS = 15_000;

export class RunActions {
  #desk;
  #window;
  /** What keeps the runs comes after what shows the page. @type {Keeping | null} */ #keeping = null;
  /** @type {Promise<import("./racing.js").Racing> | null} */ #racing = null;
  /** What travels comes with its scripts, too. @type {import("./sharing.js").Sharing | null} */ #sharing = null;
  /** @type {Promise<import("./sharing.js").Sharing> | null} */ #sharingComes = null;
  /** Deleted, but not from the store yet. @type {Run[]} */ #deleted = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #deletion;

  /** @param {Desk} desk @param {Window & typeof globalThis} window */
  constructor(desk, window) {
    this.#desk = desk;
    this.#window = window;
  }

  /** Races come with the scripts that run them. */
  racing() {
    const onDropped = (/** @type {string[]} */ ids) => void this.#keeping?.remove(ids);
    this.#racing ??= import("./racing.js").then(
      ({ Racing }) => new Racing(this.#desk, this.#window.navigator, onDropped),
    );
    return this.#racing;
  }

  /** @param {readonly string[]} ids of runs that were broken off, and go on as a race */
  async takeUp(ids) {
    (await this.racing()).takeUp(ids);
  }

  /** Nobody looks any more: the page may end without another word. */
  async keepNow() {
    if (state.isMidRun(this.#desk.page)) void this.#desk.ask({ type: "keep" });
    if (this.#racing !== null) (await this.#racing).keep();
  }

  /** Reads the runs that are kept, and keeps what changes from now on. */
  async start() {
    const desk = this.#desk;
    const { Keeping } = await import("./keeping.js");
    this.#keeping = new Keeping(this.#window, {
      onRuns: (runs) => desk.become(list.runsArrived(desk.page, runs)),
      onGone: (ids) => desk.become(list.runsGone(desk.page, ids)),
      onStorage: (storage) => desk.become(list.storageIs(desk.page, storage)),
      onKept: (ids) => desk.become(list.weightsKept(desk.page, ids)),
      onUnreadable: (n) => desk.panels.alerts.show("kept", messages.unreadable(n)),
    });
    this.update(desk.page);
  }

  /** @param {import("./state.js").Page} page */
  update(page) {
    this.#keeping?.update(page);
    this.#sharing?.update(page);
  }

  sharing() {
    this.#sharingComes ??= this.#fetchSharing();
    return this.#sharingComes;
  }

  async #fetchSharing() {
    const [{ Sharing }] = await Promise.all([import("./sharing.js"), fetchStyles(this.#window.document, "shared")]);
    this.#sharing = new Sharing(this.#desk, this.#window, {
      onOpen: (id) => this.open(id),
      onDropped: (ids) => void this.#keeping?.remove(ids),
    });
    return this.#sharing;
  }

  /** What a link shares is in the address. @param {string} hash */
  async follow(hash) {
    if (this.#sharing !== null || codeIn(hash) !== null) await (await this.sharing()).follow(hash);
  }

  /** @param {string} id of a run that is to travel */
  async share(id) {
    const [{ ShareDialog }, run] = [await import("../panels/share/share.js"), this.#find(id)];
    if (run !== undefined) new ShareDialog(this.#window, run, this.#desk.page.data).show();
  }

  /** @param {string} id of a run that goes out as files */
  async export(id) {
    const [{ ExportDialog }, run] = [await import("../panels/export/export.js"), this.#find(id)];
    if (run === undefined) return;
    const desk = this.#desk;
    const cannot = state.isMidRun(desk.page) ? "A run is under way: stop it first." : "";
    new ExportDialog(run, cannot, {
      ask: (request) => desk.client.request(request),
      onWeights: async (bytes) => (await import("./weights-file.js")).openWeights(desk, bytes, run),
    }).show();
  }

  /** @param {string} id of a run that Train is to show, with its weights */
  async open(id) {
    const run = this.#find(id);
    if (run === undefined) return;
    if (id !== this.#desk.page.current) {
      const { weights } = run;
      if (!canComeBack(run) || !(await this.#desk.ask({ type: "open", run: id, weights }))) return;
      await this.#show(run);
    }
    this.#desk.showTrain();
  }

  /**
   * @param {string} id of a run that is to go on in Train
   * @param {number | null} epochs that it is to have; null: as many as it was to have
   */
  async goOn(id, epochs = null) {
    const run = this.#find(id);
    if (run === undefined) return;
    // What was broken off before anything of it was kept begins anew, and comes to the same.
    const isFresh = run.epochs.length === 0 && run.state === "interrupted" && run.weights === null;
    const request = isFresh
      ? /** @type {const} */ ({ type: "train", run: id, recipe: run.recipe })
      : /** @type {const} */ ({ type: "continue", run: id, weights: run.weights, epochs });
    if (!(await this.#desk.ask(request))) return;
    await this.#show(run);
    this.#desk.showTrain();
  }

  /** @param {string} id of a run whose settings are to be the next one's */
  editCopy(id) {
    const run = this.#find(id);
    if (run === undefined) return;
    this.#desk.take(state.recipeOpened(this.#desk.page, run.recipe, run.basis));
    this.#desk.showTrain();
  }

  /** @param {string} group that is to be compared, or no longer @param {boolean} isShown */
  show(group, isShown) {
    this.#desk.become(shown(this.#desk.page, group, isShown));
  }

  /** @param {readonly string[]} ids @param {string} name */
  rename(ids, name) {
    this.#desk.become(list.renamed(this.#desk.page, ids, name));
  }

  /** @param {readonly string[]} ids */
  delete(ids) {
    this.#finishDeletion();
    const gone = new Set(ids);
    const before = this.#desk.page.runs;
    this.#desk.become(list.runsGone(this.#desk.page, ids));
    const left = new Set(this.#desk.page.runs);
    this.#deleted = before.filter((run) => gone.has(run.id) && !left.has(run));
    this.#deletion = setTimeout(() => this.#finishDeletion(), UNDO_MS);
    return this.#deleted.length;
  }

  undoDeletion() {
    clearTimeout(this.#deletion);
    this.#desk.become(list.runsArrived(this.#desk.page, this.#deleted.splice(0)));
  }

  /** What keeps the runs, once it is there; what was deleted is gone by then. */
  keeping() {
    this.#finishDeletion();
    return this.#keeping;
  }

  #finishDeletion() {
    clearTimeout(this.#deletion);
    const ids = this.#deleted.splice(0).map(({ id }) => id);
    if (ids.length > 0) void this.#keeping?.remove(ids);
  }

  /** The settings and the curve go along with a run that Train shows from now on. @param {Run} run */
  async #show(run) {
    const desk = this.#desk;
    desk.take(state.recipeOpened(desk.page, run.recipe, run.basis));
    if (run.hasCurve) return;
    const curve = await this.#keeping?.curveOf(run);
    if (curve !== undefined) desk.become(list.curveRead(desk.page, run.id, curve));
  }

  /** @param {string} id */
  #find(id) {
    return this.#desk.page.runs.find((run) => run.id === id);
  }
}
