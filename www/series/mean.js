/**
 * The mean of several curves and how far they lie apart, place by place.
 *
 * @typedef {object} Track one curve: its numbers at the places that all have in common
 * @property {readonly (number | null)[]} xs null: it does not get there
 * @property {readonly (number | null)[]} values null: it has none there, or one that is no number
 *
 * @typedef {object} Mean
 * @property {number[]} xs
 * @property {number[]} values
 * @property {(number | null)[]} deviations of a sample, √(Σ (v − mean)² / (n − 1)); null: there is but one
 * @property {number[]} counts how many each is the mean of
 */

/**
 * It goes as far as most of the curves do: beyond, it would jump to what the few are that are left.
 * @param {readonly Track[]} tracks
 * @returns {Mean}
 */
export function meanLineOf(tracks) {
  /** @type {Mean} */
  const mean = { xs: [], values: [], deviations: [], counts: [] };
  const nPlaces = tracks.reduce((most, { values }) => Math.max(most, values.length), 0);
  for (let place = 0; place < nPlaces; place++) {
    const there = tracks.filter(({ values }) => isThere(values[place]));
    if (there.length * 2 <= tracks.length) continue;
    const x = average(there.map(({ xs }) => xs[place] ?? 0));
    // Where a slow one has dropped out, the mean's x may fall back; a line does not.
    if (x <= (mean.xs.at(-1) ?? -Infinity)) continue;
    const values = there.map(({ values }) => values[place] ?? 0);
    mean.xs.push(x);
    mean.values.push(average(values));
    mean.deviations.push(deviation(values));
    mean.counts.push(values.length);
  }
  return mean;
}

/** @param {number | null | undefined} value @returns {value is number} */
export function isThere(value) {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/** @param {readonly number[]} values at least one */
export function average(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @param {readonly number[]} values @returns {number | null} of a sample; null: there is but one */
export function deviation(values) {
  if (values.length < 2) return null;
  const mean = average(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/**
 * The position of the last x that is not beyond `at`.
 * @param {readonly number[]} xs rising
 * @param {number} at
 * @returns {number | null} null: all are beyond
 */
export function lastUpTo(xs, at) {
  let [low, high] = [0, xs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : low - 1;
}
