/**
 * The page's end of the wire: a promise for each request, listeners for the events, and a new worker after a crash.
 *
 * @typedef {import("../protocol/requests.js").Request} Request
 * @typedef {import("../protocol/requests.js").Replies} Replies
 * @typedef {import("../protocol/events.js").WorkerEvent} WorkerEvent
 * @typedef {import("../protocol/events.js").WorkerMessage} WorkerMessage
 * @typedef {Pick<Worker, "postMessage" | "terminate" | "addEventListener">} WorkerLike
 */

/** What the worker refused, with the path of the recipe's field that it is about, if it is about one. */
export class TrainerError extends Error {
  /**
   * @param {string} message
   * @param {string} [field]
   */
  constructor(message, field) {
    super(message);
    this.name = "TrainerError";
    this.field = field;
  }
}

/** Stands in for the answer of a worker that is gone; the crash itself is told once, by its event. */
export class CrashError extends Error {}

export class TrainerClient {
  #createWorker;
  /** @type {((event: WorkerEvent) => void) | null} */ #onEvent = null;
  /** @type {WorkerEvent[]} for which there is no listener yet */ #early = [];
  /** @type {WorkerLike | null} */ #worker = null;
  #lastId = 0;
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */ #pending = new Map();

  /** @param {() => WorkerLike} createWorker called at once, so that the worker loads while the page does */
  constructor(createWorker) {
    this.#createWorker = createWorker;
    this.#worker = this.#start();
  }

  /** @param {(event: WorkerEvent) => void} onEvent after "crashed" the next request starts a new worker */
  listen(onEvent) {
    this.#onEvent = onEvent;
    for (const event of this.#early.splice(0)) onEvent(event);
  }

  /** @param {WorkerEvent} event */
  #tell(event) {
    if (this.#onEvent === null) this.#early.push(event);
    else this.#onEvent(event);
  }

  /**
   * @template {Request["type"]} T
   * @param {Extract<Request, {type: T}>} request
   * @returns {Promise<Replies[T]>}
   */
  request(request) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage({ ...request, id });
    });
  }

  #start() {
    const worker = this.#createWorker();
    worker.addEventListener("message", (event) => {
      if (worker === this.#worker) this.#receive(/** @type {MessageEvent<WorkerMessage>} */ (event).data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const message = /** @type {ErrorEvent} */ (event).message ?? "the worker could not be started";
      if (worker === this.#worker) this.#crash(message);
    });
    return worker;
  }

  /** @param {WorkerMessage} message */
  #receive(message) {
    if (message.type === "crashed") return this.#crash(message.message);
    if (message.type !== "reply" && message.type !== "failure") return this.#tell(message);
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.type === "reply") pending?.resolve(message.value);
    else pending?.reject(new TrainerError(message.message, message.field));
  }

  /** @param {string} message */
  #crash(message) {
    this.#worker?.terminate();
    // Started on demand: one that cannot start at all must not be tried for ever.
    this.#worker = null;
    const orphans = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of orphans) reject(new CrashError(message));
    this.#tell({ type: "crashed", message });
  }
}
