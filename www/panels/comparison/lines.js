/**
 * From groups of runs to the lines that a chart draws of them.
 *
 * @typedef {import("../../runs/groups.js").Group} Group
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("../../series/mean.js").Mean} Mean
 * @typedef {import("../../series/mean.js").Track} Track
 * @typedef {"accuracy" | "loss"} Quantity
 * @typedef {"epochs" | "images" | "seconds"} Over
 *
 * @typedef {object} Single one run's line
 * @property {number} seed
 * @property {number[]} xs
 * @property {number[]} values
 * @property {boolean} isUnderWay
 *
 * @typedef {object} Line a group's, in one of the figures
 * @property {string} key of the group
 * @property {string} title
 * @property {string} name short, where another that is shown has the same
 * @property {number} mark
 * @property {string} kind of the loss, in words
 * @property {boolean} isOfTraining whether it was measured on the training images, for lack of others
 * @property {number} nImages on which
 * @property {number} nPerEpoch images
 * @property {number} nSeeds
 * @property {Mean} mean of those that are over, or else of what there is
 * @property {Single[]} singles
 * @property {number | null} final what a table says of it
 * @property {number | null} spread one deviation of that
 * @property {boolean} isPyTorchs
 */
import { LOSSES } from "../../recipe/schema.js";
import { lastingEpoch } from "../../runs/run.js";
import { average, deviation, isThere, meanLineOf } from "../../series/mean.js";
import { stepFor } from "../../series/thinned.js";

/** More than a chart has pixels between two of its points. */
const MOST_PLACES = 400;

/** @param {Run} run */
const isUnderWay = ({ state }) => state === "training" || state === "paused" || state === "elsewhere";

/** @param {Run} run */
const isOver = ({ state }) => state === "finished" || state === "diverged";

/**
 * @param {Group} group
 * @param {number} mark
 * @param {Quantity} quantity
 * @param {Over} over
 * @returns {Line}
 */
export function lineOf(group, mark, quantity, over) {
  const begun = group.runs.filter(({ epochs }) => epochs.length > 0);
  const places = placesOf(begun);
  const tracks = new Map(begun.map((run) => [run, trackOf(run, quantity, over, places)]));
  const members = membersOf(begun);
  const finals = (members.length > 0 ? members : begun)
    .map((run) => measured(run, lastingEpoch(run), quantity))
    .filter(isThere);
  const [first] = group.runs;
  const isOfTraining = (first?.nValidation ?? 0) === 0;
  return {
    key: group.key,
    title: group.title,
    name: group.title,
    mark,
    kind: lossKindOf(group.recipe),
    isOfTraining,
    nImages: (isOfTraining ? first?.nTraining : first?.nValidation) ?? 0,
    nPerEpoch: first?.nTraining ?? 0,
    nSeeds: group.runs.length,
    mean: meanLineOf(members.flatMap((run) => tracks.get(run) ?? [])),
    singles: begun.map((run) => singleOf(run, tracks.get(run))),
    final: finals.length > 0 ? average(finals) : null,
    spread: deviation(finals),
    isPyTorchs: false,
  };
}

/**
 * Whose mean is drawn: of those that came to their end; those on their way, which are not as far, have lines of their
 * own. Where none is either, of what there is.
 * @param {readonly Run[]} begun
 */
function membersOf(begun) {
  const over = begun.filter(isOver);
  if (over.length > 0) return over;
  return begun.some(isUnderWay) ? [] : begun;
}

/** The epochs that are drawn: all, or so many that more could not be told apart. @param {readonly Run[]} runs */
function placesOf(runs) {
  const lasts = runs.map(({ epochs }) => epochs.at(-1)?.epoch ?? 0);
  const nMost = Math.max(0, ...lasts);
  const step = stepFor(nMost, MOST_PLACES);
  const places = Array.from({ length: Math.floor(nMost / step) }, (_, i) => (i + 1) * step);
  return step === 1 ? places : [...new Set([...places, ...lasts])].sort((a, b) => a - b);
}

/**
 * @param {Run} run
 * @param {Quantity} quantity
 * @param {Over} over
 * @param {readonly number[]} places epochs
 * @returns {Track}
 */
function trackOf(run, quantity, over, places) {
  const seconds = over === "seconds" ? secondsOf(run.epochs) : [];
  const xAt = (/** @type {number} */ epoch) => {
    if (over === "epochs") return epoch;
    return over === "images" ? epoch * run.nTraining : (seconds[epoch - 1] ?? null);
  };
  const there = places.filter((epoch) => epoch <= run.epochs.length);
  return { xs: there.map(xAt), values: there.map((epoch) => measured(run, run.epochs[epoch - 1], quantity)) };
}

