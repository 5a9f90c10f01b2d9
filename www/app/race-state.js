/**
 * What becomes of the page as a race is prepared, begins and ends. Pure functions, from a page to the next.
 *
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("../protocol/events.js").WorkerEvent} WorkerEvent
 * @typedef {import("../protocol/requests.js").RunSummary} RunSummary
 * @typedef {import("../runs/race.js").Contestant} Contestant
 * @typedef {import("../runs/race.js").Race} Race
 * @typedef {import("../runs/race.js").Rules} Rules
 * @typedef {import("../runs/run.js").Run} Run
 */
import { groupKeyOf, groupsOf } from "../runs/groups.js";
import { isUnderWay } from "../runs/race.js";
import { inOrder, withThose } from "../runs/race-plan.js";
import { newId, newRun, runAfter, withHandSetRate } from "../runs/run.js";
import { N_MARKS, onlyShown } from "./comparison.js";
import { notKept, updated } from "./state.js";

/** @param {Page} page @param {Partial<Race>} change @returns {Page} */
function withRace(page, change) {
  return { ...page, race: { ...page.race, ...change } };
}

/** @param {Page} page @param {readonly Contestant[]} added @returns {Page} */
export function contestantsAdded(page, added) {
  const before = page.race.state === "over" ? [] : page.race.contestants;
  const contestants = [...before, ...added].slice(0, N_MARKS);
  const refusal =
    before.length + added.length > N_MARKS ? `A race has at most ${N_MARKS} contestants: the rest is left out.` : "";
  return withRace(page, { state: "preparing", contestants, refusal });
}

/** @param {Page} page @param {readonly Contestant[]} contestants in place of those before @returns {Page} */
export function contestantsAre(page, contestants) {
  return withRace(page, { state: "preparing", contestants: contestants.slice(0, N_MARKS), refusal: "" });
}

/** @param {Page} page @param {number} idx @returns {Page} */
export function contestantRemoved(page, idx) {
  return withRace(page, { contestants: page.race.contestants.filter((_, i) => i !== idx), refusal: "" });
}

/** @param {Page} page @param {Partial<Rules>} rules @returns {Page} */
export function rulesChanged(page, rules) {
  // What was raced is no answer to other rules.
  const state = isUnderWay(page.race) ? page.race.state : "preparing";
  return withRace(page, { state, rules: { ...page.race.rules, ...rules }, refusal: "" });
}

/** @param {Page} page @param {string} refusal why the race cannot start @returns {Page} */
export function raceRefused(page, refusal) {
  return withRace(page, { refusal });
}

/**
 * Runs for each contestant and seed, which wait for a core. What was trained before with the same recipe, seed and data
 * is taken as it is.
 * @param {Page} page
 * @param {{contestant: Contestant, summaries: RunSummary[]}[]} entries
 * @param {number} now milliseconds since 1970
 * @returns {Page}
 */
export function raceBegun(page, entries, now) {
  const id = newId();
  const planned = entries.map(({ contestant, summaries }) => runsFor(page, contestant, summaries, id, now));
  const members = planned.map((runs) => withThose(runs, page.runs));
  const runs = inOrder(members.flat().filter(({ state }) => state === "waiting"));
  const next = { ...page, runs: [...page.runs, ...runs] };
  return racing(next, id, members, runs);
}

/**
 * @param {Page} page
 * @param {Contestant} contestant
 * @param {RunSummary[]} summaries of its runs
 * @param {string} race
 * @param {number} now milliseconds since 1970
 * @returns {Run[]}
 */
function runsFor(page, { basis, changes }, summaries, race, now) {
  const fingerprint = page.data?.fingerprint ?? "";
  return summaries.map((summary, i) => {
    const origin = { id: newId(), name: basis, basis, changes, fingerprint, begunAt: now + i, race };
    return newRun({ ...origin, isSealed: true, state: "waiting", summary });
  });
}

/**
 * @param {Page} page
 * @param {readonly Contestant[]} contestants
 * @param {readonly (RunSummary[] | string)[]} summaries of each one's runs, or why there are none
 * @returns {Run[] | null} what would have to be trained; null: it cannot be
 */
