/**
 * A curve that never holds more than so many points: when it is full, neighbours are merged, and from then on each new
 * point gathers as many batches as the merged ones stand for.
 * @typedef {import("../protocol/events.js").BatchPoint} BatchPoint
 * @typedef {BatchPoint & {smoothLoss: number, smoothAccuracy: number}} CurvePoint
 */

/** The smoothed line looks back over this share of what the chart shows, within these numbers of epochs. */
const SMOOTHED_SHARE = 0.04;
const [LEAST_SMOOTHED, MOST_SMOOTHED] = [0.015, 0.2];

export class PointSeries {
  /** @type {CurvePoint[]} */ #points = [];
  #maxPoints;
  #minWidth = 0;
  #smoothLoss = new MovingAverage();
  #smoothAccuracy = new MovingAverage();
  #lastX = 0;

  /** @param {number} maxPoints */
  constructor(maxPoints) {
    this.#maxPoints = maxPoints;
  }

  get points() {
    return this.#points;
  }

  /** @param {BatchPoint} point later than the last one */
  push(point) {
    if (!Number.isFinite(point.loss)) return;
    const width = point.x - this.#lastX;
    this.#lastX = point.x;
    const window = Math.min(Math.max(point.x * SMOOTHED_SHARE, LEAST_SMOOTHED), MOST_SMOOTHED);
    const added = {
      ...point,
      smoothLoss: this.#smoothLoss.add(point.loss, width, window),
      smoothAccuracy: this.#smoothAccuracy.add(point.accuracy, width, window),
    };
    const points = this.#points;
    const last = points.at(-1);
    const before = points.at(-2)?.x ?? 0;
    if (last !== undefined && last.x - before < this.#minWidth) points[points.length - 1] = merge(last, added);
    else points.push(added);
    if (points.length > this.#maxPoints) this.#halve();
  }

  #halve() {
    /** @type {CurvePoint[]} */
    const halved = [];
    this.#points.forEach((point, i) => {
      const left = i % 2 === 1 ? halved.pop() : undefined;
      halved.push(left === undefined ? point : merge(left, point));
    });
    this.#points = halved;
    this.#minWidth = this.#lastX / halved.length;
  }
}

/**
 * The mean by batches; the smoothed values are the later ones, which know of the earlier.
 * @param {CurvePoint} left
 * @param {CurvePoint} right
 * @returns {CurvePoint}
 */
function merge(left, right) {
  const nBatches = left.nBatches + right.nBatches;
  const share = right.nBatches / nBatches;
  return {
    ...right,
    nBatches,
    loss: left.loss + (right.loss - left.loss) * share,
    accuracy: left.accuracy + (right.accuracy - left.accuracy) * share,
  };
}

/** An exponential moving average over a width, not over a number of points; its start is not drawn towards zero. */
export class MovingAverage {
  #sum = 0;
  #weight = 0;

  /**
   * @param {number} value
   * @param {number} width that the value stands for
   * @param {number} window after which a value weighs 1/e
   */
  add(value, width, window) {
    const keep = Math.exp(-Math.max(width / window, 1e-9));
    this.#sum = this.#sum * keep + value * (1 - keep);
    this.#weight = this.#weight * keep + (1 - keep);
    return this.#sum / this.#weight;
  }
}
