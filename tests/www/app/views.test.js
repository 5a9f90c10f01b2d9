import assert from "node:assert/strict";
import test from "node:test";
import { VIEWS, viewOf } from "../../../www/app/views.js";

test("the address names a view, and whatever else it names shows Train", () => {
  for (const view of VIEWS) assert.equal(viewOf(`#${view}`), view);
  for (const hash of ["", "#", "#draw", "#RUNS", "#runs/1", "#__proto__"]) assert.equal(viewOf(hash), "train", hash);
});
