import assert from "node:assert/strict";
import test from "node:test";
import { thinned } from "../../../www/series/thinned.js";
import { epoch } from "../support/values.js";

test("many epochs are thinned evenly, and the latest is always there", () => {
  const epochs = Array.from({ length: 1001 }, (_, i) => epoch(i + 1));
  const few = thinned(epochs, 300);
  assert.ok(few.length <= 301, `${few.length}`);
  assert.ok(few.length > 200, `${few.length}`);
  assert.equal(few.at(-1)?.epoch, 1001);
  assert.deepEqual(
    few.slice(0, 3).map((each) => each.epoch),
    [4, 8, 12],
  );
  assert.equal(thinned(epochs, 2000), epochs);
});
