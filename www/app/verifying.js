/**
 * Trains a shared recipe again, in a worker of its own, so that Train keeps its network. The run is one of the list
 * like any other, unless it is broken off.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("../protocol/requests.js").RunSummary} RunSummary
 * @typedef {import("../runs/run.js").Run} Run
 */
import { RaceWorker } from "../client/race-worker.js";
import { newTrainer } from "../client/trainer.js";
import { newId, newRun } from "../runs/run.js";
import { raceReceived } from "./race-state.js";

export class Verifying {
  #desk;
  #events;
  #worker;
  #run;
  #hasBegun = false;

  /**
   * @param {Desk} desk
   * @param {Pick<Run, "name" | "basis" | "changes"> & {summary: RunSummary}} origin
   * @param {object} events
   * @param {() => void} events.onOver the run came to its end
   * @param {(reason: string) => void} events.onLost
   */
  constructor(desk, origin, events) {
    this.#desk = desk;
    this.#events = events;
    const { page } = desk;
    const now = { id: newId(), fingerprint: page.data?.fingerprint ?? "", begunAt: Date.now() };
    this.#run = newRun({ ...origin, ...now, state: "training" });
    this.#worker = new RaceWorker(newTrainer(), {
      onEvent: (event) => desk.become(raceReceived(desk.page, event)),
      onFree: () => this.#next(),
      onLost: (_, reason) => this.#lose(reason),
    });
    desk.become({ ...page, runs: [...page.runs, this.#run] });
    if (page.source !== null) void this.#worker.load(page.source);
  }

  /** The id of its run. */
  get id() {
    return this.#run.id;
  }

  /** Nobody wants to know any more; a run without an end is dropped. @returns {boolean} whether there was one */
  end() {
    this.#worker.end();
    const { page } = this.#desk;
    const isOpen = page.runs.some((run) => run.id === this.id && (run.state === "training" || run.state === "paused"));
    if (isOpen) this.#desk.become({ ...page, runs: page.runs.filter(({ id }) => id !== this.id) });
    return isOpen;
  }

  #next() {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return void this.#worker.take(this.#run);
    }
    this.#worker.end();
    this.#events.onOver();
  }

  /** @param {string} reason */
  #lose(reason) {
    this.#events.onLost(reason);
  }
}
