/**
 * Which lines the table of runs has, in their order: a line for each group of seeds and for each run that is alone, and
 * beneath a group that is open one for each of its runs. Nothing here says what a line looks like.
 *
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("../../runs/groups.js").Group} Group
 *
 * @typedef {object} Line
 * @property {string} key that no other line has
 * @property {"group" | "run" | "seed"} kind several runs, one alone, or one of the group above it
 * @property {Group} group
 * @property {readonly Run[]} runs that it stands for
 *
 * @typedef {("name" | "network" | "seed" | "epochs" | "validation" | "test" | "timeToGoal" | "parameters" |
 *   "state")} Column
 * @typedef {{column: Column, isReversed: boolean} | null} Order null: the newest first
 *
 * @typedef {object} Wanted
 * @property {boolean} areGrouped whether seeds are taken together
 * @property {string} filter words that a line must have, all of them
 * @property {Order} order
 * @property {ReadonlySet<string>} open keys of groups whose runs are shown
 */
import { groupsOf } from "../../runs/groups.js";
import { factsOf } from "./facts.js";

/** What is best comes first where more of it is better. @type {ReadonlySet<Column>} */
const BEST_IS_MOST = new Set(["validation", "test", "epochs"]);

/** By a group, or by the run that it stands for. @type {WeakMap<Group | Run, Line>} */
const known = new WeakMap();

/** @param {Group} group @returns {Line} */
function groupLine(group) {
  const [only] = group.all;
  if (group.all.length === 1 && only !== undefined) return runLine(only, group);
  return kept(group, { key: group.key, kind: "group", group, runs: group.all });
}

/** @param {Run} run @param {Group} group @returns {Line} */
export function runLine(run, group) {
  return kept(run, { key: run.id, kind: "run", group, runs: [run] });
}

/** The same line where it is the same, as it has been looked at. @param {Group | Run} of @param {Line} line */
function kept(of, line) {
  const before = known.get(of);
  if (before !== undefined && before.group === line.group) return before;
  known.set(of, line);
  return line;
}

/** The runs of a group that is open, by their seeds. @param {Group} group @returns {Line[]} */
function seedLines(group) {
  const runs = group.all.toSorted((a, b) => (a.recipe.seed ?? 0) - (b.recipe.seed ?? 0));
  return runs.map((run) => ({ key: run.id, kind: "seed", group, runs: [run] }));
}

/**
 * @param {readonly Run[]} runs
 * @param {Wanted} wanted
 * @returns {Line[]}
 */
export function linesOf(runs, { areGrouped, filter, order, open }) {
  const groups = groupsOf(runs);
  const all = areGrouped
    ? groups.map(groupLine)
    : groups.flatMap((group) => group.all.map((run) => runLine(run, group)));
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found =
    words.length === 0 ? all : all.filter((line) => words.every((word) => factsOf(line).words.includes(word)));
  const sorted = found.sort(order === null ? newestFirst : by(order));
  if (open.size === 0 || !areGrouped) return sorted;
  return sorted.flatMap((line) =>
    line.kind === "group" && open.has(line.key) ? [line, ...seedLines(line.group)] : [line],
  );
}

/** @param {Line} a @param {Line} b */
function newestFirst(a, b) {
  return factsOf(b).begunAt - factsOf(a).begunAt;
}

/**
 * What has no value comes last, whatever the direction.
 * @param {NonNullable<Order>} order
 * @returns {(a: Line, b: Line) => number}
 */
function by({ column, isReversed }) {
  const sign = BEST_IS_MOST.has(column) === isReversed ? 1 : -1;
  return (lineA, lineB) => {
    const a = factsOf(lineA)[column];
    const b = factsOf(lineB)[column];
    if (a === b) return newestFirst(lineA, lineB);
    if (a === null) return 1;
    if (b === null) return -1;
    return a < b ? -sign : sign;
  };
}

/**
 * The order after a press of a column's header: its best first, then the other way, then the newest first again.
 * @param {Order} order
 * @param {Column} column
 * @returns {Order}
 */
export function orderAfter(order, column) {
  if (order?.column !== column) return { column, isReversed: false };
  return order.isReversed ? null : { column, isReversed: true };
}

/** As `aria-sort` says it. @param {Order} order @param {Column} column */
export function directionOf(order, column) {
  if (order?.column !== column) return "none";
  return BEST_IS_MOST.has(column) === order.isReversed ? "ascending" : "descending";
}
