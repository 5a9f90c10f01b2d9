/**
 * Runs a race: as many workers as there are cores and memory, each of which trains one run after another.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("../protocol/requests.js").RunSummary} RunSummary
 * @typedef {import("../runs/race.js").Contestant} Contestant
 * @typedef {import("../runs/race.js").Rules} Rules
 * @typedef {import("../runs/run.js").Run} Run
 */
import { RaceWorker } from "../client/race-worker.js";
import { newTrainer } from "../client/trainer.js";
import { TrainerError } from "../client/trainer-client.js";
import { asFieldsHold } from "../recipe/normal.js";
import { refusalInWords } from "../recipe/words.js";
import { isUnderWay } from "../runs/race.js";
import { recipesOf, secondsFor } from "../runs/race-plan.js";
import * as race from "./race-state.js";
import { isMidRun } from "./state.js";

/** A share of the machine's memory that a page may well take. */
const MEMORY_SHARE = 1 / 4;
const USUAL_GIB = 4;
/** Of a worker with MNIST, until one has said what it takes. */
const USUAL_BYTES = 60 * 2 ** 20;

/** @param {Run} run that takes time yet */
const isUnfinished = ({ state }) => state === "waiting" || state === "training" || state === "paused";

/** After so many in a row something ends the workers every time. */
const MAX_LOST = 5;

export class Racing {
  #desk;
  #navigator;
  #onDropped;
  /** @type {RaceWorker[]} */ #workers = [];
  #nLost = 0;

  /**
   * @param {Desk} desk
   * @param {Navigator & {deviceMemory?: number}} navigator
   * @param {(ids: string[]) => void} onDropped runs that never began need not be kept
   */
  constructor(desk, navigator, onDropped) {
    this.#desk = desk;
    this.#navigator = navigator;
    this.#onDropped = onDropped;
  }

