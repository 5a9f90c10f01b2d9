/**
 * Owns the session and its state: pulls the training step by step and says what happens.
 * It knows neither the wire nor the browser, so that it runs in a test with a session of its own.
 *
 * @typedef {Pick<import("../wasm/hellonn.js").Session, UsedOfSession>} Session
 * @typedef {"loadStaged" | "describe" | "configure" | "resume" | "openWeights" | "step"
 *   | "checksum" | "checkpoint" | "beginEvaluation" | "evaluateStep" | "testAnswers" | "predict"} UsedOfSession
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../protocol/requests.js").RunSummary} RunSummary
 * @typedef {import("../protocol/requests.js").Evaluation} Evaluation
 * @typedef {import("../protocol/events.js").RunState} RunState
 * @typedef {import("../protocol/events.js").TrainerState} TrainerState
 * @typedef {import("../protocol/events.js").Weights} Weights
 * @typedef {import("../protocol/events.js").WorkerEvent} WorkerEvent
 * @typedef {import("./run-meter.js").Standing} Standing
 */
import { PROGRESS_MS, SLICE_MS } from "../protocol/constants.js";
import { RunMeter } from "./run-meter.js";
import { TestRun } from "./test-run.js";

/**
 * @typedef {object} Surroundings
 * @property {(event: WorkerEvent, transfer?: Transferable[]) => void} post
 * @property {(turn: () => void) => void} defer runs a turn after the messages that wait
 * @property {() => number} now in milliseconds
 * @property {() => number} memoryBytes
 * @property {(run: string, weights: Weights) => void} keep what is posted after it waits until it is kept
 */

/** Of the time of training at the most, what keeping a run in its midst takes. */
const KEEPING_SHARE = 0.02;

export class Engine {
  #session;
  #around;
  /** @type {TrainerState} */ #state = "empty";
  /** Of the network that the session has. @type {RunMeter | null} */ #run = null;
  #nTest = 0;
  #test;
  #turnIsDue = false;
  #postedAt = 0;
  /** When training has paid for keeping what there is. */ #keepsAfter = 0;

  /**
   * @param {Session} session
   * @param {Surroundings} surroundings
   */
  constructor(session, surroundings) {
    this.#session = session;
    this.#test = new TestRun(session);
    this.#around = surroundings;
  }

