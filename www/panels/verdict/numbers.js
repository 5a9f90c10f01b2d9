/** How a verdict writes its numbers: accuracies, and differences of them, are from 0 to 1. */
import { count } from "../../ui/format.js";

export const NBSP = "\u00a0";
const MINUS = "−";

/** "1.18 points" @param {number} gap whose sign is told otherwise */
export function points(gap) {
  return `${(100 * Math.abs(gap)).toFixed(2)} points`;
}

/** "+1.18", "−0.17" @param {number} gap */
export function signedPoints(gap) {
  const digits = (100 * Math.abs(gap)).toFixed(2);
  return Number(digits) === 0 ? digits : `${gap < 0 ? MINUS : "+"}${digits}`;
}

/** @param {number} p @returns {string} how often chance does it: "in 31 of 1,000 races" */
export function chance(p) {
  if (p < 1e-6) return "less than once in a million races";
  if (p < 1e-3) return `about once in ${count(Number((1 / p).toPrecision(1)))} races`;
  return `in ${count(Math.round(1000 * p))} of 1,000 races`;
}

/**
 * @param {number} nQuestions that were asked
 * @param {string} corrected how often chance does it in one of so many
 * @returns {string[]}
 */
export function correction(nQuestions, corrected) {
  return nQuestions === 1 ? [] : [`; as one of ${count(nQuestions)} questions you asked here, ${corrected} (Holm)`];
}
