/**
 * A figure's canvas: grid, bands, lines and what leads from their ends to the labels. It is painted as a whole, which
 * takes less time than a frame; what follows the pointer lies over it.
 *
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./lines.js").Line} Line
 * @typedef {import("./lines.js").Single} Single
 *
 * @typedef {object} Scene
 * @property {readonly Line[]} lines
 * @property {ReadonlySet<string>} opened keys of groups whose single runs are shown
 * @property {string | null} lit the key of the group that stands out
 * @property {ReadonlyMap<string, number>} labelYs middles of the labels beside the plot; none where they lie below it
 * @property {string} xName of the axis below; "": it is not drawn
 */
import { colourOf, SHAPES } from "../../ui/marks.js";
import { colour, isForcedColours } from "../../ui/theme.js";
import { endOf } from "./lines.js";

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const PYTORCHS = [3, 2.5];
const UNDER_WAY = [7, 4];

/** Where there is but one colour, lines are told apart by these, and by shapes along them. */
const DASHES = [[], [8, 3], [2, 2], [10, 3, 2, 3], [5, 5], [12, 4], [6, 2, 2, 2, 2, 2], [1, 3]];

/** Between two words. */
const GAP = 4;

/** How much of those is left that do not stand out. */
const FAINT = 0.18;

/** @type {Path2D[]} */
const shapes = [];

/**
 * @param {CanvasRenderingContext2D} ctx scaled to CSS pixels
 * @param {Frame} frame
 * @param {Scene} scene
 */
export function paint(ctx, frame, scene) {
  ctx.clearRect(0, 0, frame.width, frame.height);
  ctx.font = FONT;
  ctx.lineJoin = "round";
  paintAxes(ctx, frame, scene.xName);
  const painters = scene.lines.map((line) => new LinePainter(ctx, frame, line, scene));
  for (const painter of painters) painter.band();
  for (const painter of painters) painter.singles();
  for (const painter of painters) painter.mean();
  /** @type {Box[]} */
  const taken = [];
  for (const painter of painters) painter.ends(taken);
  ctx.globalAlpha = 1;
}

/** @typedef {{x: number, y: number, width: number}} Box of a word */

/** @param {CanvasRenderingContext2D} ctx @param {Frame} frame @param {string} xName */
function paintAxes(ctx, { plot, yTicks, xTicks, height }, xName) {
  ctx.strokeStyle = colour("--grid");
  ctx.fillStyle = colour("--muted");
  ctx.lineWidth = 1;
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const { at } of xTicks) {
    ctx.moveTo(crisp(at), plot.top);
    ctx.lineTo(crisp(at), plot.bottom);
  }
  for (const { at } of yTicks) {
    ctx.moveTo(plot.left, crisp(at));
    ctx.lineTo(plot.right, crisp(at));
  }
  ctx.moveTo(plot.left, crisp(plot.bottom));
  ctx.lineTo(plot.right, crisp(plot.bottom));
  ctx.stroke();
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  for (const { at, text } of yTicks) ctx.fillText(text, plot.left - 8, at);
  if (xName === "") return;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  for (const { at, text } of xTicks) ctx.fillText(text, at, plot.bottom + 5);
  ctx.textBaseline = "bottom";
  ctx.fillText(xName, (plot.left + plot.right) / 2, height);
}

/** On the middle of a pixel. @param {number} at */
const crisp = (at) => Math.round(at) + 0.5;

class LinePainter {
  #ctx;
  #frame;
  #line;
  #scene;
  #ink;
  #isForced = isForcedColours();

  /** @param {CanvasRenderingContext2D} ctx @param {Frame} frame @param {Line} line @param {Scene} scene */
  constructor(ctx, frame, line, scene) {
    this.#ctx = ctx;
    this.#frame = frame;
    this.#line = line;
    this.#scene = scene;
    this.#ink = colour(colourOf(line.mark));
  }

  band() {
    const { xs, values, deviations } = this.#line.mean;
    if (deviations.every((deviation) => deviation === null)) return;
    const { toX, toY } = this.#frame;
    const ctx = this.#begin(this.#isForced ? 0.12 : 0.14);
    for (let i = 0; i < xs.length; i++) ctx.lineTo(toX(xs[i] ?? 0), toY((values[i] ?? 0) + (deviations[i] ?? 0)));
    for (let i = xs.length - 1; i >= 0; i--) {
      const value = values[i] ?? 0;
      // A loss has no place below 0.
      ctx.lineTo(toX(xs[i] ?? 0), toY(Math.max(value - (deviations[i] ?? 0), value * 1e-3)));
    }
    ctx.fill();
  }

