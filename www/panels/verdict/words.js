/**
 * A verdict in words that need no statistics. Pure functions, from the statistics' plain data to parts of sentences.
 *
 * @typedef {import("../../protocol/requests.js").Verdict} Verdict
 * @typedef {import("./question.js").Side} Side
 *
 * @typedef {{text: string, as: "strong" | "muted" | "a" | "b"}} Part what is said of A or B has that group's mark
 * @typedef {readonly (string | Part)[]} Words
 *
 * @typedef {object} Judged
 * @property {Verdict} verdict
 * @property {Side} a
 * @property {Side} b
 * @property {boolean} canOpen whether the answers to the test images are there, but sealed
 */
import { count, counted } from "../../ui/format.js";
import { chance, correction, NBSP, points, signedPoints } from "./numbers.js";

/** Longer ones stop whoever reads. */
const LONGEST_TITLE = 60;

/** What a verdict accepts as the chance of being fooled. */
const LEVEL = 0.05;

/** @param {Words} words @returns {string} */
export function plain(words) {
  return words.map((part) => (typeof part === "string" ? part : part.text)).join("");
}

/** @param {string} text @returns {Part} */
const strong = (text) => ({ text, as: "strong" });

/** @param {string} text @returns {Part} */
const muted = (text) => ({ text, as: "muted" });

/**
 * @param {"a" | "b"} as
 * @param {Side} side
 * @returns {Part}
 */
function named(as, { title, name }) {
  return { text: title.length <= LONGEST_TITLE ? title : `${name} (${as.toUpperCase()})`, as };
}

/** The verdict. @param {Judged} judged @returns {Words} */
export function sentence(judged) {
  const { verdict } = judged;
  const a = named("a", judged.a);
  const b = named("b", judged.b);
  const gap = verdict.gap ?? 0;
  switch (verdict.outcome) {
    case "aIsBetter":
      return [a, " beats ", b, ` by ${points(gap)} ${measure(verdict)}.`];
    case "bIsBetter":
      return [b, " beats ", a, ` by ${points(gap)} ${measure(verdict)}.`];
    case "mayBeLuck":
      return mayBeLuck(verdict, a, b);
    case "tooEarly":
      return tooEarly(judged, a, b);
    case "tooFewSeeds":
      return ["Too few seeds: ", ...standing(gap, a, b), `, but ${seedsInWords(verdict)} cannot rule luck out.`];
    case "same":
      return [a, " and ", b, " are equal."];
    case "notTheSameData":
      return ["Not the same data: no verdict."];
    case "nothingToCompare":
      return ["Nothing to compare yet."];
  }
}

/** @param {Verdict} verdict */
function measure({ test }) {
  return test === "mcnemar" ? "on the test images" : "of validation accuracy";
}

/** @param {Verdict} verdict @param {Part} a @param {Part} b @returns {Words} */
function mayBeLuck({ gap, moreSeeds }, a, b) {
  const more =
    moreSeeds === null ? "." : `: ${counted(moreSeeds, "more seed")} would settle it (80${NBSP}% of the time).`;
  return [`The ${points(gap ?? 0)} between `, a, " and ", b, ` may well be luck${more}`];
}

/** Who is ahead. @param {number} gap @param {Part} a @param {Part} b @returns {Words} */
function standing(gap, a, b) {
  if (points(gap) === points(0)) return [a, " and ", b, " are level"];
  const [first, second] = gap > 0 ? [a, b] : [b, a];
  return [first, ` is ${points(gap)} ahead of `, second];
}

/** @param {Judged} judged @param {Part} a @param {Part} b @returns {Words} */
function tooEarly({ verdict, ...sides }, a, b) {
  const { nDone, nPlanned, gap } = soFar(verdict, sides.a, sides.b);
  if (gap === null) return ["Too early: no seed of ", a, " and ", b, " is in yet."];
  return ["Too early: ", ...standing(gap, a, b), ` after ${nDone} of ${counted(nPlanned, "seed")}.`];
}

/**
 * How many seeds of both are in, and who is ahead in these. Seeds that only one of the two has are no match for any.
 * @param {Verdict} verdict
 * @param {Side} a
 * @param {Side} b
 */
