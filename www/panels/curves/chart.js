/** One uPlot chart in the page's colours, as wide and high as its box. */
import { colour, onThemeChange } from "../../ui/theme.js";
import uPlot from "../../vendor/uPlot.esm.js";

/**
 * @typedef {object} Line
 * @property {string} colour a custom property of styles/tokens.css
 * @property {number} width
 * @property {boolean} [hasPoints]
 * @property {number[]} [dash]
 *
 * @typedef {object} ChartOptions
 * @property {Line[]} lines
 * @property {boolean} isLog
 * @property {boolean} isByEpoch whole epochs on the x axis
 * @property {(value: number) => string} format of the y axis
 * @property {number} [most] that a value can be
 * @property {"top" | "bottom"} free where there is room for words, because the lines end elsewhere
 * @property {(idx: number | null) => void} onCursor
 */

/**
 * What is shown besides the lines.
 * @typedef {object} Marks
 * @property {number | null} best an x that is marked as the best
 * @property {number | null} roof where a linear y axis ends, if not where the values do
 */

/** uPlot's number for a logarithmic scale. */
const LOGARITHMIC = 3;
const SYNC = "curves";
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

export class Chart {
  #box;
  /** @type {uPlot | null} */ #plot = null;
  /** @type {Marks} */ #marks = { best: null, roof: null };

  /** @param {HTMLElement} box */
  constructor(box) {
    this.#box = box;
    new ResizeObserver(() => this.#fit()).observe(box);
    onThemeChange(() => this.#plot?.redraw(false));
  }

  /**
   * Draws the chart anew, with other lines or axes.
   * @param {ChartOptions} options
   * @param {(number | null)[][]} data
   * @param {Marks} marks
   */
  set(options, data, marks) {
    this.#plot?.destroy();
    this.#marks = marks;
    const size = { width: this.#box.clientWidth || 300, height: this.#box.clientHeight || 160 };
    const { hooks, ...rest } = plotOptions(options, () => this.#marks.roof);
    const draw = [(/** @type {uPlot} */ plot) => markBest(plot, this.#marks.best, options.free)];
    this.#plot = new uPlot({ ...size, ...rest, hooks: { ...hooks, draw } }, aligned(data), this.#box);
  }

  /**
   * @param {(number | null)[][]} data
   * @param {Marks} marks
   */
  update(data, marks) {
    this.#marks = marks;
    this.#plot?.setData(aligned(data));
  }

  #fit() {
    const { clientWidth: width, clientHeight: height } = this.#box;
    if (width > 0 && height > 0) this.#plot?.setSize({ width, height });
  }
}

/** @param {(number | null)[][]} data @returns {uPlot.AlignedData} */
function aligned(data) {
  return /** @type {uPlot.AlignedData} */ (/** @type {unknown} */ (data));
}

/**
 * @param {ChartOptions} options
 * @param {() => number | null} roof
 * @returns {Omit<uPlot.Options, "width" | "height">}
 */
function plotOptions({ lines, isLog, isByEpoch, format, most, onCursor }, roof) {
  const padded = /** @type {uPlot.Range.Config} */ ({ min: { pad: 0.05, hard: 0 }, max: { pad: 0.05, hard: most } });
  return {
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: SYNC }, drag: { x: false, y: false, setScale: false }, y: false },
    scales: {
      x: {
        time: false,
        range: (_, min, max) => (max === null ? [0, 1] : isByEpoch ? [min - 0.5, max + 0.5] : [0, max]),
      },
      y: isLog
        ? {
            distr: LOGARITHMIC,
            range: (_, min, max) => (max === null ? [0.01, 1] : uPlot.rangeLog(min, max, 10, false)),
          }
        : { range: (_, min, max) => (max === null ? [0, 1] : uPlot.rangeNum(min, roof() ?? max, padded)) },
    },
    axes: [
      axis({ label: "Epoch", labelSize: 16, size: 24, incrs: isByEpoch ? WHOLE : undefined }),
      axis({ size: 52, values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : format(tick))) }),
    ],
    series: [
      {},
      ...lines.map(({ colour: name, width, hasPoints, dash }) => ({
        stroke: () => colour(name),
        width,
        ...(dash === undefined ? {} : { dash }),
        points: { show: hasPoints ?? false, size: 6, fill: () => colour(name) },
      })),
    ],
    hooks: { setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)] },
  };
}

/**
 * A dashed line from top to bottom, with its word.
 * @param {uPlot} plot
 * @param {number | null} x
 * @param {ChartOptions["free"]} free
 */
function markBest(plot, x, free) {
  if (x === null) return;
  const { ctx, bbox } = plot;
  const { devicePixelRatio: ratio } = window;
  const at = Math.round(plot.valToPos(x, "x", true));
  const isLeft = at > bbox.left + bbox.width / 2;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = colour("--ink");
  ctx.lineWidth = ratio;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(at + 0.5, bbox.top);
  ctx.lineTo(at + 0.5, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${12 * ratio}px ${FONT}`;
  ctx.textAlign = isLeft ? "right" : "left";
  ctx.textBaseline = free;
  const y = free === "top" ? bbox.top + 2 * ratio : bbox.top + bbox.height - 4 * ratio;
  ctx.fillText("★ best", at + (isLeft ? -4 : 4) * ratio, y);
  ctx.restore();
}

/** Ticks at whole epochs only. */
const WHOLE = [1, 2, 5].flatMap((step) => [1, 10, 100, 1000, 10000].map((power) => step * power)).sort((a, b) => a - b);

/** @param {uPlot.Axis} axis @returns {uPlot.Axis} */
function axis(axis) {
  const font = `12px ${FONT}`;
  return {
    font,
    labelFont: font,
    gap: 4,
    stroke: () => colour("--muted"),
    grid: { stroke: () => colour("--grid"), width: 1 },
    ticks: { show: false },
    ...axis,
  };
}
