/**
 * Where in a figure what is drawn: the plot within its axes, and the labels beside it. Lengths are CSS pixels.
 *
 * @typedef {import("./axis.js").Axis} Axis
 * @typedef {import("./axis.js").Tick} Tick
 *
 * @typedef {object} Frame
 * @property {number} width of the whole
 * @property {number} height
 * @property {{left: number, top: number, right: number, bottom: number}} plot
 * @property {(x: number) => number} toX
 * @property {(value: number) => number} toY held within the plot
 * @property {readonly Tick[]} yTicks without a text where it would crowd its neighbours
 * @property {readonly Tick[]} xTicks
 */
import { evenTicks } from "./axis.js";

const LEFT = 62;
const TOP = 8;

/** Of the axis below: its numbers, and its name under them. */
const AXIS_HEIGHT = 38;
const WITHOUT_AXIS = 8;

/** Numbers of an axis need so much from one to the next. */
const TICK_HEIGHT = 17;
const TICK_WIDTH = 64;

/**
 * @param {object} room
 * @param {number} room.width
 * @param {number} room.height
 * @param {number} room.gutter for the labels at the right
 * @param {boolean} room.hasXAxis
 * @param {Axis} axis
 * @param {number} mostX where the x axis ends
 * @param {{format: (x: number) => string, finest: number}} xSteps `finest` that make sense
 * @returns {Frame}
 */
export function frameOf({ width, height, gutter, hasXAxis }, axis, mostX, { format, finest }) {
  const plot = {
    left: LEFT,
    top: TOP,
    right: Math.max(LEFT + 40, width - Math.max(gutter, 12)),
    bottom: Math.max(TOP + 20, height - (hasXAxis ? AXIS_HEIGHT : WITHOUT_AXIS)),
  };
  const perX = (plot.right - plot.left) / mostX;
  const perY = (plot.bottom - plot.top) / (axis.high - axis.low);
  const toPlace = (/** @type {number} */ place) => plot.bottom - (place - axis.low) * perY;
  return {
    width,
    height,
    plot,
    toX: (x) => plot.left + x * perX,
    toY: (value) => Math.max(plot.top, Math.min(plot.bottom, toPlace(axis.place(value)))),
    yTicks: uncrowded(axis.ticks.map(({ at, text }) => ({ at: toPlace(at), text }))),
    xTicks: evenTicks(0, mostX, Math.max(1, Math.floor((plot.right - plot.left) / TICK_WIDTH)), format, finest).map(
      ({ at, text }) => ({ at: plot.left + at * perX, text }),
    ),
  };
}

/** From the bottom up: where there is no room for a number, its line stays. @param {Tick[]} ticks */
function uncrowded(ticks) {
  let below = Infinity;
  return [...ticks]
    .sort((a, b) => b.at - a.at)
    .map((tick) => {
      if (below - tick.at < TICK_HEIGHT) return { ...tick, text: "" };
      below = tick.at;
      return tick;
    });
}

/**
 * The pixel's x, back to where a cursor can stop.
 * @param {Frame} frame
 * @param {number} px
 * @param {readonly number[]} stops rising
 * @returns {number | null} position of the nearest stop
 */
export function nearestStop({ toX }, px, stops) {
  let nearest = null;
  let least = Infinity;
  stops.forEach((x, i) => {
    const distance = Math.abs(toX(x) - px);
    if (distance < least) [least, nearest] = [distance, i];
  });
  return nearest;
}
