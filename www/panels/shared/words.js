/**
 * What is said of a recipe that came with a link or a file: what it would train, what is claimed, what was found.
 *
 * @typedef {import("../../runs/share.js").Shared} Shared
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("../../protocol/requests.js").DataSummary} DataSummary
 * @typedef {import("../../protocol/requests.js").RunSummary} RunSummary
 * @typedef {{about: string, claimed: string, found: string, isSame: boolean | null}} Comparison `isSame` null: nobody
 *   knows
 */
import { rowsOf } from "../../recipe/summary.js";
import { lastingEpoch, nEpochsDone } from "../../runs/run.js";
import { inGroups } from "../../runs/verification.js";
import { count, percent } from "../../ui/format.js";

const NONE = "–";

/**
 * @param {Shared} shared
 * @param {{basis: string, changes: string, summary: RunSummary | null, data: DataSummary | null}} around
 * @returns {import("../../recipe/summary.js").Rows}
 */
export function trainsInWords({ recipe, fingerprint }, { basis, changes, summary, data }) {
  const start = changes === "" ? basis : `${basis}, changed: ${changes}`;
  return [["From", start], ...rowsOf(recipe, summary?.network.inputShape), ["Data", dataInWords(fingerprint, data)]];
}

/** @param {string} fingerprint @param {DataSummary | null} data that is loaded */
function dataInWords(fingerprint, data) {
  if (data === null) return "being loaded";
  const n = count(data.training.nImages);
  return data.fingerprint === fingerprint ? `the ${n} images that are loaded here` : "other than what is loaded here";
}

/**
 * @param {Shared} shared
 * @param {Run | null} run that was trained again
 * @param {{data: DataSummary | null, summary: RunSummary | null}} around
 * @returns {Comparison[]}
 */
export function comparisons({ checksum, validationAccuracy, test, engineVersion, fingerprint }, run, around) {
  const isOver = run !== null && run.checksum !== null;
  const found = isOver ? (lastingEpoch(run)?.validationAccuracy ?? null) : null;
  const tested = isOver ? run.test : null;
  const rows = [
    line("Validation accuracy", validationAccuracy, found, (share) => percent(share), isOver),
    line("Weights’ checksum", checksum, isOver ? run.checksum : null, inGroups, isOver),
    line("Arithmetic", engineVersion, around.summary?.engineVersion ?? null, (n) => `version ${n}`, true),
    line("Data", fingerprint, around.data?.fingerprint ?? null, inGroups, true),
  ];
  if (test === null) return rows;
  const score = (/** @type {{nCorrect: number, nImages: number}} */ { nCorrect, nImages }) =>
    `${percent(nCorrect / Math.max(nImages, 1))}, ${count(nCorrect)}/${count(nImages)}`;
  const words = line("Test accuracy", score(test), tested === null ? null : score(tested), String, tested !== null);
  return [...rows.slice(0, 1), words, ...rows.slice(1)];
}

/**
 * @template {string | number} T
 * @param {string} about
 * @param {T | null} claimed
 * @param {T | null} found
 * @param {(value: T) => string} inWords
 * @param {boolean} isKnown whether there is something to compare with
 * @returns {Comparison}
 */
function line(about, claimed, found, inWords, isKnown) {
  const say = (/** @type {T | null} */ value) => (value === null ? NONE : inWords(value));
  const isSame = !isKnown || claimed === null || found === null ? null : claimed === found;
  return { about, claimed: say(claimed), found: say(found), isSame };
}

/** @param {Run} run that verifies @returns {{fraction: number | null, text: string}} */
export function progressInWords(run) {
  const { progress, recipe } = run;
  if (run.checksum !== null) return { fraction: 1, text: "Measuring it on the test set" };
  if (progress === null) return { fraction: null, text: "Loading the data into a worker of its own" };
  const left = progress.secondsLeft === null ? "" : `, about ${Math.max(1, Math.round(progress.secondsLeft))} s left`;
  const epoch = Math.max(progress.epoch, nEpochsDone(run));
  return { fraction: progress.fraction, text: `Epoch ${epoch} of ${recipe.epochs}${left}` };
}
