import assert from "node:assert/strict";
import test from "node:test";
import { chance, signedPoints } from "../../../../www/panels/verdict/numbers.js";
import { details, leastSeeds, plain, sentence } from "../../../../www/panels/verdict/words.js";
import { done, judged, luckOf } from "./verdicts.js";

/** @typedef {import("../../../../www/panels/verdict/words.js").Judged} Judged */

/** @param {Judged} of @param {string} expected @param {string[]} [rest] */
function says(of, expected, rest) {
  assert.equal(plain(sentence(of)), expected);
  if (rest !== undefined) assert.deepEqual(details(of).map(plain).map(spaced), rest);
}

const spaced = (/** @type {string} */ text) => text.replaceAll("\u00a0", " ");

test("a clear winner is named first, whichever side it is on", () => {
  says(judged(), "Better answer beats PyTorch twin by 1.18 points of validation accuracy.", [
    "True gap: 0.58 to 1.79 points (95 % interval, 8 seeds each). Chance alone would do this in 2 of 256 races.",
  ]);
  const other = judged({ outcome: "bIsBetter", gap: -0.0118, interval: { low: -0.0179, high: -0.0058 } });
  says(other, "PyTorch twin beats Better answer by 1.18 points of validation accuracy.", [
    "True gap: 0.58 to 1.79 points (95 % interval, 8 seeds each). Chance alone would do this in 2 of 256 races.",
  ]);
});

test("whoever asked more questions is told how much weaker each answer is", () => {
  says(
    judged({ nComparisons: 3, correctedP: 6 / 256 }),
    "Better answer beats PyTorch twin by 1.18 points of validation accuracy.",
    [
      "True gap: 0.58 to 1.79 points (95 % interval, 8 seeds each). Chance alone would do this in 2 of 256 races; " +
        "as one of 3 questions you asked here, 6 of 256 (Holm).",
    ],
  );
});

test("what may be luck says how many more seeds would settle it, and that they are a second look", () => {
  const unsure = judged(
    {
      outcome: "mayBeLuck",
      gap: 0.0021,
      interval: { low: -0.0017, high: 0.0059 },
      luck: luckOf(66, 256),
      moreSeeds: 30,
    },
    {},
    { title: "Better answer, rate 0.003" },
  );
  assert.equal(
    spaced(plain(sentence(unsure))),
    "The 0.21 points between Better answer and Better answer, rate 0.003 may well be luck: 30 more seeds would " +
      "settle it (80 % of the time).",
  );
  assert.deepEqual(details(unsure).map(plain).map(spaced), [
    "True gap, A − B: anything from −0.17 to +0.59 points (95 % interval, 8 seeds each). Chance alone does this in " +
      "66 of 256 races.",
    "30 more seeds each settle it if the gap is real; they count as a second look.",
  ]);
  const hopeless = { ...unsure, verdict: { ...unsure.verdict, moreSeeds: null } };
  says(hopeless, "The 0.21 points between Better answer and Better answer, rate 0.003 may well be luck.");
  assert.equal(plain(details(hopeless)[1] ?? []), "Not even 1,000 seeds would settle a gap as small as this one.");
});

test("luck that was sampled says so", () => {
  const sampled = judged({ luck: luckOf(3, 100_000), ...done(40), interval: null });
  assert.equal(plain(details(sampled)[0] ?? []), "Chance alone would do this in 3 of 100,000 races, drawn at random.");
  const never = judged({ luck: luckOf(0, 100_000), ...done(40), interval: null });
  assert.equal(plain(details(never)[0] ?? []), "Chance alone would do this in none of 100,000 races, drawn at random.");
});

test("during a race it is too early, and the gap is that of the seeds that both have", () => {
  const half = {
    outcome: /** @type {const} */ ("tooEarly"),
    ...done(3, 2),
    pairs: [
      { seed: 1, difference: 0.0246 },
      { seed: 2, difference: 0.0052 },
    ],
    gap: 0.5,
    test: null,
    interval: null,
    luck: null,
    p: null,
    correctedP: null,
  };
  const four = { seeds: [1, 2, 3, 4] };
  says(judged(half, four, four), "Too early: Better answer is 1.49 points ahead of PyTorch twin after 2 of 4 seeds.", [
    "The verdict comes when all 4 seeds of both are in: stopping as soon as it looks good is how luck wins.",
  ]);
  says(judged({ ...half, pairs: [] }, four, four), "Too early: no seed of Better answer and PyTorch twin is in yet.");
  const level = judged({ ...half, pairs: [{ seed: 1, difference: 0 }] }, four, four);
  says(level, "Too early: Better answer and PyTorch twin are level after 1 of 4 seeds.");
  assert.equal(
    plain(details(judged(half, { ...four, nBroken: 2 }, four))[1] ?? []),
    "2 runs were broken off: resume them in the list of runs, or delete them.",
  );
});

