/**
 * A curve that never holds more than so many points: when it is full, neighbours are merged, and from then on each new
 * point gathers as many batches as the merged ones stand for.
 * @typedef {import("../protocol.js").BatchPoint} BatchPoint
 * @typedef {BatchPoint & {smoothLoss: number, smoothAccuracy: number}} CurvePoint
 */

export class PointSeries {
  /** @type {CurvePoint[]} */ #points = [];
  #maxPoints;
  #minWidth = 0;
  #smoothLoss;
  #smoothAccuracy;
  #lastX = 0;

  /**
   * @param {number} maxPoints
   * @param {number} window of the smoothing, in epochs
   */
  constructor(maxPoints, window) {
    this.#maxPoints = maxPoints;
    this.#smoothLoss = new MovingAverage(window);
    this.#smoothAccuracy = new MovingAverage(window);
  }

  get points() {
    return this.#points;
  }

  /** @param {BatchPoint} point later than the last one */
  push(point) {
    if (!Number.isFinite(point.loss)) return;
    const width = point.x - this.#lastX;
    this.#lastX = point.x;
    const added = {
      ...point,
      smoothLoss: this.#smoothLoss.add(point.loss, width),
      smoothAccuracy: this.#smoothAccuracy.add(point.accuracy, width),
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
  #window;

  /** @param {number} window after which a value weighs 1/e */
  constructor(window) {
    this.#window = window;
  }

  /**
   * @param {number} value
   * @param {number} width that the value stands for
   */
  add(value, width) {
    const keep = Math.exp(-Math.max(width, 1e-9) / this.#window);
    this.#sum = this.#sum * keep + value * (1 - keep);
    this.#weight = this.#weight * keep + (1 - keep);
    return this.#sum / this.#weight;
  }
}
