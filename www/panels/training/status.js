/**
 * What a run is doing, in words.
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("../../runs/run.js").Progress} Progress
 */
import { bestEpochOf } from "../../runs/run.js";
import { count, counted, duration, short } from "../../ui/format.js";

/** @param {Run | null} run @returns {string} "Epoch 3 of 5"; "" before the first batch */
export function placeInWords(run) {
  return run === null || run.progress === null ? "" : `Epoch ${run.progress.epoch} of ${run.recipe.epochs}`;
}

/** @param {Run | null} run @returns {number} how much of the run is done, 0 to 1 */
export function fractionDone(run) {
  return run?.state === "finished" ? 1 : (run?.progress?.fraction ?? 0);
}

/**
 * @param {Run | null} run null: there is no network yet
 * @param {string} [misfit] why the settings make none of the data; "" where the data is not there
 */
export function statusInWords(run, misfit = "") {
  if (run === null) return misfit === "" ? "Waiting for the data" : `No network yet. ${misfit}`;
  const place = placeInWords(run).toLowerCase();
  switch (run.state) {
    case "ready":
      return "Untrained and ready";
    case "training":
      return run.progress === null ? "Starting …" : pace(run, run.progress);
    case "paused":
      return place === "" ? "Paused" : `Paused in ${place}`;
    case "finished":
      return `Finished: ${counted(run.epochs.length, "epoch")} in ${duration(run.seconds)}${best(run)}`;
    case "stopped":
      return place === "" ? "Stopped" : `Stopped in ${place}`;
    case "diverged":
      return place === "" ? "Diverged" : `Diverged in ${place}`;
    case "waiting":
      return "Waiting for a core";
    case "interrupted":
      return place === "" ? "Interrupted" : `Interrupted in ${place}`;
    case "elsewhere":
      return "Another tab trains it";
  }
}

/** @param {Run} run @returns {string} what is worth hearing of its newest epoch; "" before it has one */
export function newsInWords({ epochs, recipe }) {
  const last = epochs.at(-1);
  if (last === undefined) return "";
  return `Epoch ${last.epoch} of ${recipe.epochs} done, training loss ${last.trainingLoss.toFixed(4)}`;
}

/** Where a run may stop early, it goes back to its best epoch. @param {Run} run */
function best(run) {
  const bestEpoch = bestEpochOf(run);
  if (bestEpoch === null) return "";
  const how = run.epochs.length < run.recipe.epochs ? "stopped early: best epoch" : "kept the best: epoch";
  return ` · ${how} ${bestEpoch}`;
}

/** @param {Run} run @param {Progress} progress */
function pace(run, { validating, imagesPerSecond, secondsLeft, learningRate }) {
  const speed = validating ? "validating" : `${count(imagesPerSecond)} images/s`;
  const left = secondsLeft === null ? "" : ` · ${duration(secondsLeft)} left`;
  const hasSchedule = (run.recipe.schedule?.kind ?? "constant") !== "constant";
  const rate = hasSchedule ? ` · learning rate ${short(learningRate)}` : "";
  return `${placeInWords(run)} · ${speed}${left}${rate}`;
}
