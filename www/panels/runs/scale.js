/**
 * The axis that all strips of the table share: accuracies up to the best, as far down as is of interest. What lies
 * deeper is counted at its edge, so that one run that has learnt nothing does not squash the others.
 *
 * @typedef {object} Scale
 * @property {number} from accuracy at the left end
 * @property {number} to accuracy at the right end
 * @property {number[]} ticks
 */

/** How far beneath the best one a strip reaches at the most. */
const DEPTH = 0.06;
/** Accuracies between two ticks, of which there are at most so many. */
const STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05];
const MOST_STEPS = 3;

/** @param {readonly number[]} accuracies @returns {Scale | null} null: there are none */
export function scaleOf(accuracies) {
  let best = -Infinity;
  for (const accuracy of accuracies) best = Math.max(best, accuracy);
  if (best === -Infinity) return null;
  let lowest = best;
  for (const accuracy of accuracies) if (accuracy >= best - DEPTH) lowest = Math.min(lowest, accuracy);
  for (const step of STEPS) {
    const first = Math.floor(lowest / step + 1e-6);
    const last = Math.max(Math.ceil(best / step - 1e-6), first + 1);
    if (last - first > MOST_STEPS) continue;
    const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
    return { from: first * step, to: last * step, ticks };
  }
  return { from: best - DEPTH, to: best, ticks: [] };
}

/** @param {Scale} scale @param {number} accuracy @returns {number} 0 at the left end, 1 at the right */
export function placeOn({ from, to }, accuracy) {
  const place = (accuracy - from) / (to - from);
  // A multiple of a step is not to the last bit what it was counted from.
  return Math.abs(place) < 1e-9 ? 0 : place;
}
