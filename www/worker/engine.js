/**
 * Owns the session and its state: pulls the training step by step and says what happens.
 * It knows neither the wire nor the browser, so that it runs in a test with a session of its own.
 *
 * @typedef {import("../wasm/hellonn.js").Session} Session
 * @typedef {import("../wasm/hellonn.js").StepReport} StepReport
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../protocol/requests.js").RunSummary} RunSummary
 * @typedef {import("../protocol/requests.js").Evaluation} Evaluation
 * @typedef {import("../protocol/events.js").TrainerState} TrainerState
 * @typedef {import("../protocol/events.js").WorkerEvent} WorkerEvent
 */
import { PROGRESS_MS, SLICE_MS } from "../protocol/constants.js";
import { BatchPoints } from "../series/batch-points.js";
import { Clock, Throughput } from "./clock.js";

/**
 * @typedef {object} Surroundings
 * @property {(event: WorkerEvent) => void} post
 * @property {(turn: () => void) => void} defer runs a turn after the messages that wait
 * @property {() => number} now in milliseconds
 * @property {() => number} memoryBytes
 */

export class Engine {
  #session;
  #around;
  /** @type {TrainerState} */ #state = "empty";
  /** @type {RunSummary | null} */ #run = null;
  #nTest = 0;
  /** @type {((evaluation: Evaluation | undefined) => void) | null} */ #evaluationDone = null;
  #turnIsDue = false;
  #clock;
  #throughput = new Throughput();
  #points = new BatchPoints(1);
  /** @type {StepReport | null} */ #lastStep = null;
  /** @type {import("../protocol/events.js").Epoch[]} that ended and have not been told of */ #epochs = [];
  #secondsAtEpochStart = 0;
  #postedAt = 0;

  /**
   * @param {Session} session
   * @param {Surroundings} surroundings
   */
  constructor(session, surroundings) {
    this.#session = session;
    this.#around = surroundings;
    this.#clock = new Clock(surroundings.now);
  }

  get session() {
    return this.#session;
  }

