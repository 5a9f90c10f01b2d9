/**
 * Which controls work in which state, in one place.
 * @typedef {import("../protocol/events.js").TrainerState} TrainerState
 *
 * @typedef {object} Controls
 * @property {boolean} train
 * @property {boolean} pause
 * @property {boolean} resume
 * @property {boolean} stop
 * @property {boolean} reset
 * @property {boolean} edit the fields that a run is made from
 * @property {boolean} learningRate
 * @property {boolean} evaluate
 * @property {"train" | "pause" | "resume"} primary the one that most people want next
 * @property {string} reason in words, why some do not work or what a change does
 */

/**
 * @param {object} situation
 * @param {TrainerState} situation.state
 * @param {boolean} situation.isLoading a data set is on its way
 * @param {string} [situation.misfit] why the settings make no network of the data
 * @param {boolean} situation.hasTest
 * @param {boolean} situation.isEvaluating
 * @returns {Controls}
 */
export function controls({ state, isLoading, misfit = "", hasTest, isEvaluating }) {
  const isMidRun = state === "training" || state === "paused";
  const hasNetwork = state !== "empty";
  return {
    train: hasNetwork && !isMidRun && !isLoading,
    pause: state === "training",
    resume: state === "paused",
    stop: isMidRun,
    reset: hasNetwork && state !== "ready",
    edit: !isMidRun,
    learningRate: true,
    evaluate: hasNetwork && hasTest && !isEvaluating,
    primary: state === "paused" ? "resume" : state === "training" ? "pause" : "train",
    reason: reason(state, isLoading, misfit),
  };
}

/**
 * @param {TrainerState} state
 * @param {boolean} isLoading
 * @param {string} misfit
 */
function reason(state, isLoading, misfit) {
  switch (state) {
    case "empty":
      if (isLoading) return "Train works as soon as the data is loaded.";
      if (misfit !== "") return `Train works as soon as the settings fit the data. ${misfit}.`;
      return "There is no data yet: choose a data set first.";
    case "ready":
      return isLoading
        ? "Train works as soon as the new data is loaded."
        : "A blank seed draws a fresh one for each run.";
    case "training":
    case "paused":
      return "The run is under way: only the learning rate can change. Stop to change the rest.";
    default:
      return "Changes go into the next run. This network stays until Train or Reset.";
  }
}
