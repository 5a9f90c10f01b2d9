/**
 * A curve that never holds more than so many points: when it is full, neighbours are merged, and from then on each new
 * point gathers as many batches as the merged ones stand for. A plain value; what is added makes another.
 *
 * @typedef {import("../protocol/events.js").BatchPoint} BatchPoint
 * @typedef {import("./average.js").Average} Average
 * @typedef {BatchPoint & {smoothLoss: number, smoothAccuracy: number}} CurvePoint
 *
 * @typedef {object} Curve
 * @property {readonly CurvePoint[]} points
 * @property {number} lastX of the last point that was added
 * @property {number} minWidth of a point, in epochs
 * @property {Average} loss smoothed
 * @property {Average} accuracy smoothed
 */
import { averaged, meanOf, NO_AVERAGE } from "./average.js";
import { merged } from "./points.js";

/** More than a chart has pixels. */
export const MAX_POINTS = 2000;

/** The smoothed line looks back over this share of what the chart shows, within these numbers of epochs. */
const SMOOTHED_SHARE = 0.04;
const [LEAST_SMOOTHED, MOST_SMOOTHED] = [0.015, 0.2];

/** @type {Curve} */
export const EMPTY_CURVE = { points: [], lastX: 0, minWidth: 0, loss: NO_AVERAGE, accuracy: NO_AVERAGE };

/**
 * @param {Curve} curve
 * @param {BatchPoint[]} added later than what it has; of those whose loss is no number there is nothing to draw
 * @param {number} [maxPoints]
 * @returns {Curve}
 */
export function extended(curve, added, maxPoints = MAX_POINTS) {
  let { lastX, minWidth, loss, accuracy } = curve;
  let points = before(curve.points, added[0]?.x ?? Infinity);
  for (const point of added) {
    if (!Number.isFinite(point.loss)) continue;
    const window = Math.min(Math.max(point.x * SMOOTHED_SHARE, LEAST_SMOOTHED), MOST_SMOOTHED);
    const width = Math.max(point.x - lastX, 0);
    loss = averaged(loss, point.loss, width, window);
    accuracy = averaged(accuracy, point.accuracy, width, window);
    lastX = point.x;
    const last = points.at(-1);
    const from = points.at(-2)?.x ?? 0;
    const next = { ...point, smoothLoss: meanOf(loss), smoothAccuracy: meanOf(accuracy) };
    if (last !== undefined && last.x - from < minWidth) points[points.length - 1] = merged(last, next);
    else points.push(next);
    if (points.length > maxPoints) {
      points = halved(points);
      minWidth = lastX / points.length;
    }
  }
  return { points, lastX, minWidth, loss, accuracy };
}

/**
 * A run that came back from an earlier moment goes on from there.
 * @param {readonly CurvePoint[]} points
 * @param {number} x
 */
function before(points, x) {
  return (points.at(-1)?.x ?? 0) < x ? [...points] : points.filter((point) => point.x < x);
}

/** @param {CurvePoint[]} points */
function halved(points) {
  /** @type {CurvePoint[]} */
  const halves = [];
  points.forEach((point, i) => {
    const left = i % 2 === 1 ? halves.pop() : undefined;
    halves.push(left === undefined ? point : merged(left, point));
  });
  return halves;
}
