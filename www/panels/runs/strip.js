/** A group's accuracies as a strip: a dot a seed on the axis that all rows share, and a line at their mean. */
import { make } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";
import { makeSvg } from "../../ui/svg.js";
import { placeOn } from "./scale.js";

/** In pixels; dots stand this far from the ends. */
const [WIDTH, HEIGHT, MARGIN, RADIUS] = [96, 16, 6, 3];
/** More dots cannot be told apart. */
const MOST_DOTS = 100;

/** Of all ticks: more would touch one another. */
const MOST_CHARACTERS = 13;

/** @param {number} place from 0 to 1 */
function xOf(place) {
  return (MARGIN + place * (WIDTH - 2 * MARGIN)).toFixed(1);
}

/**
 * @param {import("./rows.js").Row} row
 * @param {import("./scale.js").Scale | null} scale
 * @returns {Element[]}
 */
export function stripOf({ accuracies, mean, kind }, scale) {
  if (scale === null || accuracies.length === 0) return [];
  const places = accuracies.map((accuracy) => placeOn(scale, accuracy)).filter((place) => place >= 0);
  const nBelow = accuracies.length - places.length;
  const middle = String(HEIGHT / 2);
  const svg = makeSvg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "strip", "aria-hidden": "true" },
    makeSvg("path", { class: "strip-axis", d: `M0 ${middle}H${WIDTH}` }),
    ...places
      .slice(0, MOST_DOTS)
      .map((place) => makeSvg("circle", { class: "strip-dot", cx: xOf(place), cy: middle, r: String(RADIUS) })),
  );
  const place = mean === null ? -1 : placeOn(scale, mean);
  if (kind === "group" && place >= 0) svg.append(makeSvg("path", { class: "strip-mean", d: `M${xOf(place)} 2V14` }));
  const range = [Math.min(...accuracies), Math.max(...accuracies)].map((accuracy) => percent(accuracy));
  const heard = kind === "group" ? [make("span", { class: "visually-hidden" }, range.join(" to "))] : [];
  if (nBelow === 0) return [svg, ...heard];
  const below = `‹ ${nBelow} below ${Number((scale.from * 100).toFixed(1))}\u00a0%`;
  return [...(places.length === 0 ? [] : [svg]), make("span", { class: "strip-below small" }, below), ...heard];
}

/** The axis for the table's head. @param {import("./scale.js").Scale | null} scale @returns {Element[]} */
export function axisOf(scale) {
  if (scale === null) return [];
  const texts = scale.ticks.map((tick) => String(Number((tick * 100).toFixed(1))));
  const areTooMany = texts.join(" ").length > MOST_CHARACTERS;
  return scale.ticks.flatMap((tick, i) => {
    if (areTooMany && i % 2 === 1) return [];
    const label = make("span", { class: "strip-tick" }, texts[i] ?? "");
    label.style.setProperty("left", `${((100 * Number(xOf(placeOn(scale, tick)))) / WIDTH).toFixed(1)}%`);
    return [label];
  });
}
