/**
 * What the page knows, as one value, and what each thing that happens makes of it: pure functions, from a page to the
 * next. Nothing here asks the worker or touches the document; `actions` does the one, `render` the other.
 *
 * @typedef {import("../protocol/requests.js").DataSource} DataSource
 * @typedef {import("../protocol/requests.js").DataSummary} DataSummary
 * @typedef {import("../protocol/requests.js").Preset} Preset
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../protocol/events.js").RunEvent} RunEvent
 * @typedef {import("../protocol/events.js").StateEvent} StateEvent
 * @typedef {import("../protocol/events.js").WorkerEvent} WorkerEvent
 * @typedef {import("../runs/run.js").Run} Run
 *
 * @typedef {object} Page
 * @property {import("./views.js").View} view
 * @property {DataSummary | null} data
 * @property {DataSource | null} source of `data`
 * @property {DataSource | null} loading what is on its way
 * @property {Preset[]} presets for the data
 * @property {string} presetName the one that is chosen
 * @property {Recipe | null} presetRecipe that one's, as the fields hold it
 * @property {Recipe | null} recipe as the fields hold it now; null: something in them is no number
 * @property {number} nClasses that the layers are made for
 * @property {readonly Run[]} runs that were trained, here or in other visits, in the order in which they came
 * @property {Storage} storage whether runs are kept
 * @property {import("./comparison.js").Comparison} comparison of groups of runs
 * @property {import("../runs/race.js").Race} race that is being prepared, is under way, or was the last
 * @property {Run | null} untrained the network that waits for Train
 * @property {string | null} current the run whose network the worker has, and that Train shows
 * @property {{field?: string | undefined, message: string} | null} refusal why the settings made no network of the
 *   data, where there is none, or one that they did not make
 * @property {number} nCrashes since the last epoch that went well
 * @property {number} memoryBytes of the module
 *
 * Whether the browser's database takes runs: not known yet, yes, never, no more, or it was taken away.
 * @typedef {object} Storage
 * @property {"opening" | "on" | "forbidden" | "full" | "lost"} kind
 * @property {number} usage bytes that this page's origin takes; 0: the browser does not say
 * @property {number} quota bytes that it may take
 * @property {string} reason in the browser's words, why not
 */

import { isEqual, withChanges } from "../recipe/form.js";
import { withClasses } from "../recipe/layer-drafts.js";
import { asFieldsHold } from "../recipe/normal.js";
import { changesInWords } from "../recipe/words.js";
import { NO_RACE } from "../runs/race.js";
import { isUnderWay, nameAmong, newRun, runAfter, withHandSetRate } from "../runs/run.js";

import { NOTHING_COMPARED } from "./comparison.js";

/** Learns well at once, which is what somebody who opens the page for the first time should see. */
export const FIRST_PRESET = "Better answer";

/** What the built-in data has. */
export const USUAL_DATA = { nImages: 60_000, rows: 28, cols: 28, nClasses: 10 };

/** After so many in a row something crashes it every time, and trying again by itself would go on for ever. */
const MAX_CRASHES = 3;

/** @type {Page} */
export const START = {
  view: "train",
  data: null,
  source: null,
  loading: null,
  presets: [],
  presetName: "",
  presetRecipe: null,
  recipe: null,
  nClasses: USUAL_DATA.nClasses,
  runs: [],
  storage: { kind: "opening", usage: 0, quota: 0, reason: "" },
  comparison: NOTHING_COMPARED,
  race: NO_RACE,
  untrained: null,
  current: null,
  refusal: null,
  nCrashes: 0,
  memoryBytes: 0,
};

/** The run whose network the worker has: in training, over, or still untrained. @param {Page} page */
export function currentRun({ runs, untrained, current }) {
  if (current === null) return null;
  // Most often it is the latest, of what may be thousands.
  return untrained?.id === current ? untrained : (runs.findLast(({ id }) => id === current) ?? null);
}

