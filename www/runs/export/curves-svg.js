/**
 * A run's curves as a picture that stands by itself: loss and accuracy over the epochs, or over the batches where no
 * epoch has ended yet.
 * @typedef {import("../run.js").Run} Run
 * @typedef {{x: number, y: number}[]} Line
 * @typedef {{name: string, colour: string, dash: string, points: Line}} Series
 */

/** Of the whole picture, and of each chart in it. */
export const SIZE = { width: 960, height: 400 };
const CHART = { width: 400, height: 270, top: 80 };
const LEFTS = [60, 530];

/** On white, as most paper is. */
const [TRAINING, VALIDATION, INK, GRID] = ["#1d5fbf", "#c2620a", "#1c1e21", "#d9dce1"];

/** @param {Run} run */
export function curvesSvg(run) {
  const charts = /** @type {const} */ (["Loss", "Accuracy"]).map((quantity, i) =>
    chart(quantity, seriesOf(run, quantity), LEFTS[i] ?? 0),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" width="${SIZE.width}"\
 height="${SIZE.height}" font-family="system-ui, sans-serif" font-size="12" fill="${INK}">
<rect width="100%" height="100%" fill="#fff"/>
<text x="${LEFTS[0]}" y="34" font-size="18" font-weight="600">${escaped(run.name)}</text>
${charts.join("\n")}
</svg>
`;
}

/** @param {Run} run @param {"Loss" | "Accuracy"} quantity @returns {Series[]} */
function seriesOf({ epochs, curve }, quantity) {
  const series = (/** @type {string} */ name, /** @type {string} */ colour, dash = "") => ({ name, colour, dash });
  if (epochs.length === 0) {
    const points = curve.points.map((point) => ({ x: point.x, y: point[`smooth${quantity}`] }));
    return [{ ...series("training", TRAINING), points: points.filter(isFinitePoint) }];
  }
  const line = (/** @type {"training" | "validation"} */ set) =>
    epochs.map((epoch) => ({ x: epoch.epoch, y: epoch[`${set}${quantity}`] ?? Number.NaN })).filter(isFinitePoint);
  return [
    { ...series("training", TRAINING), points: line("training") },
    { ...series("validation", VALIDATION, "6 4"), points: line("validation") },
  ].filter(({ points }) => points.length > 0);
}

/** @param {{x: number, y: number}} point */
const isFinitePoint = ({ x, y }) => Number.isFinite(x) && Number.isFinite(y);

/** @param {string} title @param {Series[]} series @param {number} left */
function chart(title, series, left) {
  const all = series.flatMap(({ points }) => points);
  const [xs, ys] = [scale(all.map(({ x }) => x)), scale(all.map(({ y }) => y))];
  const toX = (/** @type {number} */ x) => left + ((x - xs.least) / (xs.most - xs.least)) * CHART.width;
  const toY = (/** @type {number} */ y) =>
    CHART.top + CHART.height - ((y - ys.least) / (ys.most - ys.least)) * CHART.height;
  const bottom = CHART.top + CHART.height;
  const rows = ys.ticks.map((tick) => {
    const y = toY(tick).toFixed(1);
    return `<path d="M${left} ${y}h${CHART.width}" stroke="${GRID}"/>\
<text x="${left - 6}" y="${y}" dy="4" text-anchor="end">${inWords(tick)}</text>`;
  });
  const columns = xs.ticks.map(
    (tick) => `<text x="${toX(tick).toFixed(1)}" y="${bottom + 18}" text-anchor="middle">${inWords(tick)}</text>`,
  );
  const lines = series.map(({ colour, dash, points }) => {
    const path = points.map(({ x, y }) => `${toX(x).toFixed(1)} ${toY(y).toFixed(1)}`).join("L");
    const round = 'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
    // A point alone is a line of no length, which a round end makes a dot.
    return `<path d="M${path}${points.length === 1 ? "h0" : ""}" fill="none" stroke="${colour}" ${round}\
${dash === "" ? "" : ` stroke-dasharray="${dash}"`}/>`;
  });
  const key = series.map(
    ({ name, colour }, i) => `<text x="${left + 90 + 90 * i}" y="${CHART.top - 14}" fill="${colour}">${name}</text>`,
  );
  return [
    `<text x="${left}" y="${CHART.top - 14}" font-size="14" font-weight="600">${title}</text>`,
    ...key,
    ...rows,
    ...columns,
    `<text x="${left + CHART.width / 2}" y="${bottom + 36}" text-anchor="middle">epoch</text>`,
    ...lines,
  ].join("\n");
}

/** Round numbers around the values. @param {number[]} values */
function scale(values) {
  const lowest = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const highest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const [low, high] = values.length === 0 ? [0, 1] : [lowest, highest > lowest ? highest : lowest + 1];
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((each) => each * power >= rough) ?? 10);
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  return { least: first * step, most: last * step, ticks };
}

/** @param {number} tick */
const inWords = (tick) => String(Number(tick.toPrecision(6)));

/** @param {string} text of which anything may be part, as it may come from anywhere */
function escaped(text) {
  return text
    .replace(/[\p{Cc}\p{Surrogate}\ufffe\uffff]/gu, " ")
    .replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);
}
