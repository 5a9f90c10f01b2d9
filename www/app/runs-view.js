/**
 * The view Runs: its panels and what each shows of the page. It is fetched when somebody first looks at it.
 *
 * @typedef {import("./actions.js").Actions} Actions
 * @typedef {import("./racing.js").Racing} Racing
 * @typedef {import("./state.js").Page} Page
 */
import { ComparisonPanel } from "../panels/comparison/comparison.js";
import { RacePanel } from "../panels/race/race.js";
import { RunsPanel } from "../panels/runs/runs.js";
import { changesInWords } from "../recipe/words.js";
import { groupsOf } from "../runs/groups.js";
import { isUnderWay } from "../runs/race.js";
import { readyRaces } from "../runs/ready-races.js";
import { find } from "../ui/dom.js";
import { keepReadingOrder, ORDERS } from "../ui/reading-order.js";
import { exportRuns, importRuns } from "./archiving.js";
import { N_MARKS } from "./comparison.js";
import { part } from "./render.js";
import { isMidRun } from "./state.js";
import { verdictPart } from "./verdict-part.js";

/**
 * @param {Document} document
 * @param {Actions} actions
 * @param {Racing} racing
 * @returns {(page: Page) => void}
 */
export function makeRunsView(document, actions, racing) {
  keepReadingOrder(document, ORDERS.runs);
  const region = (/** @type {string} */ id) => find(document, `#${id}`, HTMLElement);
  /** @type {Page["runs"]} */
  let all = [];
  const runs = new RunsPanel(region("runs-list"), {
    onShow: (group, isShown) => actions.runs.show(group, isShown),
    onOpen: (id) => actions.runs.open(id),
    onEditCopy: (id) => actions.runs.editCopy(id),
    onShare: (id) => actions.runs.share(id),
    onExport: (id) => actions.runs.export(id),
    onGoOn: (id, epochs) => actions.runs.goOn(id, epochs),
    onRename: (ids, name) => actions.runs.rename(ids, name),
    onDelete: (ids) => actions.runs.delete(ids),
    onUndo: () => actions.runs.undoDeletion(),
    onExportAll: () => exportRuns(actions.runs.keeping(), all),
    onImport: (file) => importRuns(actions.runs.keeping(), file, () => all),
    onTryAgain: () => void actions.runs.keeping()?.tryAgain(),
  });
  const view = find(document, ".view-runs", HTMLElement);
  const comparison = new ComparisonPanel(region("comparison"));
  const parts = [
    racePart(region("race"), racing),
    verdictPart(region("verdict"), actions.desk, racing),
    part(
      (page) => ({ isFirst: isFirst(page) }),
      ({ isFirst }) => view.classList.toggle("is-first", isFirst),
    ),
    part(
      // What nobody looks at costs nothing.
      ({ view, runs, comparison: { shown } }) => ({ runs: view === "runs" ? runs : null, shown }),
      ({ runs, shown }) => {
        if (runs !== null) comparison.update(groupsOf(runs), shown);
      },
    ),
    part(
      (page) => ({
        runs: page.runs,
        isShown: page.view === "runs",
        storage: page.storage,
        current: page.current,
        isMidRun: isMidRun(page),
        fingerprint: page.data?.fingerprint ?? null,
        shown: page.comparison.shown,
        nMarks: N_MARKS,
        a: page.comparison.a,
        b: page.comparison.b,
      }),
      (shown) => runs.update(shown),
    ),
  ];
  return (page) => {
    all = page.runs;
    for (const show of parts) show(page);
  };
}

/** @param {HTMLElement} section @param {Racing} racing */
function racePart(section, racing) {
  const panel = new RacePanel(section, {
    onAdd: (contestants) => racing.add(contestants),
    onRemove: (idx) => racing.remove(idx),
    onRules: (rules) => racing.setRules(rules),
    onRefuse: (refusal) => racing.refuse(refusal),
    onStart: (ready) => racing.start(ready),
    onStop: () => racing.stop(),
    onPause: () => racing.pause(),
    onResume: () => racing.resume(),
    onAsk: (runs, type) => racing.ask(runs, { type }),
    onRate: (runs, rate) => racing.ask(runs, { type: "setLearningRate", rate }),
    onEstimate: (contestants, rules) => racing.estimate(contestants, rules),
    onSecondsLeft: (runs) => racing.secondsLeft(runs),
  });
  return part(
    (page) => ({
      race: page.race,
      runs: isUnderWay(page.race) || page.race.state === "over" ? page.runs : NONE,
      choices: choicesIn(page),
      ready: readyIn(page.presets),
      canStart: page.data !== null && page.storage.kind !== "opening",
      isFirst: isFirst(page),
      nCores: navigator.hardwareConcurrency || 1,
      bytes: page.memoryBytes,
    }),
    (shown) => panel.update(shown),
  );
}

/** @type {readonly import("../runs/run.js").Run[]} */
const NONE = [];

/** Whether there is nothing yet to look at. @param {Page} page */
function isFirst({ runs, race }) {
  return runs.length === 0 && !isUnderWay(race);
}

/** The latest that was made of the same. @template A, B @param {(value: A) => B} make @returns {(value: A) => B} */
function remembered(make) {
  /** @type {{of: A, made: B} | null} */
  let latest = null;
  return (of) => {
    if (latest === null || latest.of !== of) latest = { of, made: make(of) };
    return latest.made;
  };
}

const readyIn = remembered(readyRaces);
const choicesOfPresets = remembered((/** @type {Page["presets"]} */ presets) =>
  presets.map(({ name, recipe }) => ({
    title: name,
    group: "Presets",
    contestant: { basis: name, changes: "", recipe },
  })),
);

/** What can take part: presets, and what Train has set up otherwise. @param {Page} page */
function choicesIn({ presets, presetName, presetRecipe, recipe }) {
  return withSettings(choicesOfPresets(presets), presetName, presetRecipe, recipe);
}

/** @type {ReturnType<typeof choicesOfPresets> | null} */
let choices = null;
/** @type {unknown[]} */
let madeOf = [];

/**
 * @param {ReturnType<typeof choicesOfPresets>} presets
 * @param {string} basis
 * @param {Page["presetRecipe"]} before
 * @param {Page["recipe"]} recipe
 */
function withSettings(presets, basis, before, recipe) {
  const now = [presets, basis, before, recipe];
  if (choices !== null && now.every((value, i) => value === madeOf[i])) return choices;
  madeOf = now;
  const changes = recipe === null || before === null ? "" : changesInWords(recipe, before);
  const own = { title: `${basis}, ${changes}`, group: "Settings in Train" };
  choices =
    recipe === null || changes === ""
      ? presets
      : [...presets, { ...own, contestant: { basis, changes, recipe: { ...recipe, seed: null } } }];
  return choices;
}
