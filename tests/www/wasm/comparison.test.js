/** What the page gets of the core's statistics: that every field comes across, under the name that its type says. */
import assert from "node:assert/strict";
import test from "node:test";
import { mcnemar, summary, verdict, wilson } from "../../../dist/wasm/hellonn.js";
import { loadModule } from "../support/module.js";

/** @typedef {import("../../../dist/wasm/hellonn.js").RunGroup} RunGroup */

await loadModule();

/**
 * @param {number[]} accuracies
 * @param {Partial<RunGroup>} [changes]
 * @returns {RunGroup}
 */
const group = (accuracies, changes) => ({
  fingerprint: "4d1e90c2",
  nValidation: 5000,
  seeds: accuracies.map((_, idx) => idx + 1),
  accuracies,
  isFinished: true,
  ...changes,
});

const A = [0.9702, 0.9652, 0.9698, 0.968, 0.9662, 0.9694];
const B = [0.9452, 0.9634, 0.9594, 0.957, 0.9548, 0.96];

/** @param {number | undefined} found @param {number} expected */
const assertNear = (found, expected) => assert.ok(Math.abs((found ?? Number.NaN) - expected) < 1e-9, `${found}`);

test("a verdict brings all that it rests on", () => {
  const { a, b, pairs, gap, interval, luck, p, correctedP, ...rest } = verdict({
    a: group(A),
    b: group(B),
    images: null,
    otherPValues: [0.5],
  });
  assert.deepEqual(rest, { outcome: "tooFewSeeds", test: "signFlip", nComparisons: 2, moreSeeds: 1 });
  assert.deepEqual([a?.n, b?.n, p, correctedP], [6, 6, 2 / 64, 4 / 64]);
  assertNear(a?.mean, 0.9681333333333333);
  assertNear(b?.deviation ?? undefined, 0.00630861844357939);
  assert.deepEqual(pairs[0], { seed: 1, difference: 0.9702 - 0.9452 });
  assertNear(gap ?? undefined, 0.0115);
  assert.ok(interval !== null && interval.low > 0 && interval.high > 0.0115);
  assert.ok(luck !== null);
  const { histogram, ...counts } = luck;
  assert.deepEqual(counts, { hits: 2, total: 64, isExact: true });
  assert.deepEqual(Object.keys(histogram).sort(), ["counts", "high", "low", "observedIdx"]);
  assert.equal(histogram.counts.length, 25);
  assert.ok(histogram.low === -histogram.high && histogram.observedIdx > 12);
});

test("each outcome has its name", () => {
  const outcome = (/** @type {RunGroup} */ a, /** @type {RunGroup} */ b, otherPValues = [1]) =>
    verdict({ a, b, images: null, otherPValues: otherPValues.slice(1) }).outcome;
  assert.equal(outcome(group(A), group(B)), "aIsBetter");
  assert.equal(outcome(group(B), group(A)), "bIsBetter");
  assert.equal(outcome(group(A), group(A)), "same");
  assert.equal(outcome(group(A), group([...A].reverse())), "mayBeLuck");
  assert.equal(outcome(group(A), group(B, { isFinished: false })), "tooEarly");
  assert.equal(outcome(group(A), group(B, { fingerprint: "other" })), "notTheSameData");
  assert.equal(outcome(group(A), group([])), "nothingToCompare");
});

test("without a test, what it would have found is null", () => {
  const found = verdict({ a: group(A), b: group([], { isFinished: false }), images: null, otherPValues: [] });
  const { b, gap, test: made, interval, luck, p, correctedP, moreSeeds } = found;
  assert.deepEqual([b, gap, made, interval, luck, p, correctedP, moreSeeds], Array(8).fill(null));
});

test("single runs are compared by their images, other seeds as groups", () => {
  const images = { nImages: 10_000, onlyA: 338, onlyB: 103 };
  const single = verdict({ a: group([0.96]), b: group([0.95]), images, otherPValues: [] });
  assert.deepEqual([single.test, single.outcome, single.gap], ["mcnemar", "aIsBetter", 0.0235]);
  const seeds = [11, 12, 13, 14, 15, 16];
  const other = verdict({ a: group(A), b: group(B, { seeds }), images: null, otherPValues: [] });
  assert.deepEqual([other.test, other.outcome, other.luck?.total], ["permutation", "aIsBetter", 924]);
});

test("answers, accuracies and groups are summed up", () => {
  const labels = new Uint8Array([0, 1, 2]);
  const compared = mcnemar(new Uint8Array([0, 1, 1]), new Uint8Array([0, 2, 2]), labels);
  assert.deepEqual(compared, { nImages: 3, onlyA: [1], onlyB: [2], p: 1 });
  const [low, high] = wilson(9597, 10_000);
  assertNear(low, 0.95566567253);
  assertNear(high, 0.96338127936);
  assert.deepEqual(summary(new Float64Array([1, 3])), { n: 2, mean: 2, deviation: Math.SQRT2 });
  assert.equal(summary(new Float64Array([1])).deviation, null);
});

test("what cannot be compared is refused in a sentence that names the field", () => {
  /** @param {() => unknown} ask @param {string} field @param {RegExp} message */
  const refused = (ask, field, message) =>
    assert.throws(ask, (/** @type {any} */ error) => error.field === field && message.test(error.message));
  const ask = (/** @type {Partial<RunGroup>} */ changes) => () =>
    verdict({ a: group(A), b: group(B, changes), images: null, otherPValues: [] });
  refused(ask({ accuracies: [Number.NaN, ...B.slice(1)] }), "b.accuracies[0]", /^expected 0 to 1, found NaN$/);
  refused(ask({ seeds: [1] }), "b.accuracies", /^expected 1 numbers, one a seed, found 6$/);
  refused(ask({ seeds: [0.5, 2, 3, 4, 5, 6] }), "b.seeds", /^expected a whole number from 0, found 0.5$/);
  refused(ask({ nValidation: -1 }), "b.nValidation", /^expected a whole number from 0, found -1$/);
  const images = { nImages: 1, onlyA: 1, onlyB: 1 };
  refused(
    () => verdict({ a: group(A), b: group(B), images, otherPValues: [] }),
    "images.nImages",
    /^expected at least/,
  );
  refused(
    () => verdict({ a: group(A), b: group(B), images: null, otherPValues: [7] }),
    "otherPValues[0]",
    /^expected 0/,
  );
  refused(() => wilson(2.5, 3), "nCorrect", /^expected a whole number from 0, found 2.5$/);
  refused(() => wilson(0, 0), "nImages", /^expected at least 1 image, found 0$/);
  refused(() => summary(new Float64Array()), "values", /^expected at least 1 value, found 0$/);
  refused(() => mcnemar(new Uint8Array(1), new Uint8Array(2), new Uint8Array(2)), "answersA", /^expected 2 answers/);
});
