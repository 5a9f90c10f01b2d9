/**
 * A drawing as strokes of points in a square of its own units, whatever the canvas measures on the screen.
 * @typedef {import("../../protocol/requests.js").Drawing} Drawing
 * @typedef {Drawing["strokes"][number]} Stroke
 */

/** The side of the square. */
export const SIZE = 280;
export const PEN_RADIUS = 10;

/** Nearer points add nothing that the pen's width would show. */
const MIN_DISTANCE = 1;

export class StrokeRecorder {
  /** @type {Stroke[]} */ #strokes = [];
  /** @type {Stroke | null} */ #open = null;

  get isEmpty() {
    return this.#strokes.length === 0;
  }

  get isDrawing() {
    return this.#open !== null;
  }

  /** @returns {Drawing} */
  get drawing() {
    return { strokes: this.#strokes, penRadius: PEN_RADIUS };
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  begin(x, y) {
    this.#open = { points: [{ x: clamp(x), y: clamp(y) }] };
    this.#strokes.push(this.#open);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {boolean} whether the drawing changed
   */
  extend(x, y) {
    const last = this.#open?.points.at(-1);
    if (this.#open === null || last === undefined) return false;
    const point = { x: clamp(x), y: clamp(y) };
    if (Math.hypot(point.x - last.x, point.y - last.y) < MIN_DISTANCE) return false;
    this.#open.points.push(point);
    return true;
  }

  end() {
    this.#open = null;
  }

  undo() {
    this.#open = null;
    this.#strokes.pop();
  }

  clear() {
    this.#open = null;
    this.#strokes = [];
  }
}

/** @param {number} value */
function clamp(value) {
  return Math.min(Math.max(value, 0), SIZE);
}
