/**
 * One quantity of all groups that are shown: canvas, cursor, labels and caption.
 *
 * @typedef {import("./lines.js").Line} Line
 * @typedef {import("./lines.js").Over} Over
 * @typedef {import("./lines.js").Quantity} Quantity
 * @typedef {import("./end-labels.js").LabelEvents & {onCursor: (x: number | null) => void}} FigureEvents
 *
 * @typedef {object} Shown
 * @property {readonly Line[]} lines the page's own first
 * @property {ReadonlySet<string>} opened
 * @property {string | null} lit
 * @property {Over} over
 * @property {boolean} isLog
 * @property {readonly number[]} stops of the cursor
 * @property {number} mostX where the x axis ends, in both figures
 * @property {boolean} hasXAxis
 */
import { find, setText } from "../../ui/dom.js";
import { short } from "../../ui/format.js";
import { evenAxis, halvingAxis, mistakesAxis } from "./axis.js";
import { Cursor } from "./cursor.js";
import { EndLabels } from "./end-labels.js";
import { frameOf } from "./frame.js";
import { endOf, valuesOf } from "./lines.js";
import { paint } from "./painting.js";
import { pushedApart } from "./pushing.js";
import { axisInWords, basisInWords, placeInWords, readAt, tickInWords, valueInWords } from "./reading.js";

export class ComparedFigure {
  #canvas;
  #labels;
  #cursor;
  #basis;
  /** @type {Shown | null} */ #shown = null;
  /** @type {number | null} */ #x = null;

  /**
   * @param {HTMLElement} element
   * @param {Quantity} quantity
   * @param {FigureEvents} events
   */
  constructor(element, quantity, events) {
    this.element = element;
    this.quantity = quantity;
    const slider = find(element, ".compared-chart", HTMLElement);
    this.#canvas = find(slider, "canvas", HTMLCanvasElement);
    this.#basis = find(element, ".compared-basis", HTMLElement);
    this.#labels = new EndLabels(find(element, ".end-labels", HTMLElement), events);
    this.#cursor = new Cursor(slider, events.onCursor);
  }

  /** @param {Shown} shown */
  update(shown) {
    this.#shown = shown;
    const { lines, opened } = shown;
    const labelled = this.#labelled();
    const isMixed = labelled.some(({ isOfTraining }) => isOfTraining !== labelled[0]?.isOfTraining);
    setText(this.#basis, basisInWords(labelled));
    // So high that each label has its place beside the plot.
    this.element.style.setProperty("--labels", String(labelled.length));
    this.#labels.update(labelled, opened, isMixed);
    if (lines.length > 0) this.draw();
  }

  /** Recorded lines that lie under others have no label of their own. */
  #labelled() {
    const lines = this.#shown?.lines ?? [];
    const own = lines.filter(({ isPyTorchs }) => !isPyTorchs);
    return own.length > 0 ? own : lines;
  }

  /** Paints it as it is, in whatever size and colours there are now. */
  draw() {
    const shown = this.#shown;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (shown === null || width === 0 || height === 0) return;
    const { lines, opened, lit, over, stops, mostX, hasXAxis } = shown;
    const frame = frameOf({ width, height, gutter: this.#labels.gutter, hasXAxis }, this.#axis(shown), mostX, {
      format: (x) => tickInWords(x, over),
      finest: over === "seconds" ? 0 : 1,
    });
    const labelYs = this.#placeLabels(frame);
    const ratio = window.devicePixelRatio;
    const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== pixelWidth) this.#canvas.width = pixelWidth;
    if (this.#canvas.height !== pixelHeight) this.#canvas.height = pixelHeight;
    const ctx = this.#canvas.getContext("2d");
    if (ctx === null) return;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(ctx, frame, { lines, opened, lit, labelYs, xName: hasXAxis ? axisInWords(lines, over) : "" });
    this.#cursor.update(frame, stops);
    this.point(this.#x);
  }

  /** @param {Shown} shown */
  #axis({ lines, opened, isLog }) {
    const values = valuesOf(lines, opened);
    if (this.quantity === "loss") return isLog ? halvingAxis(values) : evenAxis(values, { format: short });
    const format = (/** @type {number} */ value) => `${Number((100 * value).toFixed(3))}\u00a0%`;
    return isLog ? mistakesAxis(values) : evenAxis(values, { format, most: 1 });
  }

  /** @param {import("./frame.js").Frame} frame @returns {ReadonlyMap<string, number>} */
  #placeLabels({ toY, plot, height }) {
    const labelled = this.#labelled();
    const wanted = labelled.map((line) => {
      const end = endOf(line);
      // Those that have not come to a line yet stand at the bottom.
      return end === null ? plot.bottom : toY(end.value);
    });
    const labelHeight = this.#labels.height;
    const middles = labelHeight === null ? wanted : pushedApart(wanted, labelHeight, 0, height);
    const byKey = new Map(labelled.map(({ key }, i) => [key, middles[i] ?? 0]));
    this.#labels.place(byKey);
    return labelHeight === null ? new Map() : byKey;
  }

  /** Values where the cursor is, or else the latest ones. @param {number | null} x */
  point(x) {
    this.#x = x;
    const shown = this.#shown;
    if (shown === null) return;
    const labelled = this.#labelled();
    const sayOf = (/** @type {Line} */ line) =>
      valueInWords(x === null ? line.final : readAt(line, x)?.value, this.quantity);
    this.#labels.tell(labelled, sayOf);
    const dots =
      x === null
        ? []
        : shown.lines.flatMap((line) => ({ ...(readAt(line, x) ?? { x: NaN, value: 0 }), mark: line.mark }));
    const values = shown.lines.map((line) => `${line.title}${line.isPyTorchs ? ", PyTorch" : ""} ${sayOf(line)}`);
    const where = x === null ? "at the end" : `at ${placeInWords(x, shown.over)}`;
    this.#cursor.show(
      x,
      dots.filter(({ x }) => !Number.isNaN(x)),
      `${where}: ${values.join("; ")}`,
    );
  }
}
