import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sharedOf } from "../../../www/runs/share.js";
import { findingOf, knownBefore } from "../../../www/runs/verification.js";
import { epoch, run } from "../support/values.js";

const FOUND = run({
  state: "finished",
  checksum: "1cf0ea687f29f045",
  epochs: [epoch(1, { validationAccuracy: 0.9 }), epoch(2, { validationAccuracy: 0.9698, bestEpoch: 1 })],
  test: { loss: 0.1, nCorrect: 9612, nImages: 10_000, nTotal: 10_000, atEpoch: 1, done: true },
});
const SHARED = sharedOf(FOUND);
const HERE = { fingerprint: SHARED.fingerprint, engineVersion: SHARED.engineVersion };

describe("A verification", () => {
  test("of the very run says the same, with the weights' number", () => {
    assert.equal(knownBefore(SHARED, HERE), null);
    const { isSame, title } = findingOf(SHARED, FOUND, true);
    assert.deepEqual([isSame, title], [true, "Verified: the same 101,770 weights, to the last bit."]);
  });

  test("compares the accuracy of the epoch whose weights it ended with", () => {
    assert.equal(SHARED.validationAccuracy, 0.9);
  });

  test("is not begun where nothing could come of it", () => {
    const other = (/** @type {Partial<typeof SHARED>} */ changes) =>
      knownBefore({ ...SHARED, ...changes }, HERE)?.title;
    assert.match(other({ checksum: null }) ?? "", /nothing to verify/);
    assert.match(other({ fingerprint: "0".repeat(16) }) ?? "", /^Other data/);
    assert.match(other({ engineVersion: 2 }) ?? "", /^Another version/);
  });

  test("tells other weights, other scores and a run that diverged apart", () => {
    const title = (/** @type {Partial<typeof SHARED>} */ changes, found = FOUND, hasTest = true) =>
      findingOf({ ...SHARED, ...changes }, found, hasTest).title;
    assert.match(title({ checksum: "0".repeat(16) }), /^Not verified: other weights/);
    assert.match(title({ validationAccuracy: 0.91 }), /not the claimed validation accuracy/);
    assert.match(title({ test: { nCorrect: 1, nImages: 10_000 } }), /not the claimed test accuracy/);
    assert.match(
      title({ validationAccuracy: 0.91, test: { nCorrect: 1, nImages: 1 } }),
      /not the claimed validation accuracy and test accuracy/,
    );
    assert.match(title({}, { ...FOUND, state: "diverged" }), /diverged/);
  });

  test("holds no test score against data without test images", () => {
    assert.equal(findingOf(SHARED, { ...FOUND, test: null }, false).isSame, true);
    assert.equal(findingOf(SHARED, { ...FOUND, test: null }, true).isSame, false);
  });
});
