/**
 * Points of a curve, each the mean over some batches.
 * @typedef {import("../protocol/events.js").BatchPoint} BatchPoint
 */

/**
 * Two neighbours as one: their mean, weighted by how many batches each stands for; all else is the later one's.
 * @template {BatchPoint} P
 * @param {P} left
 * @param {P} right
 * @returns {P}
 */
export function merged(left, right) {
  const nBatches = left.nBatches + right.nBatches;
  const share = right.nBatches / nBatches;
  return {
    ...right,
    nBatches,
    loss: left.loss + (right.loss - left.loss) * share,
    accuracy: left.accuracy + (right.accuracy - left.accuracy) * share,
  };
}
