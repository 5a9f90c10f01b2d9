/**
 * The rows in which A and B stand side by side.
 *
 * @typedef {import("../../protocol/requests.js").GroupSummary} GroupSummary
 * @typedef {import("../../protocol/requests.js").Verdict} Verdict
 * @typedef {import("../../runs/groups.js").Group} Group
 * @typedef {{main: string, more: string}} Cell `more` stands behind it, smaller
 * @typedef {{name: string, a: Cell, b: Cell, isTest?: boolean}} Row
 *
 * Test scores of a group, all of its runs, and of a single one with as many right as they have in the mean.
 * @typedef {import("../../protocol/requests.js").ScoresSummary & {nImages: number}} TestScores
 * @typedef {{given: TestScores | null, undisputed: TestScores | null}} GroupTest
 */
import { count, duration } from "../../ui/format.js";
import { NBSP } from "./numbers.js";
import { sideOf } from "./question.js";
import { goalOf, timeTo } from "./scores.js";

/** @type {Cell} */
const NONE = { main: "–", more: "" };

/**
 * @param {Group} a
 * @param {Group} b
 * @param {Verdict | null} verdict
 * @returns {Row[]}
 */
export function rowsOf(a, b, verdict) {
  const isEarly = verdict?.outcome === "tooEarly";
  return [
    ...(isEarly ? [row("Seeds in", a, b, (group) => seedsIn(group, group === a ? verdict.a : verdict.b))] : []),
    {
      name: "Validation accuracy",
      a: accuracy(verdict?.a ?? null, isEarly),
      b: accuracy(verdict?.b ?? null, isEarly),
    },
    ...timeRow(a, b),
    row("Parameters", a, b, ({ runs }) => whole(runs[0]?.network.nParameters)),
    row("Multiply-adds", a, b, ({ runs }) => whole(runs[0]?.network.nMultiplyAdds)),
  ];
}

/**
 * What has been revealed of the test set.
 * @param {GroupTest} a
 * @param {GroupTest} b
 * @returns {Row[]}
 */
export function testRows(a, b) {
  const rows = [
    { name: "Test accuracy", a: accuracy(a.given?.summary ?? null), b: accuracy(b.given?.summary ?? null) },
    { name: "of one run (Wilson)", a: range(a.given), b: range(b.given) },
  ];
  if (a.undisputed !== null || b.undisputed !== null) {
    rows.push({
      name: "without 15 labels",
      a: accuracy(a.undisputed?.summary ?? null),
      b: accuracy(b.undisputed?.summary ?? null),
    });
  }
  return rows.map((row) => ({ ...row, isTest: true }));
}

/**
 * @param {string} name
 * @param {Group} a
 * @param {Group} b
 * @param {(group: Group) => Cell} cellOf
 * @returns {Row} which says of B that it has the same, where that is so
 */
function row(name, a, b, cellOf) {
  const [ofA, ofB] = [cellOf(a), cellOf(b)];
  const isSame = ofA.main === ofB.main && ofA.main !== NONE.main && ofA.more === "" && ofB.more === "";
  return { name, a: ofA, b: isSame ? { main: "", more: "same" } : ofB };
}

/** @param {Group} group @param {GroupSummary | null} summary @returns {Cell} */
function seedsIn(group, summary) {
  return { main: count(summary?.n ?? 0), more: `of ${count(sideOf(group).seeds.length)}` };
}

/** @param {GroupSummary | null} summary @param {boolean} [isEarly] the spread of some says nothing @returns {Cell} */
function accuracy(summary, isEarly = false) {
  if (summary === null) return NONE;
  const { mean, deviation } = summary;
  const spread = deviation === null || isEarly ? "" : `±${NBSP}${(100 * deviation).toFixed(2)}`;
  return { main: (100 * mean).toFixed(2), more: spread };
}

/** @param {TestScores | null} scores @returns {Cell} */
function range(scores) {
  if (scores === null) return NONE;
  return { main: "", more: `${(100 * scores.low).toFixed(2)} to ${(100 * scores.high).toFixed(2)}` };
}

/** @param {Group} a @param {Group} b @returns {Row[]} */
function timeRow(a, b) {
  const goal = goalOf([a, b]);
  if (goal === null) return [];
  const cellOf = (/** @type {Group} */ group) => {
    const { seconds, nReached, nRuns } = timeTo(group, goal);
    if (seconds === null) return NONE;
    return { main: duration(seconds), more: nReached === nRuns ? "" : `in ${count(nReached)} of ${count(nRuns)}` };
  };
  return [{ name: `Time to ${Math.round(100 * goal)}${NBSP}%`, a: cellOf(a), b: cellOf(b) }];
}

/** @param {number | undefined} n @returns {Cell} */
function whole(n) {
  return n === undefined ? NONE : { main: count(n), more: "" };
}