/** @param {Page} page @returns {import("../protocol/events.js").TrainerState} */
export function trainerState(page) {
  // What the worker has in hand is in a state that the worker has told.
  return /** @type {import("../protocol/events.js").TrainerState} */ (currentRun(page)?.state ?? "empty");
}

/** Whether a run would be lost by taking its network away. @param {Page} page */
export function isMidRun(page) {
  return isUnderWay(currentRun(page));
}

/** Whether the settings differ from the preset's. @param {Page} page */
export function isChanged({ recipe, presetRecipe }) {
  return presetRecipe !== null && !isEqual(recipe, presetRecipe);
}

/** Whether a crash is followed by another try. @param {Page} page */
export function triesAgain({ nCrashes }) {
  return nCrashes < MAX_CRASHES;
}

/**
 * @param {Page} page that has not shown anything yet
 * @param {import("../runs/kept.js").Read} kept over a reload
 * @returns {Page}
 */
export function restored(page, { settings }) {
  return { ...page, ...settings };
}

/** @param {Page} page @param {DataSource} source @returns {Page} */
export function loadBegun(page, source) {
  return { ...page, loading: source };
}

/** @param {Page} page @param {DataSource} source @returns {Page} nothing else has changed */
export function loadFailed(page, source) {
  return page.loading === source ? { ...page, loading: null } : page;
}

/**
 * @param {Page} page
 * @param {DataSource} source
 * @param {DataSummary} data
 * @returns {Page} the same where another load has begun meanwhile
 */
export function dataLoaded(page, source, data) {
  return page.loading === source ? { ...page, data, source, loading: null } : page;
}

/**
 * Other data has presets that fit it; what was set up otherwise than the preset stays as it was, but for the last
 * layer, which has a unit a class.
 * @param {Page} page
 * @param {Preset[]} presets
 * @param {number} nClasses
 * @returns {Page}
 */
export function presetsArrived(page, presets, nClasses) {
  const { recipe: edited, presetRecipe: before } = page;
  const isKnown = presets.some(({ name }) => name === page.presetName);
  const next = presetChosen({ ...page, presets, nClasses }, isKnown ? page.presetName : FIRST_PRESET);
  if (edited === null || before === null || next.presetRecipe === null) return next;
  const fit = (/** @type {Recipe} */ recipe) => ({
    ...recipe,
    layers: withClasses(recipe.layers, page.nClasses, nClasses),
  });
  return { ...next, recipe: withChanges(fit(edited), fit(before), next.presetRecipe) };
}

/** @param {Page} page @param {string} name @returns {Page} the same where there is no such preset */
export function presetChosen(page, name) {
  const preset = page.presets.find((each) => each.name === name);
  if (preset === undefined) return page;
  const recipe = asFieldsHold(preset.recipe);
  return { ...page, presetName: name, presetRecipe: recipe, recipe };
}

/** @param {Page} page @param {Recipe | null} recipe as the fields hold it @returns {Page} */
export function recipeEdited(page, recipe) {
  return { ...page, recipe };
}

/**
 * @param {Page} page
 * @param {Recipe} recipe that comes whole, from a file or a run
 * @param {string} [basis] the preset that it is known to have begun as
 * @returns {Page}
 */
export function recipeOpened(page, recipe, basis) {
  const held = asFieldsHold(recipe);
  const same = page.presets.find((preset) => isEqual(asFieldsHold(preset.recipe), held));
  const known = presetChosen(page, same?.name ?? basis ?? "");
  return { ...known, recipe: held };
}

/**
 * The settings make no network of the data. A network that is there stays, and an untrained one is no longer theirs.
 * @param {Page} page
 * @param {NonNullable<Page["refusal"]>} refusal
 * @returns {Page}
 */
export function refused(page, { field, message }) {
  return page.current === null || page.untrained !== null ? { ...page, refusal: { field, message } } : page;
}

