/**
 * What there is to say of a result, or of why there is none.
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("../../runs/run.js").TestResult} TestResult
 */
import { bestEpochOf, nEpochsDone } from "../../runs/run.js";
import { counted } from "../../ui/format.js";

/**
 * @param {Run | null} run
 * @param {boolean} lacksTest the data is there and has no test set
 */
export function noteInWords(run, lacksTest) {
  if (lacksTest) return "This data set has no test images.";
  const { test = null, testing = null } = run ?? {};
  if (testing !== null) return `Evaluating ${counted(testing.nTotal, "image")} …`;
  if (run !== null && test !== null) return `Evaluated ${moment(test, run)}.`;
  if (run === null) return "There is no network to evaluate yet.";
  switch (run.state) {
    case "stopped":
      return "Not evaluated: training was stopped before its end.";
    case "diverged":
      return "Not evaluated: training diverged.";
    case "finished":
      return "Not evaluated yet.";
    default:
      return "Evaluated by itself when training finishes.";
  }
}

/** @param {TestResult} test @param {Run} run */
function moment({ atEpoch }, run) {
  if (atEpoch === 0) return "before any training";
  const nEpochs = nEpochsDone(run);
  if (nEpochs > 1 && bestEpochOf(run) === atEpoch) return `after epoch ${atEpoch}, the best of ${nEpochs}`;
  if (Number.isInteger(atEpoch)) return `after ${counted(atEpoch, "epoch")}`;
  return `in epoch ${Math.floor(atEpoch) + 1}, after ${atEpoch.toFixed(2)} epochs`;
}