  /** How many runs there is room for at a time. */
  get nPlaces() {
    const { page } = this.#desk;
    const cores = (this.#navigator.hardwareConcurrency || 2) - (isMidRun(page) ? 1 : 0);
    const bytes = (this.#navigator.deviceMemory ?? USUAL_GIB) * 2 ** 30 * MEMORY_SHARE;
    return Math.max(1, Math.min(cores, Math.floor(bytes / (page.memoryBytes || USUAL_BYTES))));
  }

  /** @param {readonly Contestant[]} contestants */
  add(contestants) {
    this.#desk.become(race.contestantsAdded(this.#desk.page, contestants));
  }

  /** @param {number} idx */
  remove(idx) {
    this.#desk.become(race.contestantRemoved(this.#desk.page, idx));
  }

  /** @param {Partial<Rules>} rules */
  setRules(rules) {
    this.#desk.become(race.rulesChanged(this.#desk.page, rules));
  }

  /** @param {string} refusal */
  refuse(refusal) {
    this.#desk.become(race.raceRefused(this.#desk.page, refusal));
  }

  /**
   * What a race would take.
   * @param {readonly Contestant[]} contestants
   * @param {Rules} rules
   * @returns {Promise<{nRuns: number, seconds: number, nPlaces: number} | null>} null: it cannot be said
   */
  async estimate(contestants, rules) {
    const { page } = this.#desk;
    if (page.data === null) return null;
    const summaries = await Promise.all(
      contestants.map((contestant) => this.#described(contestant, this.#fitting(rules))),
    );
    const runs = race.plannedRuns(page, contestants, summaries);
    if (runs === null) return null;
    const { nPlaces } = this;
    return { nRuns: runs.length, seconds: secondsFor(runs, page.runs, nPlaces), nPlaces };
  }

  /** @param {readonly Run[]} runs of the race that is under way */
  secondsLeft(runs) {
    return secondsFor(runs.filter(isUnfinished), this.#desk.page.runs, this.#desk.page.race.nWorkers || this.nPlaces);
  }

  /**
   * Begins the race that is prepared, or says why it cannot.
   * @param {readonly Contestant[] | null} ready contestants to take the place of those that are listed
   */
  async start(ready = null) {
    const desk = this.#desk;
    if (ready !== null) desk.become(race.contestantsAre(desk.page, ready));
    const { contestants, rules, state } = desk.page.race;
    if (state === "racing" || state === "paused" || contestants.length === 0 || desk.page.source === null) return;
    const entries = [];
    for (const contestant of contestants) {
      const summaries = await this.#described(contestant, this.#fitting(rules));
      if (typeof summaries === "string") return this.refuse(summaries);
      entries.push({ contestant, summaries });
    }
    if (isUnderWay(desk.page.race)) return;
    desk.become(race.raceBegun(desk.page, entries, Date.now()));
    this.#begin();
  }

  /** @param {readonly string[]} ids of runs that were broken off */
  takeUp(ids) {
    if (isUnderWay(this.#desk.page.race)) return;
    this.#desk.become(race.raceTakenUp(this.#desk.page, ids));
    this.#begin();
  }

  pause() {
    this.#desk.become(race.raceIs(this.#desk.page, "paused"));
    for (const worker of this.#workers) void worker.ask({ type: "pause" });
  }

  resume() {
    this.#desk.become(race.raceIs(this.#desk.page, "racing"));
    for (const worker of this.#workers) {
      if (worker.isFree) this.#feed(worker);
      else void worker.ask({ type: "resume" });
    }
  }

  /** What is under way is stopped and stays; what waits goes. */
  stop() {
    this.#drop();
    for (const worker of this.#workers) {
      if (worker.run === null) this.#end(worker);
      else void worker.ask({ type: "stop" });
    }
    if (this.#workers.length === 0) this.#desk.become(race.raceOver(this.#desk.page));
  }

  /**
   * Something for some of the race's runs alone.
   * @param {readonly string[]} ids
   * @param {{type: "pause" | "resume" | "stop"} | {type: "setLearningRate", rate: number}} request
   */
  async ask(ids, request) {
    const wanted = new Set(ids);
    if (request.type === "stop") this.#drop(wanted);
    for (const worker of this.#workers) {
      const { run } = worker;
      if (run === null || !wanted.has(run.id)) continue;
      await worker.ask(request);
      if (request.type === "setLearningRate") {
        this.#desk.become(race.raceRateSet(this.#desk.page, run.id, request.rate));
      }
    }
  }

  /** Nobody looks any more: the page may end without another word. */
  keep() {
    for (const worker of this.#workers) void worker.ask({ type: "keep" });
  }

  /** @param {ReadonlySet<string>} [only] */
  #drop(only) {
    const before = this.#desk.page.runs;
    const { runs } = race.waitingDropped(this.#desk.page, only);
    const left = new Set(runs.map(({ id }) => id));
    this.#desk.become({ ...this.#desk.page, runs });
    this.#onDropped(before.flatMap(({ id }) => (left.has(id) ? [] : [id])));
  }

  #begin() {
    this.#nLost = 0;
    const { runs } = this.#desk.page.race;
    const n = Math.min(this.nPlaces, runs.length) - this.#workers.length;
    for (let i = 0; i < n; i++) this.#hire();
    for (const worker of this.#workers) if (worker.isFree) this.#feed(worker);
    if (runs.length === 0) this.#desk.become(race.raceOver(this.#desk.page));
  }

  #hire() {
    const { source } = this.#desk.page;
    if (source === null) return;
    const worker = new RaceWorker(newTrainer(), {
      onEvent: (event) => this.#desk.become(race.raceReceived(this.#desk.page, event)),
      onFree: (worker) => this.#feed(worker),
      onLost: (worker, reason) => this.#lose(worker, reason),
    });
    this.#workers.push(worker);
    this.#tellWorkers();
    void worker.load(source);
  }

  /** The next run for a worker that has none. @param {RaceWorker} worker */
  #feed(worker) {
    const { page } = this.#desk;
    if (!this.#workers.includes(worker) || page.race.state === "paused") return;
    const next = race.nextWaiting(page);
    if (next === null) return this.#end(worker);
    this.#nLost = 0;
    // It must not be given to another before the worker has said that it trains.
    this.#desk.become(race.taken(page, next.id));
    void worker.take(next);
  }

  /** @param {RaceWorker} worker */
  #end(worker) {
    worker.end();
    this.#workers = this.#workers.filter((other) => other !== worker);
    this.#tellWorkers();
    if (this.#workers.length === 0) this.#desk.become(race.raceOver(this.#desk.page));
  }

  /** @param {RaceWorker} worker @param {string} reason */
  #lose(worker, reason) {
    const { run } = worker;
    worker.end();
    this.#workers = this.#workers.filter((other) => other !== worker);
    if (run !== null) this.#desk.become(race.waitsAgain(this.#desk.page, run));
    this.#nLost += 1;
    if (this.#nLost <= MAX_LOST) return this.#hire();
    this.refuse(`The race was broken off: ${reason}`);
    this.stop();
  }

  /** A small data set gives fewer images to validation. @param {Rules} rules @returns {Rules} */
  #fitting(rules) {
    const nImages = this.#desk.page.data?.training.nImages ?? 0;
    return { ...rules, validationImages: Math.min(rules.validationImages, Math.floor(nImages / 12)) };
  }

  #tellWorkers() {
    this.#desk.become(race.workersAre(this.#desk.page, this.#workers.length));
  }

  /**
   * @param {Contestant} contestant
   * @param {Rules} rules
   * @returns {Promise<RunSummary[] | string>} what its runs would be, or why they cannot be
   */
  async #described(contestant, rules) {
    const [first, ...rest] = recipesOf(contestant, rules).map((recipe) => asFieldsHold(recipe) ?? recipe);
    if (first === undefined) return "Each contestant needs at least one seed.";
    try {
      const summary = await this.#desk.client.request({ type: "describe", recipe: first });
      return [first, ...rest].map((recipe) => ({ ...summary, recipe }));
    } catch (error) {
      const who = [contestant.basis, contestant.changes].filter(Boolean).join(", ");
      if (error instanceof TrainerError) return `${who}: ${refusalInWords(error)}`;
      return `${who}: the trainer has crashed.`;
    }
  }
}