test("fewer than six seeds can never convince, and more questions take more seeds", () => {
  const few = judged({ outcome: "tooFewSeeds", ...done(4), luck: luckOf(2, 16), moreSeeds: 2 });
  says(
    few,
    "Too few seeds: Better answer is 1.18 points ahead of PyTorch twin, but 4 seeds each cannot rule luck out.",
    [
      "4 seeds each can say “2 of 16” at best, which convinces nobody; 6 can.",
      "If the gap is real, 2 more seeds each would show it in 4 of 5 races; they count as a second look.",
    ],
  );
  assert.deepEqual([1, 2, 3, 7].map(leastSeeds), [6, 7, 7, 9]);
  const asked = judged({ outcome: "tooFewSeeds", gap: -0.0118, nComparisons: 7, moreSeeds: 1 });
  says(
    asked,
    "Too few seeds: PyTorch twin is 1.18 points ahead of Better answer, but 8 seeds each cannot rule luck out.",
  );
  assert.equal(
    plain(details(asked)[0] ?? []),
    "8 seeds each can say “2 of 256” at best, which convinces nobody, as one of 7 questions you asked here; 9 can.",
  );
});

test("two single runs can be compared by their images, if they have answered them", () => {
  const single = judged({ outcome: "tooFewSeeds", ...done(1), luck: luckOf(2, 2) });
  says(
    single,
    "Too few seeds: Better answer is 1.18 points ahead of PyTorch twin, but one seed each cannot rule luck out.",
    [
      "A single seed says nothing about luck; 6 can.",
      "Two single runs can be compared image by image, once their test answers are revealed.",
    ],
  );
  assert.equal(details({ ...single, canOpen: false }).length, 1);
  const images = judged({ ...done(1), test: "mcnemar", gap: 0.0235, interval: null, luck: null, p: 0.031 });
  says(images, "Better answer beats PyTorch twin by 2.35 points on the test images.", [
    "Chance alone would do this in 31 of 1,000 races (McNemar’s test on the test images that only one of them reads).",
    "This is about these two networks, not about their recipes: for that, race each with several seeds.",
  ]);
});

test("other data, or another number of validation images, has no verdict", () => {
  const apart = judged({ outcome: "notTheSameData" }, {}, { fingerprint: "fedcba9876543210" });
  says(apart, "Not the same data: no verdict.", [
    "A and B learned from different images: their scores cannot be compared.",
  ]);
  const sets = judged({ outcome: "notTheSameData" }, {}, { nValidation: 10_000 });
  assert.match(plain(details(sets)[0] ?? []), /^A is validated on 5,000 images and B on 10,000:/);
});

test("nothing to compare says what is missing", () => {
  const none = judged({ outcome: "nothingToCompare", b: null });
  says(none, "Nothing to compare yet.", ["No run of B came to its end."]);
  const without = judged({ outcome: "nothingToCompare", a: null, b: null }, { nValidation: 0 }, { nValidation: 0 });
  assert.match(plain(details(without)[0] ?? []), /^Only validation accuracy ranks/);
});

test("equal is equal", () => {
  says(judged({ outcome: "same", gap: 0 }), "Better answer and PyTorch twin are equal.", [
    "With 8 seeds each not one validation accuracy differs.",
  ]);
});

test("runs that came to nothing are told of: they might have decided it", () => {
  const few = judged({ outcome: "tooFewSeeds", ...done(4), luck: luckOf(2, 16) }, { nWithout: 2 });
  assert.equal(plain(details(few).at(-1) ?? []), "2 runs of A diverged in the first epoch, and cannot be counted.");
});

test("a name too long for a sentence is the preset's, with its letter", () => {
  const long = judged({}, { title: `Better answer, ${"batch 16, ".repeat(9)}rate 1` });
  says(long, "Better answer (A) beats PyTorch twin by 1.18 points of validation accuracy.");
});

test("chances are counts, gaps have their sign", () => {
  assert.deepEqual([1, 0.5, 0.0312, 0.00031, 1e-9].map(chance), [
    "in 1,000 of 1,000 races",
    "in 500 of 1,000 races",
    "in 31 of 1,000 races",
    "about once in 3,000 races",
    "less than once in a million races",
  ]);
  assert.deepEqual([0.0118, -0.0017, 0.00001, -0.00001].map(signedPoints), ["+1.18", "−0.17", "0.00", "0.00"]);
});
