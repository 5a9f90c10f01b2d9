/**
 * What a row of the table says, in words and numbers, and what can be done with it.
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("./lines.js").Line} Line
 */
import { networkInWords } from "../../recipe/words.js";
import { canComeBack, isUnfinished, nEpochsDone } from "../../runs/run.js";
import { count, counted, duration, percent } from "../../ui/format.js";
import { factsOf, STATES } from "./facts.js";

/**
 * @typedef {object} Row
 * @property {string} key of the line
 * @property {string[]} ids of its runs
 * @property {Line["kind"]} kind
 * @property {string} group its group's key
 * @property {string} label by which its controls name it
 * @property {string} name
 * @property {string} changes
 * @property {string} brief what else there is to say, where it has no room of its own
 * @property {string} network
 * @property {string} seed
 * @property {string} epochs
 * @property {readonly number[]} accuracies a dot each
 * @property {number | null} mean of them
 * @property {string} validation
 * @property {string} deviation "" for none
 * @property {string} test
 * @property {boolean} isSealed whether the test result is not told yet
 * @property {string} timeToGoal
 * @property {string} nAtGoal how many of how many came there; "" of one run
 * @property {string} parameters
 * @property {string} state
 * @property {string} note that explains the state; "" for none
 * @property {boolean} isCurrent
 * @property {boolean} isOpen whether the group's runs are shown beneath it
 * @property {number | null} mark by which the comparison shows it
 * @property {"A" | "B" | ""} side of the verdict
 * @property {string} cannotShow why not; "": it can be shown
 * @property {number} nEpochs that it has, and cannot have fewer of
 * @property {string | null} cannotOpen why not; null: it can be opened
 * @property {boolean} isUnfinished whether it can go on, now or later
 * @property {string | null} cannotResume likewise
 * @property {boolean} isOver whether it can have more epochs
 * @property {string | null} cannotEdit likewise
 */

const NONE = "–";

/**
 * @typedef {object} Surroundings
 * @property {string | null} current the run that Train shows
 * @property {boolean} isMidRun whether a run is under way
 * @property {string | null} fingerprint of the data that is loaded
 * @property {ReadonlySet<string>} open keys of groups whose runs are shown
 * @property {readonly (string | null)[]} shown keys of groups by their marks
 * @property {number} nMarks that there are
 * @property {string | null} a key of the group that a verdict is about
 * @property {string | null} b likewise
 */

/**
 * @param {Line} line
 * @param {Surroundings} around
 * @returns {Row}
 */
export function rowOf(line, around) {
  const { key, kind, group, runs } = line;
  const [run] = runs;
  if (run === undefined) throw new Error("a line has a run");
  const words = wordsOf(line, run);
  const mark = around.shown.indexOf(group.key);
  const isFull = around.shown.filter((shown) => shown !== null).length >= around.nMarks;
  return {
    key,
    kind,
    group: group.key,
    ids: runs.map(({ id }) => id),
    ...words,
    brief: briefly(line, words, run.recipe.epochs),
    accuracies: factsOf(line).validations,
    mean: factsOf(line).validation,
    isCurrent: runs.some(({ id }) => id === around.current),
    isOpen: kind === "group" && around.open.has(key),
    mark: mark === -1 ? null : mark,
    side: kind === "seed" ? "" : sideOf(group.key, around),
    cannotShow: mark === -1 && isFull ? `${around.nMarks} are shown already: take one of them away first.` : "",
    ...abilities(line, run, around),
  };
}

/** @param {Line} line @param {Run} run the first of them */
function wordsOf(line, run) {
  const { kind, group, runs } = line;
  const { validation, deviation, test, timeToGoal, nAtGoal } = factsOf(line);
  const isSealed = runs.some((each) => each.isSealed);
  const seed = run.recipe.seed ?? NONE;
  return {
    label: kind === "group" ? group.title : kind === "run" ? run.name : `${run.name}, seed ${seed}`,
    name: kind === "group" ? group.name : run.name,
    // What the title has beside the name.
    changes: kind === "group" ? group.title.slice(group.name.length).replace(/^, | /, "") : secondOf(line, run),
    network: networkInWords(run.recipe.layers),
    seed: kind === "group" ? counted(new Set(runs.map(({ recipe }) => recipe.seed)).size, "seed") : String(seed),
    epochs: epochsDone(runs, run.recipe.epochs),
    validation: validation === null ? NONE : percent(validation),
    deviation: deviation === null ? "" : `± ${(deviation * 100).toFixed(2)}`,
    test: isSealed ? "sealed" : test === null ? NONE : percent(test),
    isSealed,
    timeToGoal: timeToGoal === null ? NONE : duration(timeToGoal),
    nAtGoal: kind === "group" && timeToGoal !== null ? `${nAtGoal}/${runs.length}` : "",
    parameters: count(run.network.nParameters),
    state: stateOf(runs),
    note: kind === "group" ? "" : noteOf(run),
  };
}