/** @param {Page} page @param {number} rate @returns {Page} */
export function rateSetByHand(page, rate) {
  return isMidRun(page) ? updated(page, page.current, (run) => withHandSetRate(run, rate)) : page;
}

/** An evaluation that was asked for is over, or was given up. @param {Page} page @returns {Page} */
export function evaluationOver(page) {
  return updated(page, page.current, (run) => ({ ...run, testing: null }));
}

/** @param {Page} page @param {import("./views.js").View} view @returns {Page} */
export function viewChosen(page, view) {
  return { ...page, view };
}

/** @param {Page} page @param {WorkerEvent} event @returns {Page} */
export function received(page, event) {
  switch (event.type) {
    case "loadProgress":
      return page;
    case "empty":
      return { ...withoutNetwork(page), memoryBytes: event.memoryBytes };
    case "state":
      return entered({ ...page, memoryBytes: event.memoryBytes }, event);
    case "progress":
      return updated({ ...page, memoryBytes: event.memoryBytes }, event.run, (run) => runAfter(run, event));
    case "epochs":
      return updated({ ...page, nCrashes: 0 }, event.run, (run) => runAfter(run, event));
    case "evaluation":
    case "weights":
      return updated(page, event.run, (run) => runAfter(run, event));
    case "notKept":
      return notKept(page, event.message);
    case "crashed":
      return crashed(page);
  }
}

/** @param {Page} page @param {StateEvent} event @returns {Page} */
function entered(page, event) {
  const { run: id, state } = event;
  const next = id === page.current ? page : withoutNetwork(page);
  if (state === "ready") return { ...next, untrained: begun(next, event), current: id };
  const isKnown = next.runs.some((run) => run.id === id);
  const runs = isKnown
    ? next.runs.map((run) => (run.id === id ? runAfter(run, event) : run))
    : [...next.runs, begun(next, event)];
  return { ...next, runs, untrained: null, current: id };
}

/**
 * The worker has given its network up, and with it the evaluation that it was in.
 * @param {Page} page
 * @returns {Page}
 */
function withoutNetwork(page) {
  const runs = page.runs.map((run) => (run.testing === null ? run : { ...run, testing: null }));
  return { ...page, runs, untrained: null, current: null, refusal: null };
}

/**
 * The run's recipe is kept as the fields hold it: it is compared with theirs at every moment.
 * @param {Page} page
 * @param {StateEvent} event
 */
function begun({ runs, presetName, presetRecipe, data }, { run: id, state, summary }) {
  const recipe = asFieldsHold(summary.recipe) ?? summary.recipe;
  const changes = presetRecipe === null ? "" : changesInWords(recipe, presetRecipe);
  const name = nameAmong(runs, presetName);
  const fingerprint = data?.fingerprint ?? "";
  const origin = { id, name, basis: presetName, changes, fingerprint, begunAt: Date.now() };
  return newRun({ ...origin, state, summary: { ...summary, recipe } });
}

/**
 * The worker is gone, and its network and data with it; what the page itself has of the runs stays.
 * @param {Page} page
 * @returns {Page}
 */
function crashed(page) {
  const isKept = page.storage.kind === "on";
  const broken = updated(page, page.current, (run) =>
    isUnderWay(run) ? { ...run, isKept, state: isKept ? "interrupted" : "stopped" } : run,
  );
  return { ...withoutNetwork(broken), data: null, source: null, loading: null, nCrashes: page.nCrashes + 1 };
}

/** @param {Page} page @param {string} reason @returns {Page} */
export function notKept(page, reason) {
  return { ...page, storage: { ...page.storage, kind: "full", reason } };
}

/**
 * @param {Page} page
 * @param {string | null} id
 * @param {(run: Run) => Run} change
 * @returns {Page}
 */
export function updated(page, id, change) {
  if (page.untrained !== null && page.untrained.id === id) return { ...page, untrained: change(page.untrained) };
  return { ...page, runs: page.runs.map((run) => (run.id === id ? change(run) : run)) };
}
