import assert from "node:assert/strict";
import test from "node:test";
import { doingInWords } from "../../../../www/panels/top/top.js";
import { runAfter } from "../../../../www/runs/run.js";
import { progress, run } from "../../support/values.js";

test("the header says what trains, how far it is, and when nothing does", () => {
  assert.equal(doingInWords(null), "Nothing is training");
  assert.equal(doingInWords(run()), "Better answer");
  const under = runAfter(run(), progress({ epoch: 3 }));
  assert.equal(doingInWords(under), "Better answer · epoch 3 of 5");
  assert.equal(doingInWords({ ...under, state: "paused" }), "Better answer · paused · epoch 3 of 5");
  assert.equal(doingInWords({ ...under, state: "finished" }), "Nothing is training");
});
