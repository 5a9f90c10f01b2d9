/**
 * How PyTorch's own training went with four presets: recorded once, fetched when somebody wants to see it.
 *
 * @typedef {import("./lines.js").Line} Line
 * @typedef {import("./lines.js").Over} Over
 * @typedef {import("./lines.js").Quantity} Quantity
 * @typedef {import("../../runs/groups.js").Group} Group
 *
 * @typedef {object} Recorded
 * @property {string} pytorch the version
 * @property {string} fingerprint of the data
 * @property {number} nTraining images
 * @property {number} nValidation images
 * @property {{basis: string, loss: string, runs: RecordedRun[]}[]} curves
 * @typedef {{seed: number, validationAccuracy: number[], validationLoss: number[]}} RecordedRun
 */
import { LOSSES } from "../../recipe/schema.js";
import { average, deviation, isThere, meanLineOf } from "../../series/mean.js";

/** @returns {Promise<Recorded>} */
export async function fetchRecorded() {
  const response = await fetch(new URL("pytorch-curves.json", import.meta.url));
  if (!response.ok) throw new Error(`the server has no panels/comparison/pytorch-curves.json (${response.status})`);
  return response.json();
}

/**
 * The recorded lines that lie under a page's own: of presets that were not changed, on the same images.
 * @param {Recorded} recorded
 * @param {readonly Group[]} groups that are shown
 * @param {(key: string) => number} markOf
 * @param {Quantity} quantity
 * @param {Over} over
 * @returns {Line[]}
 */
export function beneath(recorded, groups, markOf, quantity, over) {
  return groups.flatMap((group) => {
    const curve = recorded.curves.find(({ basis }) => isOf(group, basis, recorded));
    return curve === undefined ? [] : [lineOf(recorded, curve, markOf(group.key), quantity, over)];
  });
}

/**
 * All recorded lines, for where there are no others yet.
 * @param {Recorded} recorded
 * @param {Quantity} quantity
 * @param {Over} over
 */
export function alone(recorded, quantity, over) {
  return recorded.curves.map((curve, mark) => lineOf(recorded, curve, mark, quantity, over));
}

/** @param {Group} group @param {string} basis @param {Recorded} recorded */
function isOf({ changes, runs }, basis, { fingerprint, nTraining, nValidation }) {
  const isSame = runs.some(
    (run) =>
      run.basis === basis &&
      run.fingerprint === fingerprint &&
      run.nTraining === nTraining &&
      run.nValidation === nValidation &&
      run.handSet.length === 0,
  );
  return isSame && (changes === "" || changes === `${nValidation} to validate`);
}

/**
 * @param {Recorded} recorded
 * @param {Recorded["curves"][number]} curve
 * @param {number} mark
 * @param {Quantity} quantity
 * @param {Over} over never seconds: those were another machine's
 * @returns {Line}
 */
function lineOf({ nTraining, nValidation }, { basis, loss, runs }, mark, quantity, over) {
  const key = quantity === "accuracy" ? "validationAccuracy" : "validationLoss";
  const finals = runs.map((run) => run[key].at(-1)).filter(isThere);
  const tracks = runs.map((run) => ({
    xs: run[key].map((_, i) => (i + 1) * (over === "images" ? nTraining : 1)),
    values: run[key],
  }));
  return {
    key: `PyTorch ${basis}`,
    title: basis,
    name: basis,
    mark,
    kind: LOSSES[loss]?.label ?? loss,
    isOfTraining: false,
    nImages: nValidation,
    nPerEpoch: nTraining,
    nSeeds: runs.length,
    mean: meanLineOf(tracks),
    singles: [],
    final: finals.length > 0 ? average(finals) : null,
    spread: deviation(finals),
    isPyTorchs: true,
  };
}
