import assert from "node:assert/strict";
import test from "node:test";
import { part } from "../../../www/app/render.js";
import { START } from "../../../www/app/state.js";

test("a part is shown what it needs the first time, and then only what is another than before", () => {
  /** @type {string[]} */
  const shown = [];
  const show = part(
    ({ view, memoryBytes }) => ({ view, memoryBytes }),
    ({ view, memoryBytes }) => shown.push(`${view} ${memoryBytes}`),
  );
  show(START);
  show({ ...START, nCrashes: 1 });
  show({ ...START, memoryBytes: 8 });
  show({ ...START, memoryBytes: 8 });
  show({ ...START, memoryBytes: 8, view: "runs" });
  assert.deepEqual(shown, ["train 0", "train 8", "runs 8"]);
});
