/**
 * From the page's state to the document: each part is shown what it needs, and only when that is another than before.
 * What a part shows asks for nothing: requests are made by `actions`.
 *
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./panels.js").Panels} Panels
 */

import { isUnderWay } from "../runs/race.js";
import { bestEpochOf, isUnfinished, rateOf } from "../runs/run.js";
import { whoseIs } from "../runs/whose.js";
import { controls } from "../ui/controls.js";
import { setText } from "../ui/dom.js";
import { mebibytes } from "../ui/format.js";
import { awaited, misfitInWords } from "./readiness.js";
import { currentRun, isChanged, isMidRun, trainerState } from "./state.js";

/** @type {Page["runs"]} */
const NONE = [];

/**
 * @param {Panels} panels
 * @returns {(page: Page) => void}
 */
export function renderer(panels) {
  const parts = [...partsOfRuns(panels), ...partsOfSettings(panels)];
  return (page) => {
    for (const show of parts) show(page);
  };
}

/** What shows a run, or all of them. @param {Panels} panels */
function partsOfRuns({ top, offer, transport, curves, table, test, draw, fields }) {
  return [
    part(
      (page) => ({ run: currentRun(page) }),
      ({ run }) => {
        for (const panel of [curves, table]) panel.update(run);
      },
    ),
    part(
      (page) => ({ run: currentRun(page), race: page.race, runs: isUnderWay(page.race) ? page.runs : NONE }),
      (shown) => top.update(shown),
    ),
    part(whose, (shown) => curves.updateWhose(shown)),
    part(
      (page) => ({ run: currentRun(page), misfit: misfitInWords(page) }),
      ({ run, misfit }) => transport.update(run, misfit),
    ),
    part(
      (page) => ({
        run: currentRun(page),
        canEvaluate: usable(page).evaluate,
        lacksTest: page.data !== null && page.data.test === null,
        ...whose(page),
      }),
      (shown) => test.update(shown),
    ),
    part(
      (page) => ({
        state: trainerState(page),
        data: page.data,
        misfit: misfitInWords(page),
        bestEpoch: bestEpochOf(currentRun(page)),
        ...whose(page),
      }),
      (shown) => draw.update(shown),
    ),
    part(
      (page) => ({ seed: seedInUse(page) }),
      ({ seed }) => fields.showSeed(seed),
    ),
    part(
      (page) => ({ rate: rateOf(currentRun(page)) }),
      ({ rate }) => fields.keepRate(rate),
    ),
    part(brokenOff, (shown) => offer.update(shown)),
  ];
}

/** What shows the data, the settings, and what can be done with them. @param {Panels} panels */
function partsOfSettings({ views, data, network, transport, fields, recipeFile, preview, memory }) {
  return [
    part(
      ({ view }) => ({ view }),
      ({ view }) => views.update(view),
    ),
    part(usable, (controls) => {
      transport.updateControls(controls);
      fields.update(controls);
      recipeFile.update(controls);
    }),
    part(
      (page) => ({ data: page.data, source: page.source, loading: awaited(page), isMidRun: isMidRun(page) }),
      (shown) => data.update(shown),
    ),
    part(
      (page) => ({
        presets: page.presets,
        presetName: page.presetName,
        data: page.data,
        canEdit: usable(page).edit,
        isChanged: isChanged(page),
      }),
      (shown) => network.update(shown),
    ),
    part(
      ({ recipe, data }) => ({ augmentation: recipe?.augmentation ?? null, data }),
      ({ augmentation, data }) => preview.update(augmentation, data),
    ),
    part(
      ({ memoryBytes }) => ({ text: mebibytes(memoryBytes) }),
      ({ text }) => setText(memory, text),
    ),
  ];
}

/**
 * @template {object} S
 * @param {(page: Page) => S} select what a part needs
 * @param {(shown: S) => void} update called when any of that is another than before
 * @returns {(page: Page) => void}
 */
export function part(select, update) {
  /** @type {S | null} */
  let shown = null;
  return (page) => {
    const next = select(page);
    const before = shown;
    shown = next;
    const names = /** @type {(keyof S)[]} */ (Object.keys(next));
    if (before === null || names.some((name) => !Object.is(before[name], next[name]))) update(next);
  };
}

/** @param {Page} page */
function usable(page) {
  return controls({
    state: trainerState(page),
    isLoading: awaited(page) !== null,
    misfit: misfitInWords(page),
    hasTest: page.data !== null && page.data.test !== null,
    isEvaluating: currentRun(page)?.testing != null,
  });
}

/** Whose the curves, the score and the answers are. @param {Page} page */
function whose(page) {
  return whoseIs(currentRun(page), page.recipe, page.refusal !== null);
}

/** What was broken off when the page ended, of the data that is there. @param {Page} page */
function brokenOff(page) {
  const isWanted = (/** @type {Page["runs"][number]} */ run) =>
    isUnfinished(run) && run.fingerprint === page.data?.fingerprint;
  const unfinished = page.runs.some(isWanted) ? page.runs.filter(isWanted) : NONE;
  const canResume = !isMidRun(page) && !isUnderWay(page.race);
  return { runs: unfinished, canResume };
}

/** The seed that the run drew, once it has begun. @param {Page} page */
function seedInUse(page) {
  const run = currentRun(page);
  return run === null || run.state === "ready" ? null : (run.recipe.seed ?? null);
}
