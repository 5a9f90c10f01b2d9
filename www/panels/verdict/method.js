/**
 * How a verdict is worked out, in sentences: each number on the page can be asked where it comes from.
 * @typedef {import("../../protocol/requests.js").Verdict} Verdict
 */
import { count } from "../../ui/format.js";

/** @param {Verdict} verdict @returns {string[]} a paragraph each; none where no test was made */
export function methodInWords({ test, luck, interval, nComparisons }) {
  if (test === null) return [];
  return [
    ...(test === "mcnemar" ? [MCNEMAR] : [swaps(test, luck)]),
    ...(interval === null ? [] : [test === "signFlip" ? STUDENT : WELCH]),
    ...(nComparisons > 1 ? [HOLM] : []),
  ];
}

/** @param {Verdict["test"]} test @param {Verdict["luck"]} luck */
function swaps(test, luck) {
  const { hits, total, isExact } = luck ?? { hits: 0, total: 0, isExact: true };
  const all = isExact ? `all ${count(total)}` : `${count(total)} randomly drawn`;
  const could =
    test === "signFlip"
      ? "Both ran with the same seeds. If A and B were alike, the two results of a seed could as well have been swapped"
      : "A and B ran with different seeds. If they were alike, each result could as well have been the other’s";
  const name = test === "signFlip" ? "sign-flip test" : "permutation test";
  return (
    `${could}. Of ${all} ways to do so, ${count(hits)} give a gap as large as the real one, in either direction: ` +
    `that is what luck can do (${name}). What it does in at most 5 of 100 races counts as a win.`
  );
}

const STUDENT =
  "If the race were run again and again with other seeds, 95 of 100 such intervals would hold the true gap " +
  "(Student’s t, of the seeds’ differences).";

const WELCH =
  "If the race were run again and again with other seeds, 95 of 100 such intervals would hold the true gap " +
  "(Welch’s t, of two groups that are not paired).";

const MCNEMAR =
  "If both networks were equally good, each image that only one of them reads would be either’s with equal chance, " +
  "like a coin. McNemar’s exact test asks how often so many coins fall as unevenly as this, in either direction.";

const HOLM =
  "Whoever asks many questions is fooled by luck more often, so each chance is multiplied (Holm). Each two that you " +
  "looked at in this visit count, and the same two with more seeds count again.";
