/**
 * The runs in this browser's database, from which they come back after a reload, a crash, or a day: what a list tells
 * of a run, its curve, and the weights are kept apart, as the list is read as a whole and the rest run by run. The page
 * writes the first two, the worker the weights, which are large and change in mid-run.
 *
 * @typedef {import("../protocol/events.js").Weights} Weights
 * @typedef {import("../vendor/idb/index.js").IDBPDatabase} IDBPDatabase
 * @typedef {{id: string, version: number, [field: string]: unknown}} Stored whatever lies there: nobody has checked it
 * @typedef {{id: string, checkpoint: ArrayBuffer, epochs: Weights["epochs"], secondsInEpoch: number}} StoredWeights
 */
import { openDB } from "../vendor/idb/index.js";

const NAME = "hellonn";
const VERSION = 1;
const STORES = /** @type {const} */ (["runs", "curves", "weights"]);

/** So many at a time, so that reading ten thousand keeps nobody waiting. */
const BATCH = 100;

export class RunStore {
  #database;

  /** @param {IDBPDatabase} database */
  constructor(database) {
    this.#database = database;
  }

  /** @param {() => void} [onLost] the browser has closed it: wiped, or of another version by now */
  static async open(onLost = () => {}) {
    const database = await openDB(NAME, VERSION, {
      upgrade(database) {
        for (const name of STORES) database.createObjectStore(name, { keyPath: "id" });
      },
      // Another tab has a newer page: it must not wait for this one.
      blocking: (_, __, event) => {
        /** @type {IDBDatabase} */ (event.target).close();
        onLost();
      },
      terminated: onLost,
    });
    return new RunStore(database);
  }

  /** Every run, some at a time. @returns {AsyncGenerator<Stored[]>} */
  async *all() {
    /** @type {IDBKeyRange | null} */
    let after = null;
    for (;;) {
      const batch = /** @type {Stored[]} */ (await this.#database.getAll("runs", after, BATCH));
      if (batch.length > 0) yield batch;
      const last = batch.at(-1);
      if (batch.length < BATCH || last === undefined) return;
      after = IDBKeyRange.lowerBound(last.id, true);
    }
  }

  /** @param {string} id @returns {Promise<Stored | undefined>} */
  run(id) {
    return this.#database.get("runs", id);
  }

  /** @param {string} id @returns {Promise<Stored | undefined>} */
  curve(id) {
    return this.#database.get("curves", id);
  }

  /** @param {string} id @returns {Promise<Weights | null>} null: there are none */
  async weights(id) {
    const stored = /** @type {StoredWeights | undefined} */ (await this.#database.get("weights", id));
    if (stored === undefined) return null;
    const { checkpoint, epochs, secondsInEpoch } = stored;
    return { checkpoint: new Uint8Array(checkpoint), epochs, secondsInEpoch };
  }

  /**
   * Runs with their curves, all or none of them.
   * @param {readonly {run: Stored, curve: Stored | null}[]} entries
   */
  async put(entries) {
    const change = this.#database.transaction(["runs", "curves"], "readwrite");
    const puts = entries.flatMap(({ run, curve }) => [
      change.objectStore("runs").put(run),
      ...(curve === null ? [] : [change.objectStore("curves").put(curve)]),
    ]);
    await Promise.all([...puts, change.done]);
  }

  /** @param {string} id @param {Weights} weights */
  async putWeights(id, { checkpoint, epochs, secondsInEpoch }) {
    // As a buffer: what a view is of may be larger, and would be kept whole.
    const { buffer } = checkpoint.byteLength === checkpoint.buffer.byteLength ? checkpoint : checkpoint.slice();
    await this.#database.put("weights", { id, checkpoint: buffer, epochs, secondsInEpoch });
  }

  /** @param {readonly string[]} ids */
  async remove(ids) {
    const change = this.#database.transaction(STORES, "readwrite");
    const removals = STORES.flatMap((name) => ids.map((id) => change.objectStore(name).delete(id)));
    await Promise.all([...removals, change.done]);
  }

  close() {
    this.#database.close();
  }
}