export function plannedRuns(page, contestants, summaries) {
  const planned = contestants.flatMap((contestant, i) => {
    const own = summaries[i];
    return own === undefined || typeof own === "string" ? [] : runsFor(page, contestant, own, "", 0);
  });
  if (summaries.some((own) => typeof own === "string")) return null;
  return withThose(planned, page.runs).filter(({ state }) => state === "waiting");
}

/**
 * Runs that were broken off are to go on, as a race.
 * @param {Page} page
 * @param {readonly string[]} ids
 * @returns {Page}
 */
export function raceTakenUp(page, ids) {
  const wanted = new Set(ids);
  const runs = page.runs.map((run) => (wanted.has(run.id) ? { ...run, state: /** @type {const} */ ("waiting") } : run));
  const taken = runs.filter((run) => wanted.has(run.id));
  const races = new Set(taken.map(({ race }) => race));
  const groups = groupsOf(runs.filter((run) => wanted.has(run.id) || (run.race !== null && races.has(run.race))));
  const contestants = groups.map(({ runs: [first], changes, recipe }) => ({
    basis: first?.basis ?? "",
    changes,
    recipe: { ...recipe, seed: null },
  }));
  const members = groups.map(({ runs }) => runs);
  const next = withRace({ ...page, runs }, { contestants });
  return racing(next, taken[0]?.race ?? newId(), members, inOrder(taken));
}

/**
 * @param {Page} page
 * @param {string} id of the race
 * @param {readonly (readonly Run[])[]} members of each contestant
 * @param {readonly Run[]} runs that are to be trained, in their order
 * @returns {Page}
 */
function racing(page, id, members, runs) {
  const entries = members.flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ key: groupKeyOf(first), runs: [first, ...rest].map(({ id }) => id) }],
  );
  const state = runs.length > 0 ? "racing" : "over";
  const shown = onlyShown(page, [...new Set(entries.map(({ key }) => key))]);
  return withRace(shown, { state, id, entries, runs: runs.map(({ id }) => id), refusal: "" });
}

/** @param {Page} page @returns {Run | null} the next that waits for a core */
export function nextWaiting({ runs, race }) {
  const waiting = new Map(runs.filter(({ state }) => state === "waiting").map((run) => [run.id, run]));
  const id = race.runs.find((id) => waiting.has(id));
  return (id !== undefined && waiting.get(id)) || null;
}

/** A worker has it in hand from now on. @param {Page} page @param {string} id @returns {Page} */
export function taken(page, id) {
  return updated(page, id, (run) => ({ ...run, state: "training" }));
}

/** @param {Page} page @param {WorkerEvent} event of a race's worker @returns {Page} */
export function raceReceived(page, event) {
  switch (event.type) {
    case "state":
    case "progress":
    case "epochs":
    case "evaluation":
    case "weights":
      return updated(page, event.run, (run) => runAfter(run, event));
    case "notKept":
      return notKept(page, event.message);
    default:
      return page;
  }
}

/** @param {Page} page @param {"racing" | "paused"} state @returns {Page} */
export function raceIs(page, state) {
  return withRace(page, { state });
}

/** @param {Page} page @param {number} nWorkers @returns {Page} */
export function workersAre(page, nWorkers) {
  return page.race.nWorkers === nWorkers ? page : withRace(page, { nWorkers });
}

/** A worker is gone: its run waits for another. @param {Page} page @param {Run} run @returns {Page} */
export function waitsAgain(page, run) {
  return updated(page, run.id, (now) => ({ ...now, state: "waiting", progress: null }));
}

/** What never began is no run. @param {Page} page @param {ReadonlySet<string>} [only] @returns {Page} */
export function waitingDropped(page, only) {
  const isDropped = (/** @type {Run} */ { id, state, epochs }) =>
    state === "waiting" && epochs.length === 0 && (only === undefined || only.has(id));
  const runs = page.runs
    .filter((run) => !isDropped(run))
    .map((run) =>
      run.state === "waiting" && (only === undefined || only.has(run.id))
        ? { ...run, state: /** @type {const} */ ("interrupted") }
        : run,
    );
  return { ...page, runs };
}

/** @param {Page} page @returns {Page} */
export function raceOver(page) {
  return withRace(page, { state: "over", nWorkers: 0 });
}

/** @param {Page} page @param {string} id @param {number} rate that somebody set by hand @returns {Page} */
export function raceRateSet(page, id, rate) {
  return updated(page, id, (run) => withHandSetRate(run, rate));
}
