/** Verdicts as the statistics give them, and the two sides that they are about. */

/**
 * @typedef {import("../../../../www/protocol/requests.js").Verdict} Verdict
 * @typedef {import("../../../../www/panels/verdict/question.js").Side} Side
 * @typedef {import("../../../../www/panels/verdict/words.js").Judged} Judged
 */

/** @param {number} n @param {number} mean */
const group = (n, mean) => ({ n, mean, deviation: 0.002 });

/** @param {number} total @param {number} hits */
export const luckOf = (hits, total) => ({
  hits,
  total,
  isExact: total < 100_000,
  histogram: { low: -0.02, high: 0.02, counts: [1, 2, 1], observedIdx: 2 },
});

/** @type {Verdict} */
const CLEAR = {
  outcome: "aIsBetter",
  a: group(8, 0.9679),
  b: group(8, 0.9561),
  pairs: Array.from({ length: 8 }, (_, i) => ({ seed: i + 1, difference: 0.0118 })),
  gap: 0.0118,
  test: "signFlip",
  interval: { low: 0.0058, high: 0.0179 },
  luck: luckOf(2, 256),
  p: 2 / 256,
  correctedP: 2 / 256,
  nComparisons: 1,
  moreSeeds: null,
};

/** @type {Side} */
const SIDE = {
  title: "Better answer",
  name: "Better answer",
  seeds: [1, 2, 3, 4, 5, 6, 7, 8],
  nBroken: 0,
  nWithout: 0,
  nValidation: 5000,
  fingerprint: "0123456789abcdef",
};

/** @param {Partial<Verdict>} [verdict] @param {Partial<Side>} [a] @param {Partial<Side>} [b] @returns {Judged} */
export function judged(verdict, a, b) {
  return {
    verdict: { ...CLEAR, ...verdict },
    a: { ...SIDE, ...a },
    b: { ...SIDE, title: "PyTorch twin", name: "PyTorch twin", ...b },
    canOpen: true,
  };
}

/** With so many done each. @param {number} nA @param {number} [nB] */
export function done(nA, nB = nA) {
  return { a: group(nA, 0.9679), b: group(nB, 0.9561) };
}
