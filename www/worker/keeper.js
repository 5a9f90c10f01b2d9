/**
 * Keeps the weights of what the worker trains, and holds back what the page is told until they are kept: an epoch that
 * somebody has seen is not lost, whatever ends the page after it.
 *
 * @typedef {import("../protocol/events.js").Weights} Weights
 * @typedef {import("../protocol/events.js").WorkerMessage} WorkerMessage
 * @typedef {Pick<import("../runs/store.js").RunStore, "putWeights" | "weights">} Store
 */

/** After so long the page is told all the same: a browser that does not answer must not hide the training. */
const PATIENCE_MS = 2000;

export class Keeper {
  #post;
  #openStore;
  /** @type {Promise<Store> | null} */ #store = null;
  /** What is being kept. @type {Promise<void> | null} */ #pending = null;
  /** Whether the latest weights are kept. */ #isKept = false;
  /** @type {{message: WorkerMessage, transfer: Transferable[]}[]} */ #held = [];

  /**
   * @param {(message: WorkerMessage, transfer: Transferable[]) => void} post
   * @param {() => Promise<Store>} openStore
   */
  constructor(post, openStore) {
    this.#post = post;
    this.#openStore = openStore;
  }

  /**
   * Tells the page, after what is being kept. Weights that are kept do not go along.
   * @param {WorkerMessage} message
   * @param {Transferable[]} [transfer]
   */
  post(message, transfer = []) {
    if (this.#pending !== null) this.#held.push({ message, transfer });
    else if (message.type === "weights" && this.#isKept) this.#post({ ...message, weights: null }, transfer);
    else this.#post(message, transfer);
  }

  /** @param {string} run @param {Weights} weights */
  keep(run, weights) {
    const pending = this.#keep(this.#pending, run, weights).then((refusal) => {
      this.#isKept = refusal === null;
      if (refusal !== null) this.#post({ type: "notKept", run, message: refusal }, []);
      if (this.#pending !== pending) return;
      this.#pending = null;
      for (const { message, transfer } of this.#held.splice(0)) this.post(message, transfer);
    });
    this.#pending = pending;
  }

  /** @param {string} run @returns {Promise<Weights | null>} */
  async weights(run) {
    await this.#pending;
    return (await this.#open()).weights(run);
  }

  #open() {
    this.#store ??= this.#openStore();
    this.#store.catch(() => {
      this.#store = null;
    });
    return this.#store;
  }

  /**
   * @param {Promise<void> | null} before what has to be kept first
   * @param {string} run
   * @param {Weights} weights
   * @returns {Promise<string | null>} why not; null: it is
   */
  async #keep(before, run, weights) {
    await before;
    const putting = this.#open().then((store) => store.putWeights(run, weights));
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const tooLong = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("the browser's database does not answer")), PATIENCE_MS);
    });
    try {
      await Promise.race([putting, tooLong]);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message || error.name : String(error);
    } finally {
      clearTimeout(timer);
    }
  }
}