  /** Whether a run would be lost by taking its network away. */
  get #isMidRun() {
    return this.#state === "training" || this.#state === "paused";
  }

  /** Throws while a run would be lost by what the caller is about to do. */
  requireNoRun() {
    if (this.#isMidRun) throw new Error("Stop the training first.");
  }

  /** Takes what is staged; throws, and keeps data and network, when it is no data set. */
  takeStagedData() {
    this.requireNoRun();
    const summary = this.#session.loadStaged();
    this.#test.giveUp();
    this.#nTest = summary.test?.nImages ?? 0;
    this.#run = null;
    this.#state = "empty";
    this.#around.post({ type: "empty", memoryBytes: this.#around.memoryBytes() });
    return summary;
  }

  /**
   * Makes an untrained network in place of another untrained one. Where there are trained weights, they stay, and the
   * recipe is only checked: that is decided here, as the page may not know yet what has become of its run.
   * @param {string} id
   * @param {Recipe} recipe throws where it does not fit
   */
  prepare(id, recipe) {
    if (this.#state === "empty" || this.#state === "ready") this.reset(id, recipe);
    else this.#session.describe(recipe);
  }

  /**
   * Makes an untrained network in place of whatever there was.
   * @param {string} id
   * @param {Recipe} recipe throws where it does not fit, and leaves all as it was
   */
  reset(id, recipe) {
    this.#make(id, recipe);
    this.#enter("ready");
  }

  /**
   * Begins a run with a network of its own.
   * @param {string} id
   * @param {Recipe} recipe throws where it does not fit, and leaves all as it was
   */
  train(id, recipe) {
    this.#make(id, recipe);
    this.#enter("training");
  }

  /**
   * Takes up a run where it was, and trains no further.
   * @param {string} id
   * @param {Weights} weights throws where they do not fit
   */
  open(id, weights) {
    const status = this.#takeUp(id, weights, undefined);
    this.#enter(status === "finished" || status === "diverged" ? status : "stopped");
  }

  /**
   * Takes up a run where it was, and trains on.
   * @param {string} id
   * @param {Weights} weights
   * @param {number | null} epochs that the run is to have now; null: as many as before
   */
  continue(id, weights, epochs) {
    const status = this.#takeUp(id, weights, epochs ?? undefined);
    this.#enter("training");
    // The page may have heard of fewer.
    this.#around.post({ type: "epochs", run: id, epochs: weights.epochs });
    if (status === "finished" || status === "diverged") this.#end(status);
  }

  /** What would be lost if the worker ended now is kept. */
  keep() {
    if (this.#isMidRun) this.#keep();
  }

  /**
   * Takes weights from elsewhere for a run of no epoch. It is stopped rather than ready: an untrained network would
   * give way to the next change of the settings.
   * @param {string} id
   * @param {Recipe} recipe throws where it does not fit, or the parameters do not fit it
   * @param {Float32Array} parameters
   */
  openWeights(id, recipe, parameters) {
    this.requireNoRun();
    const { run, report } = this.#session.openWeights(recipe, parameters);
    this.#hold(id, run, { report, epochs: [], secondsInEpoch: 0 });
    this.#end("stopped");
  }

  pause() {
    if (this.#state === "training") this.#enter("paused");
  }

  resume() {
    if (this.#state === "paused") this.#enter("training");
  }

  stop() {
    if (this.#isMidRun) this.#end("stopped");
  }

  /** @returns {Promise<Evaluation | undefined>} undefined: given up, because the network or the data changed */
  evaluate() {
    if (this.#run === null) throw new Error("There is no network to evaluate yet.");
    if (this.#nTest === 0) throw new Error("There is no test set: the data holds training images only.");
    const evaluation = this.#test.begin();
    this.#schedule();
    return evaluation;
  }

  /**
   * What the network makes of a drawing, and which run's network it is.
   * @param {import("../protocol/requests.js").Drawing} drawing
   */
  predict(drawing) {
    const prediction = this.#session.predict(drawing);
    return prediction && { ...prediction, run: this.#run?.id ?? "" };
  }

  /**
   * Makes a network in place of another; a run that was under way ends there, with its weights kept.
   * @param {string} id
   * @param {Recipe} recipe
   */
  #make(id, recipe) {
    if (this.#isMidRun) {
      this.#session.describe(recipe);
      this.stop();
    }
    this.#hold(id, this.#session.configure(recipe));
  }

  /** @param {string} id @param {Weights} weights @param {number | undefined} epochs */
  #takeUp(id, { checkpoint, epochs: ended, secondsInEpoch }, epochs) {
    this.requireNoRun();
    const { run, report } = this.#session.resume(checkpoint, epochs);
    this.#hold(id, run, { report, epochs: ended, secondsInEpoch });
    return report.status;
  }

  /**
   * @param {string} id
   * @param {RunSummary} summary of the network that the session has now
   * @param {Standing} [standing] where it has been trained before
   */
  #hold(id, summary, standing) {
    this.#test.giveUp();
    this.#run = new RunMeter(id, summary, this.#around.now, standing);
    this.#keepsAfter = -Infinity;
  }

  #keep() {
    if (this.#run === null) return null;
    const begun = this.#around.now();
    const checkpoint = /** @type {Uint8Array<ArrayBuffer>} */ (this.#session.checkpoint());
    const weights = { checkpoint, ...this.#run.standing };
    this.#around.keep(this.#run.id, weights);
    const ended = this.#around.now();
    this.#keepsAfter = ended + (ended - begun) / KEEPING_SHARE;
    return weights;
  }

  /** @param {RunState} state */
  #enter(state) {
    if (this.#run === null) return;
    // What was measured before goes out first, so that nobody hears of a batch after the end of its run.
    if (state !== "training") this.#run.hold();
    if (state === "paused") this.#keep();
    if (this.#state === "training") this.#postProgress();
    this.#state = state;
    const { id: run, summary } = this.#run;
    this.#around.post({ type: "state", run, state, summary, memoryBytes: this.#around.memoryBytes() });
    if (state === "training") this.#schedule();
  }

  /** @param {"finished" | "stopped" | "diverged"} state */
  #end(state) {
    const weights = this.#keep();
    this.#enter(state);
    if (this.#run === null || weights === null) return;
    this.#around.post({ type: "weights", run: this.#run.id, checksum: this.#session.checksum(), weights });
    if (state === "finished" && this.#nTest > 0) void this.evaluate();
  }

  #schedule() {
    if (this.#turnIsDue || (this.#state !== "training" && !this.#test.isUnderWay)) return;
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
      if (this.#test.isUnderWay) {
        this.#run?.hold();
        this.#test.step((evaluation) => this.#postEvaluation(evaluation));
      } else if (this.#state === "training") this.#trainStep();
      else return;
    } while (this.#around.now() < end);
    if (this.#state === "training" && this.#around.now() - this.#postedAt >= PROGRESS_MS) this.#postProgress();
  }

  #trainStep() {
    this.#run?.run();
    const step = this.#session.step();
    this.#run?.add(step);
    if (step.status === "finished" || step.status === "diverged") this.#end(step.status);
  }

  /** @param {Evaluation} evaluation */
  #postEvaluation(evaluation) {
    if (this.#run !== null && (evaluation.done || this.#around.now() - this.#postedAt >= PROGRESS_MS)) {
      this.#postedAt = this.#around.now();
      const { id: run, epochsOfWeights: atEpoch } = this.#run;
      const answers = evaluation.done ? /** @type {Uint8Array<ArrayBuffer>} */ (this.#session.testAnswers()) : null;
      this.#around.post({ type: "evaluation", run, ...evaluation, nTotal: this.#nTest, atEpoch, answers });
    }
  }

  #postProgress() {
    const progress = this.#run?.progress(this.#around.memoryBytes());
    if (!progress || this.#run === null) return;
    this.#postedAt = this.#around.now();
    this.#around.post(progress);
    const epochs = this.#run.takeEpochs();
    if (epochs.length === 0) return;
    if (this.#around.now() > this.#keepsAfter) this.#keep();
    this.#around.post({ type: "epochs", run: this.#run.id, epochs });
  }
}
