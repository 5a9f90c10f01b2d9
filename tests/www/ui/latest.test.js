import assert from "node:assert/strict";
import test from "node:test";
import { latestOnly } from "../../../www/ui/latest.js";

test("one call runs at a time, and of those that wait only the latest", async () => {
  /** @type {number[]} */
  const started = [];
  /** @type {(() => void)[]} */
  const finish = [];
  const call = latestOnly(
    (/** @type {number} */ n) =>
      new Promise((resolve) => {
        started.push(n);
        finish.push(resolve);
      }),
  );
  for (const n of [1, 2, 3]) call(n);
  assert.deepEqual(started, [1]);
  finish[0]?.();
  await new Promise(setImmediate);
  assert.deepEqual(started, [1, 3]);
  finish[1]?.();
  await new Promise(setImmediate);
  call(4);
  assert.deepEqual(started, [1, 3, 4]);
});
