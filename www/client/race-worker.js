/**
 * One of a race's workers: it trains one run after another, each from its start or from where it was broken off.
 *
 * @typedef {import("./trainer-client.js").TrainerClient} TrainerClient
 * @typedef {import("../protocol/requests.js").DataSource} DataSource
 * @typedef {import("../protocol/requests.js").Request} Request
 * @typedef {import("../protocol/events.js").WorkerEvent} WorkerEvent
 * @typedef {import("../runs/run.js").Run} Run
 *
 * @typedef {object} RaceWorkerEvents
 * @property {(event: WorkerEvent) => void} onEvent
 * @property {(worker: RaceWorker) => void} onFree it has no run any more, and can take another
 * @property {(worker: RaceWorker, reason: string) => void} onLost it is gone, or cannot do its work
 */
export class RaceWorker {
  #client;
  #events;
  #isTested = false;
  #isLoaded = false;
  /** The run that it has in hand. @type {Run | null} */ run = null;

  /**
   * @param {TrainerClient} client
   * @param {RaceWorkerEvents} events
   */
  constructor(client, events) {
    this.#client = client;
    this.#events = events;
    client.listen((event) => this.#receive(event));
  }

  /** @param {DataSource} source that the page's own worker has loaded */
  async load(source) {
    try {
      const data = await this.#client.request({ type: "load", source });
      this.#isTested = data.test !== null;
      this.#isLoaded = true;
      this.#events.onFree(this);
    } catch (error) {
      this.#events.onLost(this, /** @type {Error} */ (error).message);
    }
  }

  /** Whether it has its data, and no run. */
  get isFree() {
    return this.#isLoaded && this.run === null;
  }

  /** @param {Run} run that waits, or was broken off */
  async take(run) {
    this.run = run;
    const { id, recipe, weights, epochs } = run;
    const goesOn = epochs.length > 0 || weights !== null;
    try {
      if (goesOn && (await this.#goesOn(run))) return;
      await this.#client.request({ type: "train", run: id, recipe });
    } catch (error) {
      this.#events.onLost(this, /** @type {Error} */ (error).message);
    }
  }

  /** @param {Run} run @returns {Promise<boolean>} false: its weights are gone, and it begins anew, to the same bits */
  async #goesOn({ id, weights }) {
    try {
      await this.#client.request({ type: "continue", run: id, weights, epochs: null });
      return true;
    } catch {
      return false;
    }
  }

  /** @param {Extract<Request, {type: "pause" | "resume" | "stop" | "setLearningRate" | "keep"}>} request */
  ask(request) {
    // A run that is over meanwhile needs nothing of it.
    return this.#client.request(request).catch(() => {});
  }

  end() {
    this.run = null;
    this.#client.end();
  }

  /** @param {WorkerEvent} event */
  #receive(event) {
    if (event.type === "crashed") return this.#events.onLost(this, event.message);
    this.#events.onEvent(event);
    if (!this.#isOver(event)) return;
    this.run = null;
    this.#events.onFree(this);
  }

  /**
   * A run is over once its weights are told and, if it came to its end, its test is done.
   * @param {WorkerEvent} event
   */
  #isOver(event) {
    if (this.run === null || !("run" in event) || event.run !== this.run.id) return false;
    if (event.type === "state") this.run = { ...this.run, state: event.state };
    if (event.type === "evaluation") return event.done;
    return event.type === "weights" && !(this.run.state === "finished" && this.#isTested);
  }
}
