import assert from "node:assert/strict";
import test from "node:test";
import { seedsToSettle } from "../../../../www/panels/verdict/more-seeds.js";
import { judged } from "./verdicts.js";

/** @param {Parameters<typeof judged>[0]} verdict @param {number[]} [seedsA] @param {number[]} [seedsB] */
function settles(verdict, seedsA = [1, 2, 3, 4], seedsB = seedsA) {
  const { verdict: made, a, b } = judged(verdict, { seeds: seedsA }, { seeds: seedsB });
  return seedsToSettle(made, a, b);
}

test("what may be luck is settled by as many seeds more as the statistics ask for", () => {
  assert.equal(settles({ outcome: "mayBeLuck", moreSeeds: 30 }), 34);
  assert.equal(settles({ outcome: "mayBeLuck", moreSeeds: null }), null);
  assert.equal(settles({ outcome: "mayBeLuck", moreSeeds: 97 }), null, "no race has so many");
  assert.equal(settles({ outcome: "aIsBetter", moreSeeds: null }), null);
});

test("too few seeds become the usual number, or as many as so many questions take", () => {
  assert.equal(settles({ outcome: "tooFewSeeds", moreSeeds: null }, [1]), 8);
  assert.equal(settles({ outcome: "tooFewSeeds", moreSeeds: null, nComparisons: 7 }, [1]), 9);
});

test("seeds that a race would not have are no beginning of one", () => {
  assert.equal(settles({ outcome: "mayBeLuck", moreSeeds: 3 }, [11, 12, 13]), null);
  assert.equal(settles({ outcome: "mayBeLuck", moreSeeds: 3 }, [1, 2, 3], [1, 2]), null);
});
