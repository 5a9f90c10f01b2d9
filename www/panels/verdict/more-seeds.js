/**
 * The race that would settle a verdict.
 * @typedef {import("../../protocol/requests.js").Verdict} Verdict
 * @typedef {import("./question.js").Side} Side
 */
import { MOST_SEEDS, USUAL_SEEDS } from "../../runs/race.js";
import { leastSeeds } from "./words.js";

/**
 * @param {Verdict} verdict
 * @param {Side} a
 * @param {Side} b
 * @returns {number | null} with how many seeds each; null: none would, or not of these
 */
export function seedsToSettle(verdict, a, b) {
  const { outcome, moreSeeds, nComparisons } = verdict;
  const n = a.seeds.length;
  // A race has the seeds from 1 on: others would be raced all over again.
  const areCounted = [a, b].every(({ seeds }) => seeds.length === n && seeds.every((seed, i) => seed === i + 1));
  if (!areCounted || (outcome !== "mayBeLuck" && outcome !== "tooFewSeeds")) return null;
  const enough = Math.max(USUAL_SEEDS, leastSeeds(nComparisons));
  const nSeeds = moreSeeds !== null ? n + moreSeeds : outcome === "tooFewSeeds" ? enough : 0;
  return nSeeds > n && nSeeds <= MOST_SEEDS ? nSeeds : null;
}
