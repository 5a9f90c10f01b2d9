/**
 * What there is to tell of one run while the engine pulls it: how far it is, how fast, and what its batches and epochs
 * gave.
 *
 * @typedef {import("../wasm/hellonn.js").StepReport} StepReport
 * @typedef {import("../protocol/requests.js").RunSummary} RunSummary
 * @typedef {import("../protocol/events.js").Epoch} Epoch
 * @typedef {import("../protocol/events.js").ProgressEvent} ProgressEvent
 *
 * Where a run stands that comes back.
 * @typedef {object} Standing
 * @property {StepReport} report
 * @property {Epoch[]} epochs that ended
 * @property {number} secondsInEpoch of the one that had not
 */
import { BatchPoints } from "../series/batch-points.js";
import { Clock, Throughput } from "./clock.js";

export class RunMeter {
  #clock;
  #throughput = new Throughput();
  #points;
  /** @type {StepReport | null} */ #last = null;
  /** @type {Epoch[]} every one that ended */ #epochs = [];
  #nTold = 0;
  #secondsAtEpochStart = 0;
  #epochsDoneBefore = 0;

  /**
   * @param {string} id of the run
   * @param {RunSummary} summary
   * @param {() => number} now in milliseconds
   * @param {Standing | null} [standing] where a run comes back
   */
  constructor(id, summary, now, standing = null) {
    this.id = id;
    this.summary = summary;
    this.#clock = new Clock(now);
    this.#points = new BatchPoints(summary.recipe.epochs);
    if (standing === null) return;
    this.#last = standing.report;
    this.#epochs = [...standing.epochs];
    this.#nTold = this.#epochs.length;
    this.#secondsAtEpochStart = -standing.secondsInEpoch;
    this.#epochsDoneBefore = this.epochsDone;
  }

  /** Time counts from here on. */
  run() {
    this.#clock.run();
  }

  /** Time does not count from here on. */
  hold() {
    this.#clock.hold();
  }

  /** @param {StepReport} step */
  add(step) {
    this.#last = step;
    if (step.batch !== null) {
      const { loss, accuracy, nBatches } = step.batch;
      this.#points.add({ x: this.epochsDone, nBatches, loss, accuracy });
    }
    if (step.epochEnd !== null) {
      const seconds = this.#clock.seconds - this.#secondsAtEpochStart;
      this.#secondsAtEpochStart = this.#clock.seconds;
      this.#epochs.push({ ...step.epochEnd, seconds, bestEpoch: step.bestEpoch });
    }
  }

  /** Epochs trained so far, with the share of the one under way. */
  get epochsDone() {
    if (this.#last === null) return 0;
    return this.#last.epoch - 1 + this.#last.imagesDone / this.summary.nTraining;
  }

  /** The epochs that the weights come from: a run that may stop early ends with those of its best. */
  get epochsOfWeights() {
    const { status, bestEpoch } = this.#last ?? {};
    return status === "finished" ? (bestEpoch ?? this.epochsDone) : this.epochsDone;
  }

  /** @param {number} memoryBytes @returns {ProgressEvent | null} null: nothing is done yet */
  progress(memoryBytes) {
    if (this.#last === null) return null;
    const nEpochs = this.summary.recipe.epochs;
    const { epochsDone } = this;
    const { seconds } = this.#clock;
    const doneHere = epochsDone - this.#epochsDoneBefore;
    return {
      type: "progress",
      run: this.id,
      epoch: this.#last.epoch,
      fraction: epochsDone / nEpochs,
      imagesPerSecond: this.#throughput.measure(seconds, doneHere * this.summary.nTraining),
      // Over the whole run, validation included: steadier than the throughput of the moment.
      secondsLeft: doneHere > 0 ? (seconds / doneHere) * (nEpochs - epochsDone) : null,
      learningRate: this.#last.learningRate,
      validating: this.#last.status === "validating",
      points: this.#points.take(),
      memoryBytes,
    };
  }

  /** Hands over the epochs that ended since the last call. */
  takeEpochs() {
    const untold = this.#epochs.slice(this.#nTold);
    this.#nTold = this.#epochs.length;
    return untold;
  }

  /** What a run that comes back has to know beside its checkpoint. */
  get standing() {
    return { epochs: [...this.#epochs], secondsInEpoch: this.#clock.seconds - this.#secondsAtEpochStart };
  }
}
