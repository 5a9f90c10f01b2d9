/** A group's accuracies as a strip: a dot a seed on the axis that all rows share, and a line at their mean. */
import { make, setText } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";
import { makeSvg } from "../../ui/svg.js";
import { placeOn } from "./scale.js";

/** In pixels; dots stand this far from the ends. */
const [WIDTH, HEIGHT, MARGIN] = [96, 16, 6];
/** More dots cannot be told apart. */
const MOST_DOTS = 100;

/** Of all ticks: more would touch one another. */
const MOST_CHARACTERS = 13;

/** @param {number} place from 0 to 1 */
function xOf(place) {
  return (MARGIN + place * (WIDTH - 2 * MARGIN)).toFixed(1);
}

/** One path for all dots: a row of the table is given another strip at every step of scrolling. */
export class Strip {
  #dots = makeSvg("path", { class: "strip-dots" });
  #mean = makeSvg("path", { class: "strip-mean" });
  #svg = makeSvg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "strip", "aria-hidden": "true" },
    makeSvg("path", { class: "strip-axis", d: `M0 ${HEIGHT / 2}H${WIDTH}` }),
    this.#dots,
    this.#mean,
  );
  #below = make("span", { class: "strip-below small" });
  #heard = make("span", { class: "visually-hidden" });
  elements = [this.#svg, this.#below, this.#heard];

  /** @param {import("./rows.js").Row} row @param {import("./scale.js").Scale | null} scale */
  update({ accuracies, mean, kind }, scale) {
    const places = scale === null ? [] : accuracies.map((accuracy) => placeOn(scale, accuracy));
    const seen = places.filter((place) => place >= 0);
    const nBelow = places.length - seen.length;
    const isGroup = kind === "group" && accuracies.length > 0;
    const place = isGroup && mean !== null && scale !== null ? placeOn(scale, mean) : -1;
    this.#svg.toggleAttribute("hidden", seen.length === 0);
    this.#dots.setAttribute("d", dotsAt(seen));
    this.#mean.setAttribute("d", place >= 0 ? `M${xOf(place)} 2V${HEIGHT - 2}` : "");
    const edge = Number(((scale?.from ?? 0) * 100).toFixed(1));
    setText(this.#below, nBelow === 0 ? "" : `‹ ${nBelow} below ${edge}\u00a0%`);
    const range = isGroup ? [Math.min(...accuracies), Math.max(...accuracies)] : [];
    setText(this.#heard, range.map((accuracy) => percent(accuracy)).join(" to "));
  }
}

/** Lines of no length, whose round ends are the dots. @param {readonly number[]} places */
function dotsAt(places) {
  return places
    .slice(0, MOST_DOTS)
    .map((place) => `M${xOf(place)} ${HEIGHT / 2}h0`)
    .join("");
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
