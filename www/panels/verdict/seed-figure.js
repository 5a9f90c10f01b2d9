/**
 * Seed by seed: what each says of A and B, with the interval of the gap.
 * @typedef {import("../../protocol/requests.js").Verdict} Verdict
 * @typedef {import("../../runs/groups.js").Group} Group
 */
import { makeSvg } from "../../ui/svg.js";
import { figure, label, line, roundNumbers, scale, WIDTH } from "./figure.js";
import { signedPoints } from "./numbers.js";
import { accuracyOf, rankedIn } from "./question.js";

const LEFT = 20;
const RIGHT = WIDTH - 8;
/** From one seed's line to the next, while there is room. */
const PITCH = 10.5;
/** Of all lines, unless they are so many that they would become one. */
const HEIGHT = 84;
const LEAST_PITCH = 2.5;
/** The least pitch at which each seed has its number. */
const NAMED_PITCH = 8;

/** @param {Verdict} verdict @param {Group} a @param {Group} b */
export function seedFigure(verdict, a, b) {
  const isPaired = verdict.test === "signFlip";
  const id = "seed-by-seed-title";
  if (isPaired) return figure(id, "Seed by seed", "A − B in points", paired(verdict));
  return figure(id, "Seed by seed", "Validation accuracy, %", apart(verdict, a, b));
}

/** @param {Verdict} verdict */
function paired({ pairs, gap, interval }) {
  const all = [0, ...pairs.map(({ difference }) => difference), interval?.low ?? 0, interval?.high ?? 0];
  const [low, high] = [100 * Math.min(...all), 100 * Math.max(...all)];
  const x = scale([low, high], [LEFT, RIGHT]);
  const pitch = Math.max(LEAST_PITCH, Math.min(PITCH, HEIGHT / pairs.length));
  const bottom = 4 + pairs.length * pitch;
  const nameEvery = Math.ceil(NAMED_PITCH / pitch);
  const lines = pairs.flatMap(({ seed, difference }, i) => {
    const y = 4 + (i + 0.5) * pitch;
    const name = i % nameEvery === 0 ? [label(LEFT - 6, y + 3, String(seed), "end")] : [];
    return [
      ...name,
      line("grid", [LEFT, y, RIGHT, y]),
      line("stem", [x(0), y, x(100 * difference), y]),
      makeSvg("circle", { class: "dot", cx: x(100 * difference), cy: y, r: Math.min(2.8, pitch / 2) }),
    ];
  });
  const parts = [...lines, ...intervalBar(x, bottom + 6, gap, interval)];
  const axis = axisOf(x, [low, high], bottom, (value) => signedPoints(value / 100).replace(/\.?0+$/, "") || "0");
  const seeds = pairs.map(({ seed, difference }) => `seed ${seed}: ${signedPoints(difference)}`).join("; ");
  const text = `A − B in points of validation accuracy. ${seeds}. ${inWords(gap, interval)}`;
  return { height: bottom + 26, text, parts: [line("zero", [x(0), 0, x(0), bottom + 12]), ...parts, ...axis] };
}

/** Where the seeds are no pairs, each group has a line of its own. @param {Verdict} verdict @param {Group[]} groups */
function apart({ gap, interval }, ...groups) {
  const values = groups.map((group) => rankedIn(group).map((run) => 100 * (accuracyOf(run) ?? 0)));
  const all = values.flat();
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const x = scale([low, high], [LEFT, RIGHT]);
  const rows = values.flatMap((of, i) => {
    const y = 18 + 32 * i;
    const mean = of.reduce((sum, value) => sum + value, 0) / of.length;
    return [
      label(LEFT - 6, y + 3, "AB"[i] ?? "", "end"),
      line("grid", [LEFT, y, RIGHT, y]),
      ...of.map((value) => makeSvg("circle", { class: "dot is-one", cx: x(value), cy: y, r: 2.8 })),
      line("stem", [x(mean), y - 9, x(mean), y + 9]),
    ];
  });
  const texts = values.map((of, i) => `${"AB"[i]}: ${of.map((value) => value.toFixed(2)).join(", ")}`).join("; ");
  const text = `Validation accuracy in percent. ${texts}. A − B: ${inWords(gap, interval)}`;
  const axis = axisOf(x, [low, high], 64, (value) => String(Number(value.toFixed(2))));
  return { height: 90, text, parts: [...rows, ...axis] };
}

/**
 * @param {(value: number) => number} x
 * @param {number} y
 * @param {number | null} gap
 * @param {Verdict["interval"]} interval
 */
function intervalBar(x, y, gap, interval) {
  if (interval === null || gap === null) return [];
  const [left, right] = [x(100 * interval.low), x(100 * interval.high)];
  return [
    makeSvg("rect", { class: "interval", x: left, y: y - 2.5, width: Math.max(1, right - left), height: 5, rx: 2.5 }),
    makeSvg("circle", { class: "observed", cx: x(100 * gap), cy: y, r: 3 }),
  ];
}

/**
 * @param {(value: number) => number} x
 * @param {[number, number]} range
 * @param {number} bottom
 * @param {(value: number) => string} text
 */
function axisOf(x, [low, high], bottom, text) {
  return roundNumbers(low, high, 3).map((value) => {
    const at = x(value);
    return label(at, bottom + 24, text(value), at > RIGHT - 8 ? "end" : "middle");
  });
}

/** @param {number | null} gap @param {Verdict["interval"]} interval */
function inWords(gap, interval) {
  const mean = `${signedPoints(gap ?? 0)} in the mean`;
  if (interval === null) return `${mean}.`;
  return `${mean}, 95 % interval ${signedPoints(interval.low)} to ${signedPoints(interval.high)}.`;
}
