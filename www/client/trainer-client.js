/**
 * The page's end of the wire: a promise for each request, listeners for the events, and a new worker after a crash.
 * Where the worker cannot start, another would do no better: what is asked is refused with the reason.
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
   * @param {import("../protocol/requests.js").FieldError[]} [others] what else is wrong with the recipe
   */
  constructor(message, field, others = []) {
    super(message);
    this.name = "TrainerError";
    this.field = field;
    this.faults = [{ field, message }, ...others];
  }
}

/** Stands in for the answer of a worker that is gone; the crash itself is told once, by its event. */
export class CrashError extends Error {}

export class TrainerClient {
  #createWorker;
  #explain;
  /** @type {((event: WorkerEvent) => void) | null} */ #onEvent = null;
  /** @type {WorkerEvent[]} for which there is no listener yet */ #early = [];
  /** @type {WorkerLike | null} */ #worker = null;
  #hasStarted = false;
  /** Why there will be no worker. @type {Promise<string> | null} */ #refusal = null;
  #settle = () => {};
  /** Comes once a worker has started, or it is known why none will. @type {Promise<void>} */
  settled = new Promise((resolve) => {
    this.#settle = resolve;
  });
  #lastId = 0;
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */ #pending = new Map();

  /**
   * @param {() => WorkerLike} createWorker called at once, so that the worker loads while the page does
   * @param {(message: string) => Promise<string>} explain why a worker does not start, by what the browser says of it
   */
  constructor(createWorker, explain) {
    this.#createWorker = createWorker;
    this.#explain = explain;
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
    if (this.#refusal !== null) return this.#refusal.then((sentence) => Promise.reject(new TrainerError(sentence)));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage({ ...request, id });
    });
  }

  /** The worker ends; whoever waits for an answer gets none. */
  end() {
    this.#onEvent = () => {};
    this.#crash("it was ended");
  }

  #start() {
    const worker = this.#createWorker();
    this.#hasStarted = false;
    worker.addEventListener("message", (event) => {
      if (worker === this.#worker) this.#receive(/** @type {MessageEvent<WorkerMessage>} */ (event).data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker !== this.#worker) return;
      const { message = "" } = /** @type {ErrorEvent} */ (event);
      if (this.#hasStarted) this.#crash(message);
      else this.#giveUp(this.#explain(message));
    });
    return worker;
  }

  /** @param {WorkerMessage} message */
  #receive(message) {
    if (message.type === "crashed") return this.#crash(message.message);
    if (message.type === "unable") return this.#giveUp(Promise.resolve(message.message));
    if (message.type === "started") {
      this.#hasStarted = true;
      return this.#settle();
    }
    if (message.type !== "reply" && message.type !== "failure") return this.#tell(message);
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.type === "reply") pending?.resolve(message.value);
    else pending?.reject(new TrainerError(message.message, message.field, message.others));
  }

  /** @param {string} message */
  #crash(message) {
    const orphans = this.#bury();
    for (const { reject } of orphans) reject(new CrashError(message));
    this.#tell({ type: "crashed", message });
  }

  /** @param {Promise<string>} explanation */
  #giveUp(explanation) {
    const orphans = this.#bury();
    this.#refusal = explanation
      .catch(() => "Reload the page.")
      .then((reason) => `The trainer could not start. ${reason}`);
    void this.#refusal.then((sentence) => {
      for (const { reject } of orphans) reject(new TrainerError(sentence));
      this.#settle();
    });
  }

  /** Ends the worker; the next request starts another. Returns what it owes an answer to. */
  #bury() {
    this.#worker?.terminate();
    this.#worker = null;
    const orphans = [...this.#pending.values()];
    this.#pending.clear();
    return orphans;
  }
}