export function soFar({ pairs, ...verdict }, a, b) {
  const common = a.seeds.filter((seed) => b.seeds.includes(seed));
  if (common.length > 0) {
    const sum = pairs.reduce((sum, { difference }) => sum + difference, 0);
    return { nDone: pairs.length, nPlanned: common.length, gap: pairs.length === 0 ? null : sum / pairs.length };
  }
  const nDone = Math.min(verdict.a?.n ?? 0, verdict.b?.n ?? 0);
  return { nDone, nPlanned: Math.max(a.seeds.length, b.seeds.length), gap: verdict.gap };
}

/** How many each has: "8 seeds each", "8 and 6 seeds". @param {Verdict} verdict */
function seedsInWords({ a, b }) {
  const [nA, nB] = [a?.n ?? 0, b?.n ?? 0];
  if (nA === 1 && nB === 1) return "one seed each";
  return nA === nB ? `${counted(nA, "seed")} each` : `${count(nA)} and ${counted(nB, "seed")}`;
}

/** What the verdict rests on, a paragraph each. @param {Judged} judged @returns {Words[]} */
export function details(judged) {
  const { verdict, a, b } = judged;
  switch (verdict.outcome) {
    case "aIsBetter":
    case "bIsBetter":
    case "mayBeLuck":
      if (verdict.test === "mcnemar") return [imagesApart(verdict), ONE_EACH];
      return [evidence(verdict), ...more(verdict), ...leftOut(a, b)];
    case "tooFewSeeds":
      return [...tooFew(judged), ...leftOut(a, b)];
    case "tooEarly":
      return [waitsFor(verdict, a, b), ...brokenOff(a, b), ...leftOut(a, b)];
    case "same":
      return [verdict.test === "mcnemar" ? SAME_IMAGES : sameSeeds(verdict), ...leftOut(a, b)];
    case "notTheSameData":
      return [otherData(a, b)];
    case "nothingToCompare":
      return [nothing(verdict, a, b)];
  }
}

/** @type {Words} */
const ONE_EACH = ["This is about these two networks, not about their recipes: for that, race each with several seeds."];

/** @type {Words} */
const SAME_IMAGES = ["Both read the same test images rightly."];

/** @param {Verdict} verdict @returns {Words} */
function sameSeeds(verdict) {
  return [`With ${seedsInWords(verdict)} not one validation accuracy differs.`];
}

/** The gap's interval, luck and correction. @param {Verdict} verdict @returns {Words} */
function evidence(verdict) {
  const isDecided = verdict.outcome !== "mayBeLuck";
  return [...interval(verdict, isDecided), ...luck(verdict, isDecided ? "would do" : "does")];
}

/** @param {Verdict} verdict @param {boolean} isDecided its winner's lead is told, not A − B @returns {Words} */
function interval(verdict, isDecided) {
  if (verdict.interval === null) return [];
  const { low, high } = verdict.interval;
  const sure = muted(` (95${NBSP}% interval, ${seedsInWords(verdict)})`);
  if (!isDecided) {
    const range = strong(`from ${signedPoints(low)} to ${signedPoints(high)} points`);
    return ["True gap, A − B: anything ", range, sure, ". "];
  }
  const [least, most] = verdict.outcome === "aIsBetter" ? [low, high] : [-high, -low];
  // A lead that luck seldom gives may have an interval that ends just beyond 0.
  const sign = least < 0 ? signedPoints : (/** @type {number} */ gap) => (100 * gap).toFixed(2);
  return ["True gap: ", strong(`${sign(least)} to ${sign(most)} points`), sure, ". "];
}

/** @param {Verdict} verdict @param {string} does @returns {Words} */
function luck({ luck, correctedP, nComparisons }, does) {
  if (luck === null) return [];
  const { hits, total, isExact } = luck;
  const of = strong(`${count(hits)} of ${count(total)}`);
  return [
    `Chance alone ${does} this in `,
    ...(isExact ? [of, " races"] : [hits === 0 ? strong(`none of ${count(total)}`) : of, " races, drawn at random"]),
    ...correction(nComparisons, `${count(Math.min(total, Math.round((correctedP ?? 1) * total)))} of ${count(total)}`),
    ".",
  ];
}

