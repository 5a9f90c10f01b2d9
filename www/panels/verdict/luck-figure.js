/**
 * What luck can do: the gaps that come of swapping the names A and B, and where the observed one lies.
 * @typedef {import("../../protocol/requests.js").Verdict} Verdict
 */
import { count } from "../../ui/format.js";
import { makeSvg } from "../../ui/svg.js";
import { figure, label, line, scale, WIDTH } from "./figure.js";
import { points, signedPoints } from "./numbers.js";

const LEFT = 4;
const RIGHT = WIDTH - 4;
const TOP = 16;
const BOTTOM = 100;
/** Half a number's width: two that are nearer lie upon each other. */
const NUMBER = 15;

/** @param {Verdict} verdict whose luck is known */
export function luckFigure({ test, luck, gap }) {
  if (luck === null || gap === null) return null;
  const { hits, total, isExact, histogram } = luck;
  const what = test === "signFlip" ? "swaps of names" : "ways to deal out the names";
  const help = isExact ? `All ${count(total)} ${what}` : `${count(total)} ${what}, drawn at random`;
  const far = `${count(hits)} of ${count(total)} go this far`;
  const text =
    `${help}: ${count(hits)} of them give a gap of ${points(gap)} or more, in either direction. ` +
    `The observed gap, A − B, is ${signedPoints(gap)}.`;
  const parts = [...bars(histogram), ...observed(histogram, gap, far)];
  return figure("luck-title", "What luck can do", help, { height: 116, text, parts });
}

/** @typedef {NonNullable<Verdict["luck"]>["histogram"]} Histogram */

/** @param {Histogram} histogram */
function bars({ counts, observedIdx }) {
  const most = Math.max(...counts);
  const middle = (counts.length - 1) / 2;
  const width = (RIGHT - LEFT) / counts.length;
  return counts.flatMap((n, i) => {
    if (n === 0) return [];
    const height = Math.max(1, (n / most) * (BOTTOM - TOP - 8));
    const isFar = Math.abs(i - middle) >= Math.abs(observedIdx - middle);
    return makeSvg("rect", {
      class: isFar ? "bin is-far" : "bin",
      x: LEFT + i * width + 0.5,
      y: BOTTOM - height,
      width: width - 1,
      height,
    });
  });
}

/** @param {Histogram} histogram @param {number} gap @param {string} far */
function observed({ low, high }, gap, far) {
  const x = scale([low, high], [LEFT, RIGHT]);
  const at = Math.max(LEFT + 0.5, Math.min(RIGHT - 0.5, x(gap)));
  const atLabel = Math.max(LEFT + NUMBER, Math.min(RIGHT - NUMBER, at));
  const isRight = gap >= 0;
  const zero = Math.abs(atLabel - x(0)) < 2 * NUMBER ? [] : [label(x(0), BOTTOM + 14, "0")];
  return [
    line("zero", [LEFT, BOTTOM, RIGHT, BOTTOM]),
    line("mark-line", [at, TOP - 2, at, BOTTOM]),
    label(isRight ? RIGHT : LEFT, 9, far, isRight ? "end" : "start"),
    ...zero,
    label(atLabel, BOTTOM + 14, signedPoints(gap)),
  ];
}