/** @param {Run} run @param {Run["epochs"][number] | null | undefined} epoch @param {Quantity} quantity */
function measured({ nValidation }, epoch, quantity) {
  if (epoch === null || epoch === undefined) return null;
  const { validationAccuracy, trainingAccuracy, validationLoss, trainingLoss } = epoch;
  const [validation, training] =
    quantity === "accuracy" ? [validationAccuracy, trainingAccuracy] : [validationLoss, trainingLoss];
  const value = nValidation > 0 ? validation : training;
  return isThere(value) ? value : null;
}

/** @type {WeakMap<Run["epochs"], number[]>} */
const knownSeconds = new WeakMap();

/** How long it had trained by the end of each epoch. @param {Run["epochs"]} epochs */
function secondsOf(epochs) {
  const known = knownSeconds.get(epochs);
  if (known !== undefined) return known;
  let sum = 0;
  const seconds = epochs.map((epoch) => {
    sum += epoch.seconds;
    return sum;
  });
  knownSeconds.set(epochs, seconds);
  return seconds;
}

/** @param {Run} run @param {Track | undefined} track @returns {Single} */
function singleOf(run, { xs, values } = { xs: [], values: [] }) {
  const there = values.map((_, i) => i).filter((i) => isThere(values[i]) && isThere(xs[i]));
  return {
    seed: run.recipe.seed ?? 0,
    xs: there.map((i) => xs[i] ?? 0),
    values: there.map((i) => values[i] ?? 0),
    isUnderWay: isUnderWay(run),
  };
}

/** Losses of one kind are of one size. @param {Group["recipe"]} recipe */
function lossKindOf({ loss }) {
  const label = LOSSES[loss.kind]?.label ?? loss.kind;
  const isSmoothed = loss.kind === "crossEntropy" && (loss.labelSmoothing ?? 0) > 0;
  return isSmoothed ? `${label}, smoothed` : label;
}

/**
 * Where several begin with the same name, what tells them apart is said alone.
 * @param {readonly Line[]} lines
 * @param {ReadonlyMap<string, Group>} groups
 * @returns {Line[]}
 */
export function named(lines, groups) {
  /** @type {Map<string, number>} */
  const nNamed = new Map();
  for (const { key } of lines) {
    const name = groups.get(key)?.name ?? "";
    nNamed.set(name, (nNamed.get(name) ?? 0) + 1);
  }
  return lines.map((line) => {
    const { name = "", changes = "" } = groups.get(line.key) ?? {};
    const isOneOfMany = changes !== "" && (nNamed.get(name) ?? 0) > 1;
    return isOneOfMany ? { ...line, name: `… ${line.title.slice(name.length).replace(/^, /, "")}` } : line;
  });
}

/** The last point of what is drawn of a group. @param {Line} line @returns {{x: number, value: number} | null} */
export function endOf({ mean, singles }) {
  const { xs, values } = mean;
  const at = xs.length - 1;
  if (at >= 0) return { x: xs[at] ?? 0, value: values[at] ?? 0 };
  const ends = singles.flatMap(({ xs, values }) =>
    xs.length === 0 ? [] : [{ x: xs.at(-1) ?? 0, value: values.at(-1) ?? 0 }],
  );
  if (ends.length === 0) return null;
  return { x: Math.max(...ends.map(({ x }) => x)), value: average(ends.map(({ value }) => value)) };
}

/**
 * All numbers of lines, for their axis: with their bands, where single runs are not shown.
 * @param {readonly Line[]} lines
 * @param {ReadonlySet<string>} opened keys of groups whose single runs are shown
 */
export function valuesOf(lines, opened) {
  return lines.flatMap((line) => [
    ...line.mean.values,
    ...line.singles.filter(({ isUnderWay }) => isUnderWay || opened.has(line.key)).flatMap(({ values }) => values),
  ]);
}

/**
 * Where a cursor can stop: at every epoch of every group.
 * @param {readonly Line[]} lines
 * @returns {number[]} rising
 */
export function stopsOf(lines) {
  const xs = new Set(
    lines.flatMap(({ mean, singles }) => [
      ...mean.xs,
      ...singles.filter(({ isUnderWay }) => isUnderWay).flatMap(({ xs }) => xs),
    ]),
  );
  return [...xs].sort((a, b) => a - b);
}

/**
 * How far to the right the lines go.
 * @param {readonly Line[]} lines
 * @param {ReadonlySet<string>} opened keys of groups whose single runs are shown
 * @returns {number} above 0
 */
export function mostXOf(lines, opened) {
  const ends = lines.flatMap(({ mean, singles, key }) => {
    const drawn = singles.filter(({ isUnderWay }) => isUnderWay || opened.has(key));
    return [mean, ...drawn].map(({ xs }) => xs.at(-1) ?? 0);
  });
  return Math.max(0, ...ends) || 1;
}