/** What more seeds would do. @param {Verdict} verdict @returns {Words[]} */
function more({ outcome, moreSeeds, gap }) {
  if (outcome !== "mayBeLuck" && outcome !== "tooFewSeeds") return [];
  if (moreSeeds === null) return gap === 0 ? [] : [["Not even 1,000 seeds would settle a gap as small as this one."]];
  const seeds = strong(counted(moreSeeds, "more seed"));
  if (outcome === "mayBeLuck") return [[seeds, " each settle it if the gap is real; they count as a second look."]];
  return [["If the gap is real, ", seeds, " each would show it in 4 of 5 races; they count as a second look."]];
}

/** @param {Verdict} verdict @returns {Words} */
function imagesApart({ p, correctedP, nComparisons, outcome }) {
  const does = outcome === "mayBeLuck" ? "does" : "would do";
  return [
    `Chance alone ${does} this `,
    strong(chance(p ?? 1)),
    ...correction(nComparisons, chance(correctedP ?? 1)),
    muted(" (McNemar’s test on the test images that only one of them reads)"),
    ".",
  ];
}

/** The fewest pairs that can convince, as one of so many questions. @param {number} nQuestions */
export function leastSeeds(nQuestions) {
  return Math.ceil(Math.log2((2 * nQuestions) / LEVEL));
}

/** @param {Judged} judged @returns {Words[]} */
function tooFew({ verdict, canOpen }) {
  const { luck, nComparisons } = verdict;
  const n = Math.min(verdict.a?.n ?? 0, verdict.b?.n ?? 0);
  const asked = nComparisons > 1 ? `, as one of ${count(nComparisons)} questions you asked here` : "";
  const enough = `${leastSeeds(nComparisons)} can`;
  if (n > 1) {
    const best = `${seedsInWords(verdict)} can say “2 of ${count(luck?.total ?? 1)}” at best`;
    return [[`${best}, which convinces nobody${asked}; ${enough}.`], ...more(verdict)];
  }
  const words = [`A single seed says nothing about luck${asked}; ${enough}.`];
  return canOpen ? [words, [BY_IMAGES]] : [words];
}

const BY_IMAGES = "Two single runs can be compared image by image, once their test answers are revealed.";

/** @param {Verdict} verdict @param {Side} a @param {Side} b @returns {Words} */
function waitsFor(verdict, a, b) {
  const { nPlanned } = soFar(verdict, a, b);
  const all = nPlanned === 1 ? "the seed" : nPlanned === 2 ? "both seeds" : `all ${count(nPlanned)} seeds`;
  return [`The verdict comes when ${all} of both are in: stopping as soon as it looks good is how luck wins.`];
}

/** @param {Side} a @param {Side} b @returns {Words[]} */
function brokenOff(a, b) {
  const n = a.nBroken + b.nBroken;
  if (n === 0) return [];
  const them = n === 1 ? "was broken off: resume it" : "were broken off: resume them";
  return [[`${counted(n, "run")} ${them} in the list of runs, or delete ${n === 1 ? "it" : "them"}.`]];
}

/** @param {Side} a @param {Side} b @returns {Words[]} */
function leftOut(a, b) {
  return [a, b].flatMap(({ nWithout, nValidation }, i) =>
    nWithout === 0 || nValidation === 0
      ? []
      : [[`${counted(nWithout, "run")} of ${"AB"[i]} diverged in the first epoch, and cannot be counted.`]],
  );
}

/** @param {Side} a @param {Side} b @returns {Words} */
function otherData(a, b) {
  if (a.fingerprint !== b.fingerprint)
    return ["A and B learned from different images: their scores cannot be compared."];
  const [nA, nB] = [a, b].map(({ nValidation }) => count(nValidation));
  return [`A is validated on ${nA} images and B on ${nB}: what is the harder set, nobody knows.`];
}

/** @param {Verdict} verdict @param {Side} a @param {Side} b @returns {Words} */
function nothing(verdict, a, b) {
  if (a.nValidation === 0 && b.nValidation === 0) {
    return [
      "Only validation accuracy ranks, and these runs set no images aside for it: see Validation images in Train.",
    ];
  }
  if (verdict.a === null && verdict.b === null) return ["No run of either came to its end."];
  return [`No run of ${verdict.a === null ? "A" : "B"} came to its end.`];
}
