/**
 * Where a value lies on an axis, and where its ticks are. Places on an axis are numbers that rise with what is better
 * or larger; how many pixels they are is the chart's business.
 *
 * @typedef {{at: number, text: string}} Tick
 *
 * @typedef {object} Axis
 * @property {(value: number) => number} place
 * @property {number} low place where the axis begins
 * @property {number} high place where it ends
 * @property {readonly Tick[]} ticks
 */
import { percent, short } from "../../ui/format.js";

/** Below this nobody who learns stays for long: what does shall not squash the rest. */
const RAIL = 0.85;

/** How far below it, and above the best, those lie who have no place of their own. */
const RAIL_GAP = 0.35;
const TOP_GAP = 0.7;

/** Room above and below what is shown, in steps of the grid. */
const ROOM = 0.25;

/** So many steps of the grid hold two of its lines at least. */
const LEAST_STEPS = 2;

/** More lines than this say no more, and each then stands for several halvings. */
const MOST_TICKS = 14;

/** The place of an accuracy, by how often its mistakes can be halved from 10 % on. @param {number} accuracy below 1 */
const halvings = (accuracy) => -Math.log2((1 - accuracy) / 0.1);

/**
 * An axis on which each line of the grid halves the mistakes: 90 %, 95 %, 97.5 % …
 * @param {readonly number[]} values accuracies, from 0 to 1
 * @returns {Axis}
 */
export function mistakesAxis(values) {
  const most = Math.max(0, ...values);
  const least = Math.min(1, ...values);
  const hasRail = most >= RAIL && least < RAIL;
  const rail = halvings(RAIL) - RAIL_GAP;
  const best = values.reduce((best, value) => (value < 1 ? Math.max(best, halvings(value)) : best), -Infinity);
  const isPerfect = most >= 1;
  const top = Math.max(Number.isFinite(best) ? best : 0, halvings(0.975)) + TOP_GAP;
  const low = hasRail ? rail - ROOM / 2 : (Number.isFinite(best) ? Math.min(halvings(least), best - 1) : 0) - ROOM;
  // The next line of the grid is shown where it is near.
  const above = Math.ceil(best) - best <= 0.5 ? Math.ceil(best) + ROOM : best + 0.5;
  const high = isPerfect ? top + ROOM : Math.max(above, low + LEAST_STEPS);
  /** @type {Tick[]} */
  const ticks = hasRail ? [{ at: rail, text: `< ${percent(RAIL, 0)}` }] : [];
  const step = Math.ceil((high - low) / MOST_TICKS);
  for (let at = Math.ceil(low); at <= high; at += step) {
    const crowds = (hasRail && at < halvings(RAIL)) || (isPerfect && top - at < TOP_GAP / 2);
    if (!crowds && at > halvings(0)) ticks.push({ at, text: accuracyAt(at) });
  }
  if (isPerfect) ticks.push({ at: top, text: percent(1, 0) });
  const place = (/** @type {number} */ value) => {
    if (hasRail && value < RAIL) return rail;
    return value >= 1 ? top : halvings(value);
  };
  return { place, low: Math.max(low, halvings(0)), high, ticks };
}

/** @param {number} nHalvings of mistakes of 10 % @returns {string} as many digits as tell it from its neighbours */
function accuracyAt(nHalvings) {
  const exact = 100 * (1 - 0.1 * 0.5 ** nHalvings);
  const decimals = nHalvings <= 3 ? 2 : 1 + Math.max(0, Math.floor((nHalvings - 3) / 3));
  return `${Number(exact.toFixed(decimals))}\u00a0%`;
}

/**
 * An axis on which each line of the grid halves the loss.
 * @param {readonly number[]} values above 0
 * @returns {Axis}
 */
export function halvingAxis(values) {
  const place = (/** @type {number} */ value) => Math.log2(value / 0.1);
  const places = values.filter((value) => value > 0).map(place);
  if (places.length === 0) return { place, low: -1, high: 3, ticks: [] };
  const [least, most] = [Math.min(...places), Math.max(...places)];
  const spare = Math.max(0, LEAST_STEPS - (most - least + 2 * ROOM)) / 2;
  const low = least - ROOM - spare;
  const high = most + ROOM + spare;
  const step = Math.max(1, Math.ceil((high - low) / MOST_TICKS));
  /** @type {Tick[]} */
  const ticks = [];
  for (let at = Math.ceil(low); at <= high; at += step) ticks.push({ at, text: short(0.1 * 2 ** at) });
  return { place, low, high, ticks };
}

/** So many times what is usual is far away: it would make a flat line of the rest. */
const FAR_ABOVE = 8;

/**
 * An axis in even steps.
 * @param {readonly number[]} values
 * @param {{format: (value: number) => string, most?: number}} options `most` that a value can be
 * @returns {Axis}
 */
export function evenAxis(values, { format, most = Infinity }) {
  const place = (/** @type {number} */ value) => value;
  if (values.length === 0) return { place, low: 0, high: 1, ticks: evenTicks(0, 1, 4, format) };
  const sorted = Float64Array.from(values).sort();
  const [least = 0, median = 0] = [sorted[0], sorted[sorted.length >> 1]];
  const greatest = Math.min(sorted.at(-1) ?? 1, FAR_ABOVE * median);
  const room = Math.max((greatest - least) * 0.08, Math.abs(greatest) * 1e-3, 1e-9);
  const low = Math.max(0, least - room);
  const high = Math.min(most + room / 2, greatest + room);
  return { place, low, high, ticks: evenTicks(low, Math.min(high, most), 5, format) };
}

/**
 * Ticks at multiples of 1, 2 or 5 times a power of ten.
 * @param {number} low
 * @param {number} high
 * @param {number} most of them
 * @param {(value: number) => string} format
 * @param {number} [finest] step
 * @returns {Tick[]}
 */
export function evenTicks(low, high, most, format, finest = 0) {
  const raw = Math.max((high - low) / most, finest, Number.MIN_VALUE);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(finest, ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10) * power);
  const first = Math.ceil(low / step - 1e-9);
  const n = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, n) }, (_, i) => {
    const at = (first + i) * step;
    return { at, text: format(at) };
  });
}