  /** Throws while a run would be lost by what the caller is about to do. */
  requireNoRun() {
    if (this.#state === "training" || this.#state === "paused") throw new Error("Stop the training first.");
  }

  /** Takes what is staged; throws, and keeps data and network, when it is no data set. */
  takeStagedData() {
    this.requireNoRun();
    const summary = this.#session.loadStaged();
    this.#giveUpEvaluation();
    this.#nTest = summary.test?.nImages ?? 0;
    this.#run = null;
    this.#enter("empty");
    return summary;
  }

  /**
   * Throws where the recipe does not fit. What the page does not know yet cannot go wrong this way: whether there is a
   * run to be kept is decided here.
   * @param {Recipe} recipe
   */
  check(recipe) {
    if (this.#state === "empty" || this.#state === "ready") this.configure(recipe);
    else this.#session.describe(recipe);
  }

  /**
   * Makes a fresh, untrained network.
   * @param {Recipe} recipe
   */
  configure(recipe) {
    this.#run = this.#session.configure(recipe);
    this.#giveUpEvaluation();
    this.#lastStep = null;
    this.#epochs = [];
    this.#enter("ready");
    return this.#run;
  }

  /** @param {Recipe} recipe */
  train(recipe) {
    this.#run = this.#session.configure(recipe);
    this.#giveUpEvaluation();
    this.#clock = new Clock(this.#around.now);
    this.#throughput = new Throughput();
    this.#points = new BatchPoints(this.#run.recipe.epochs);
    this.#lastStep = null;
    this.#epochs = [];
    this.#secondsAtEpochStart = 0;
    this.#enter("training");
    return this.#run;
  }

  pause() {
    if (this.#state === "training") this.#enter("paused");
  }

  resume() {
    if (this.#state === "paused") this.#enter("training");
  }

  stop() {
    if (this.#state === "training" || this.#state === "paused") this.#enter("stopped");
  }

  /** @returns {Promise<Evaluation | undefined>} */
  evaluate() {
    if (this.#run === null) throw new Error("There is no network to evaluate yet.");
    if (this.#nTest === 0) throw new Error("There is no test set: the data holds training images only.");
    this.#giveUpEvaluation();
    this.#session.beginEvaluation();
    return new Promise((resolve) => {
      this.#evaluationDone = resolve;
      this.#schedule();
    });
  }

  #giveUpEvaluation() {
    this.#evaluationDone?.(undefined);
    this.#evaluationDone = null;
  }

  /** @param {TrainerState} state */
  #enter(state) {
    // What was measured before goes out first, so that nobody hears of a batch after the end of its run.
    if (state !== "training") this.#clock.hold();
    if (this.#state === "training" && state !== "ready" && state !== "empty") this.#postProgress();
    this.#state = state;
    this.#around.post({ type: "state", state, run: this.#run, memoryBytes: this.#around.memoryBytes() });
    if (state === "training") this.#schedule();
    if (state === "finished" && this.#nTest > 0) void this.evaluate();
  }

  #schedule() {
    if (this.#turnIsDue || (this.#state !== "training" && this.#evaluationDone === null)) return;
    this.#turnIsDue = true;
    this.#around.defer(() => {
      this.#turnIsDue = false;
      this.#turn();
      this.#schedule();
    });
  }

  #turn() {
    const end = this.#around.now() + SLICE_MS;
    do {
      // An evaluation is of the weights of one moment, so training waits for it, and its time is not the epoch's.
      if (this.#evaluationDone !== null) {
        this.#clock.hold();
        this.#evaluateStep();
      } else if (this.#state === "training") {
        this.#clock.run();
        this.#trainStep();
      } else return;
    } while (this.#around.now() < end);
    if (this.#state === "training" && this.#around.now() - this.#postedAt >= PROGRESS_MS) this.#postProgress();
  }

  #trainStep() {
    const step = this.#session.step();
    this.#lastStep = step;
    if (step.batch !== null) {
      const { loss, accuracy, nBatches } = step.batch;
      this.#points.add({ x: this.#epochsDone(), nBatches, loss, accuracy });
    }
    if (step.epochEnd !== null) {
      const seconds = this.#clock.seconds - this.#secondsAtEpochStart;
      this.#secondsAtEpochStart = this.#clock.seconds;
      this.#epochs.push({ ...step.epochEnd, seconds, bestEpoch: step.bestEpoch });
    }
    if (step.status === "finished" || step.status === "diverged") this.#enter(step.status);
  }

  #evaluateStep() {
    const evaluation = this.#session.evaluateStep();
    if (evaluation.done || this.#around.now() - this.#postedAt >= PROGRESS_MS) {
      this.#postedAt = this.#around.now();
      this.#around.post({ type: "evaluation", ...evaluation, nTotal: this.#nTest, atEpoch: this.#epochsDone() });
    }
    if (evaluation.done) {
      this.#evaluationDone?.(evaluation);
      this.#evaluationDone = null;
    }
  }

  #epochsDone() {
    if (this.#run === null || this.#lastStep === null) return 0;
    return this.#lastStep.epoch - 1 + this.#lastStep.imagesDone / this.#run.nTraining;
  }

  #postProgress() {
    if (this.#run === null || this.#lastStep === null) return;
    const nEpochs = this.#run.recipe.epochs;
    const epochsDone = this.#epochsDone();
    const seconds = this.#clock.seconds;
    this.#postedAt = this.#around.now();
    this.#around.post({
      type: "progress",
      epoch: this.#lastStep.epoch,
      fraction: epochsDone / nEpochs,
      imagesPerSecond: this.#throughput.measure(seconds, epochsDone * this.#run.nTraining),
      // Over the whole run, validation included: steadier than the throughput of the moment.
      secondsLeft: epochsDone > 0 ? (seconds / epochsDone) * (nEpochs - epochsDone) : null,
      learningRate: this.#lastStep.learningRate,
      validating: this.#lastStep.status === "validating",
      points: this.#points.take(),
      memoryBytes: this.#around.memoryBytes(),
    });
    if (this.#epochs.length === 0) return;
    this.#around.post({ type: "epochs", epochs: this.#epochs });
    this.#epochs = [];
  }
}
