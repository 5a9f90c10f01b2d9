/**
 * Keeps the page's runs in the browser's database, and tells the page of those that are there or that other tabs keep.
 * It watches the page's state: what matters of a run has changed, so it is written. Without a database all goes on, and
 * nothing is kept.
 *
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("../runs/run.js").Run} Run
 * @typedef {import("../runs/store.js").RunStore} RunStore
 * @typedef {import("../runs/archive.js").Entry} Entry
 *
 * @typedef {object} KeepingEvents
 * @property {(runs: Run[]) => void} onRuns that are kept: new ones, or as another tab has changed them
 * @property {(ids: string[]) => void} onGone what another tab has deleted
 * @property {(storage: Page["storage"]) => void} onStorage
 * @property {(nUnreadable: number) => void} onUnreadable
 * @property {(ids: string[]) => void} onKept the weights that the page had to hold
 */
import { groupKeyOf } from "../runs/groups.js";
import { browserLocks, runsUnderWay } from "../runs/locks.js";
import { curveOf, curveRecordOf, recordOf, runOf } from "../runs/record.js";

const CHANNEL = "hellonn runs";

/** How often a run that another tab trains is asked after: that tab may be gone without a word. */
const LOOK_AGAIN_MS = 2000;

/** @typedef {{type: "changed" | "gone", ids: string[]}} Word from tab to tab */

export class Keeping {
  #window;
  #events;
  /** @type {Promise<RunStore | null>} */ #store;
  /** @type {BroadcastChannel | null} */ #channel = null;
  /** @type {readonly Run[]} */ #runs = [];
  /** As they are in the store, or on their way to it. @type {Map<string, Run>} */ #seen = new Map();
  /** @type {Map<string, Run>} */ #due = new Map();
  /** @type {Page["storage"]["kind"]} */ #kind = "opening";
  #isWriting = false;
  #hasAskedToPersist = false;

  /** @param {Window & typeof globalThis} window @param {KeepingEvents} events */
  constructor(window, events) {
    this.#window = window;
    this.#events = events;
    this.#store = this.#open();
    void this.#listen();
  }

