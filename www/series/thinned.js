/** Fewer points where there are more than a chart can show. */
import { MAX_POINTS } from "./curve.js";

/**
 * The latest is always there; of those before it, every second, fourth and so on once there are many.
 * @template {{epoch: number}} E
 * @param {readonly E[]} epochs
 * @returns {readonly E[]}
 */
export function thinned(epochs, most = MAX_POINTS) {
  const step = stepFor(epochs.length, most);
  return step === 1 ? epochs : epochs.filter(({ epoch }, i) => epoch % step === 0 || i === epochs.length - 1);
}

/** Of so many, each how manieth is left where no more than `most` are wanted: a power of two. @param {number} n */
export function stepFor(n, most = MAX_POINTS) {
  let step = 1;
  while (n / step > most) step *= 2;
  return step;
}