  singles() {
    const { singles, key } = this.#line;
    for (const single of singles) {
      if (single.isUnderWay) this.#trace(single, { width: 1.25, dash: UNDER_WAY, alpha: 1 });
      else if (this.#scene.opened.has(key)) this.#trace(single, { width: 1, dash: [], alpha: 0.6 });
    }
  }

  mean() {
    const { mean, mark, isPyTorchs, key } = this.#line;
    const dash = isPyTorchs ? PYTORCHS : this.#isForced ? (DASHES[mark] ?? []) : [];
    const width = isPyTorchs ? 1.75 : key === this.#scene.lit || this.#scene.opened.has(key) ? 2.75 : 2;
    this.#trace(mean, { width, dash, alpha: 1 });
    if (!this.#isForced || mean.xs.length < 4) return;
    for (const share of [0.25, 0.5, 0.75]) {
      const i = Math.floor(share * mean.xs.length);
      this.#shapeAt(mean.xs[i] ?? 0, mean.values[i] ?? 0, 8);
    }
  }

  /** The mark where the line ends, open where it is on its way, and the leader to its label. @param {Box[]} taken */
  ends(taken) {
    const { mean, singles, nSeeds } = this.#line;
    const lastIdx = mean.xs.length - 1;
    if (lastIdx >= 0) this.#shapeAt(mean.xs[lastIdx] ?? 0, mean.values[lastIdx] ?? 0, 9);
    for (const { isUnderWay, xs, values, seed } of singles) {
      if (!isUnderWay || xs.length === 0) continue;
      const [x, value] = [xs.at(-1) ?? 0, values.at(-1) ?? 0];
      this.#ringAt(x, value);
      if (nSeeds > 1) this.#seedAt(x, value, seed, taken);
    }
    this.#leader();
  }

  #leader() {
    const end = endOf(this.#line);
    const labelY = this.#scene.labelYs.get(this.#line.key);
    if (end === null || labelY === undefined) return;
    const { toX, toY, plot } = this.#frame;
    const [x, y] = [toX(end.x), toY(end.value)];
    const ctx = this.#begin(0.7);
    ctx.lineWidth = 1;
    if (x < plot.right - 8) {
      ctx.setLineDash([1, 3]);
      ctx.moveTo(x + 6, y);
      ctx.lineTo(plot.right + 4, y);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.beginPath();
    }
    ctx.moveTo(Math.max(x + 6, plot.right + 4), y);
    ctx.bezierCurveTo(plot.right + 14, y, plot.right + 8, labelY, plot.right + 18, labelY);
    ctx.stroke();
  }

  /**
   * @param {{xs: readonly number[], values: readonly number[]}} line
   * @param {{width: number, dash: number[], alpha: number}} look
   */
  #trace({ xs, values }, { width, dash, alpha }) {
    const { toX, toY } = this.#frame;
    const ctx = this.#begin(alpha);
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    for (let i = 0; i < xs.length; i++) ctx.lineTo(toX(xs[i] ?? 0), toY(values[i] ?? 0));
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** @param {number} alpha */
  #begin(alpha) {
    const ctx = this.#ctx;
    const { lit } = this.#scene;
    ctx.globalAlpha = lit === null || lit === this.#line.key ? alpha : alpha * FAINT;
    ctx.strokeStyle = ctx.fillStyle = this.#ink;
    ctx.beginPath();
    return ctx;
  }

  /** @param {number} x @param {number} value @param {number} size */
  #shapeAt(x, value, size) {
    const { mark } = this.#line;
    const shape = (shapes[mark] ??= new Path2D(SHAPES[mark] ?? SHAPES[0]));
    const ctx = this.#begin(1);
    ctx.save();
    ctx.translate(this.#frame.toX(x), this.#frame.toY(value));
    ctx.scale(size / 12, size / 12);
    ctx.translate(-6, -6);
    ctx.fill(shape);
    ctx.restore();
  }

  /** @param {number} x @param {number} value */
  #ringAt(x, value) {
    const ctx = this.#begin(1);
    ctx.lineWidth = 2;
    ctx.arc(this.#frame.toX(x), this.#frame.toY(value), 4, 0, 2 * Math.PI);
    ctx.fillStyle = colour("--surface");
    ctx.fill();
    ctx.stroke();
  }

  /** Above its ring, or below where another has that place; nowhere where both are taken. @param {number} x
   * @param {number} value @param {number} seed @param {Box[]} taken */
  #seedAt(x, value, seed, taken) {
    const { toX, toY, plot } = this.#frame;
    const ctx = this.#begin(1);
    const text = `seed ${seed}`;
    const { width } = ctx.measureText(text);
    const left = Math.max(plot.left, Math.min(toX(x) - width / 2, plot.right - width));
    const isFree = (/** @type {number} */ y) =>
      y > plot.top + 6 &&
      y < plot.bottom - 6 &&
      taken.every((box) => Math.abs(box.y - y) > 13 || box.x > left + width + GAP || left > box.x + box.width + GAP);
    const y = [-13, 13].map((offset) => toY(value) + offset).find(isFree);
    if (y === undefined) return;
    taken.push({ x: left, y, width });
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3;
    ctx.strokeStyle = colour("--surface");
    ctx.strokeText(text, left, y);
    ctx.fillStyle = colour("--ink");
    ctx.fillText(text, left, y);
  }
}