  /** @param {Page} page */
  update({ runs, storage }) {
    const isBack = storage.kind === "on" && this.#kind !== "on";
    this.#kind = storage.kind;
    if (runs !== this.#runs) this.#watch(runs);
    // What found no room may find some now.
    if (isBack) for (const run of runs) if (run.weights !== null) this.#due.set(run.id, run);
    if (this.#due.size > 0 && storage.kind === "on") void this.#write();
  }

  /** @param {readonly Run[]} runs of which some may have changed */
  #watch(runs) {
    const known = this.#runs;
    this.#runs = runs;
    for (const [i, run] of runs.entries()) {
      // Of thousands most are what and where they were.
      if (run === known[i]) continue;
      const before = this.#seen.get(run.id);
      if (before === run) continue;
      this.#seen.set(run.id, run);
      if (run.state !== "elsewhere" && (before === undefined || differs(before, run))) this.#due.set(run.id, run);
    }
  }

  /** Tries a database again that was forbidden, full or taken away; what the page has of its runs goes there. */
  async tryAgain() {
    (await this.#store)?.close();
    this.#seen.clear();
    this.#runs = [];
    this.#store = this.#open();
    await this.#store;
  }

  /** What a file of all runs holds. @param {readonly Run[]} runs @returns {AsyncGenerator<Entry>} */
  async *entriesOf(runs) {
    const store = await this.#store;
    for (const run of runs) {
      const curve = run.hasCurve ? curveRecordOf(run) : ((await store?.curve(run.id)) ?? null);
      const weights = run.weights ?? (await store?.weights(run.id)) ?? null;
      yield { run: recordOf(run), curve, weights };
    }
  }

  /**
   * Runs that come from a file; where there is no room for them the page holds what the store does not.
   * @param {readonly (Entry & {held: Run})[]} entries
   */
  async take(entries) {
    /** @type {Run[]} */
    const taken = [];
    for (const { held, ...entry } of entries) {
      const isStored = await this.#put(entry);
      taken.push(isStored ? { ...held, isKept: entry.weights !== null } : withAll(held, entry));
    }
    this.#arrive(taken, new Set());
    this.#tell({ type: "changed", ids: taken.map(({ id }) => id) });
    if (this.#kind === "on") await this.#measure();
  }

  /** @param {Entry} entry @returns {Promise<boolean>} whether the store has it */
  async #put({ run, curve, weights }) {
    const store = await this.#store;
    if (store === null || this.#kind !== "on") return false;
    try {
      await store.put([{ run, curve }]);
      if (weights !== null) await store.putWeights(run.id, weights);
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  /** @param {Run} run of which the list was read @returns {Promise<Run["curve"]>} */
  async curveOf({ id }) {
    return curveOf(await (await this.#store)?.curve(id));
  }

  /** @param {readonly string[]} ids of runs for good */
  async remove(ids) {
    for (const id of ids) {
      this.#seen.delete(id);
      this.#due.delete(id);
    }
    const store = await this.#store;
    if (store === null) return;
    try {
      await store.remove(ids);
    } catch (error) {
      return this.#fail(error);
    }
    this.#tell({ type: "gone", ids: [...ids] });
    await this.#measure();
  }

  async #open() {
    try {
      const { RunStore } = await import("../runs/store.js");
      const store = await RunStore.open(() => this.#events.onStorage({ kind: "lost", usage: 0, quota: 0, reason: "" }));
      await this.#readAll(store);
      return store;
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  /** @param {RunStore} store */
  async #readAll(store) {
    const underWay = await runsUnderWay(browserLocks());
    let nUnreadable = 0;
    for await (const records of store.all()) {
      const runs = records.flatMap((record) => runOf(record) ?? []);
      nUnreadable += records.length - runs.length;
      this.#arrive(runs, underWay);
    }
    if (nUnreadable > 0) this.#events.onUnreadable(nUnreadable);
    await this.#measure();
  }

  /** @param {Run[]} runs @param {Set<string>} underWay that some tab trains */
  #arrive(runs, underWay) {
    /** @type {Run[]} */
    const arrived = runs.map((run) => asFoundBy(run, underWay));
    for (const run of arrived) {
      this.#seen.set(run.id, run);
      // Now, as they come some at a time: of thousands at once it would take long.
      groupKeyOf(run);
    }
    this.#events.onRuns(arrived);
  }

  async #listen() {
    if (typeof BroadcastChannel === "undefined") return;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.onmessage = (/** @type {MessageEvent<Word>} */ { data: { type, ids } }) => {
      if (type === "gone") this.#events.onGone(ids);
      else void this.#readAgain(ids);
    };
    this.#window.setInterval(() => {
      const elsewhere = this.#runs.filter(({ state }) => state === "elsewhere");
      if (elsewhere.length > 0) void this.#readAgain(elsewhere.map(({ id }) => id));
    }, LOOK_AGAIN_MS);
  }

  /** @param {string[]} ids that another tab has written */
  async #readAgain(ids) {
    const store = await this.#store;
    if (store === null) return;
    const underWay = await runsUnderWay(browserLocks());
    const records = await Promise.all(ids.map((id) => store.run(id)));
    this.#arrive(
      records.flatMap((record) => runOf(record) ?? []),
      underWay,
    );
  }

  async #write() {
    if (this.#isWriting) return;
    this.#isWriting = true;
    const store = await this.#store;
    while (store !== null && this.#due.size > 0) {
      const runs = [...this.#due.values()];
      this.#due.clear();
      try {
        await store.put(runs.map((run) => ({ run: recordOf(run), curve: curveRecordOf(run) })));
        await this.#putWeights(store, runs);
        this.#tell({ type: "changed", ids: runs.map(({ id }) => id) });
        // Nothing waits for an answer that a browser may owe for long: it may ask its user first.
        if (runs.some(({ checksum }) => checksum !== null)) void this.#persist();
      } catch (error) {
        // Unless there is something newer of them, they wait for room.
        for (const run of runs) if (!this.#due.has(run.id)) this.#due.set(run.id, run);
        this.#isWriting = false;
        return this.#fail(error);
      }
    }
    this.#isWriting = false;
    if (store !== null) void this.#measure();
  }

  /** What the worker could not keep. @param {RunStore} store @param {readonly Run[]} runs */
  async #putWeights(store, runs) {
    const held = runs.filter(({ weights }) => weights !== null);
    for (const { id, weights } of held) if (weights !== null) await store.putWeights(id, weights);
    if (held.length > 0) this.#events.onKept(held.map(({ id }) => id));
  }

  /** @param {Word} word */
  #tell(word) {
    this.#channel?.postMessage(word);
  }

  /** How much of what it may take the page's origin takes. WebKit on Linux does not say. */
  async #measure() {
    const { usage = 0, quota = 0 } = (await this.#window.navigator.storage?.estimate?.()) ?? {};
    this.#events.onStorage({ kind: "on", usage, quota, reason: "" });
  }

  /** Asks, once there is something to lose, that the browser does not clear it by itself. */
  async #persist() {
    if (this.#hasAskedToPersist) return;
    this.#hasAskedToPersist = true;
    await this.#window.navigator.storage?.persist?.().catch(() => false);
  }

  /** @param {unknown} error */
  #fail(error) {
    const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
    const kind = name === "QuotaExceededError" ? "full" : name === "InvalidStateError" ? "lost" : "forbidden";
    this.#events.onStorage({ kind, usage: 0, quota: 0, reason: message });
  }
}

/** Whether what is kept of a run has changed. @param {Run} before @param {Run} after */
function differs(before, after) {
  const names = /** @type {const} */ (["state", "epochs", "test", "name", "handSet", "checksum", "isSealed", "recipe"]);
  return names.some((name) => before[name] !== after[name]);
}

/** A run that the page has to hold itself. @param {Run} run @param {Entry} entry @returns {Run} */
function withAll(run, { curve, weights }) {
  return { ...run, curve: curveOf(curve), hasCurve: true, weights, isKept: false };
}

/**
 * A run that was under way when its record was written: it still is, elsewhere, or was broken off.
 * @param {Run} run
 * @param {Set<string>} underWay
 * @returns {Run}
 */
function asFoundBy(run, underWay) {
  if (run.state === "finished" || run.state === "stopped" || run.state === "diverged") return run;
  return { ...run, state: underWay.has(run.id) ? "elsewhere" : "interrupted" };
}