/** What stands beside a run's name; of one of several its checksum. @param {Line} line @param {Run} run */
function secondOf({ kind }, run) {
  if (kind === "run") return run.changes;
  return run.checksum?.slice(0, 8) ?? "";
}

/** @param {Line} line @param {ReturnType<typeof wordsOf>} words @param {number} nPlanned */
function briefly({ kind, runs }, words, nPlanned) {
  const seed = kind === "group" ? words.seed : `seed ${words.seed}`;
  const time = words.timeToGoal === NONE ? [] : [`97\u00a0% in ${words.timeToGoal} ${words.nAtGoal}`.trim()];
  const isPlain = runs.every(({ state }) => state === "finished");
  const epochs = `${words.epochs} ${nPlanned === 1 ? "epoch" : "epochs"}`;
  return [...(isPlain ? [] : [words.state]), words.network, seed, epochs, ...time].join(" · ");
}

/** @param {readonly Run[]} runs @param {number} nPlanned */
function epochsDone(runs, nPlanned) {
  const done = runs.map(nEpochsDone);
  const least = done.reduce((a, b) => Math.min(a, b), Infinity);
  const most = done.reduce((a, b) => Math.max(a, b), 0);
  if (least === nPlanned) return count(nPlanned);
  return `${least === most ? count(least) : `${count(least)}–${count(most)}`} of ${count(nPlanned)}`;
}

/** Of several that are not all in one state, how many are through: "5 of 8 finished". @param {readonly Run[]} runs */
function stateOf(runs) {
  const states = new Set(runs.map(({ state }) => STATES[state]));
  if (states.size === 1) return [...states].join();
  const nFinished = runs.filter(({ state }) => state === "finished").length;
  return `${nFinished} of ${runs.length} finished`;
}

/** @param {Run} run */
function noteOf({ handSet, recipe, epochs }) {
  const byHand = handSet.map(({ epoch, rate }) => `learning rate ${rate} set by hand in epoch ${epoch}`);
  const last = epochs.at(-1);
  const early = recipe.earlyStopping && last?.bestEpoch != null ? [`best epoch ${last.bestEpoch}`] : [];
  return [...early, ...byHand].join(", ");
}

/** @param {string} key @param {Surroundings} around @returns {Row["side"]} */
function sideOf(key, { a, b }) {
  if (key === a) return "A";
  return key === b ? "B" : "";
}

/** @param {Line} line @param {Run} run @param {Surroundings} around */
function abilities({ kind }, run, around) {
  const isGroup = kind === "group";
  return {
    nEpochs: nEpochsDone(run),
    cannotOpen: isGroup ? "Show its runs, and open one of them." : cannotOpen(run, around),
    isUnfinished: !isGroup && isUnfinished(run),
    cannotResume: cannotGoOn(run, around),
    isOver: !isGroup && (run.state === "finished" || run.state === "stopped") && run.epochs.length > 0,
    cannotEdit: around.isMidRun ? MID_RUN : null,
  };
}

const MID_RUN = "A run is under way: stop it first.";

/** @param {Run} run @param {Surroundings} around */
function cannotOpen(run, around) {
  if (run.id === around.current) return null;
  return cannotGoOn(run, around) ?? (canComeBack(run) ? null : "Its weights are not kept.");
}

/** @param {Run} run @param {Surroundings} around */
function cannotGoOn(run, { isMidRun, fingerprint }) {
  if (run.state === "elsewhere") return "Another tab trains it.";
  if (isMidRun) return MID_RUN;
  return run.fingerprint === fingerprint ? null : "It was trained on other data: load that first.";
}
