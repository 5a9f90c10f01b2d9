/** The verdict's panel and what it shows of the page. */
import { VerdictPanel } from "../panels/verdict/verdict.js";
import { part } from "./render.js";
import { Verdicts } from "./verdicts.js";

/**
 * @param {HTMLElement} section
 * @param {import("./desk.js").Desk} desk
 * @param {import("./racing.js").Racing} racing
 */
export function verdictPart(section, desk, racing) {
  const verdicts = new Verdicts(desk, racing, (shown) => panel.update(shown));
  const panel = new VerdictPanel(section, {
    onChoose: (side, key) => verdicts.choose(side, key),
    onSwap: () => verdicts.swap(),
    onReveal: () => verdicts.reveal(),
    onMore: () => verdicts.raceMore(),
    onSeed: (side, id) => verdicts.compare(side, id),
    onCopy: (text) => copied(text),
    imagesAt: (indices) => verdicts.imagesAt(indices),
  });
  return part(
    ({ view, runs, comparison, data, race }) => ({ view, runs, comparison, data, race: race.state }),
    () => verdicts.update(desk.page),
  );
}

/** @param {string} text @returns {Promise<boolean>} whether the browser lets the page copy */
function copied(text) {
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
