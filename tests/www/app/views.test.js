import assert from "node:assert/strict";
import test from "node:test";
import { codeIn, VIEWS, viewOf } from "../../../www/app/views.js";

test("the address names a view, and whatever else it names shows Train", () => {
  for (const view of VIEWS) assert.equal(viewOf(`#${view}`), view);
  for (const hash of ["", "#", "#draw", "#RUNS", "#runs/1", "#__proto__"]) assert.equal(viewOf(hash), "train", hash);
});

test("what a link shares is no part of the view's name, and is looked for in Train alone", () => {
  assert.equal(viewOf("#train?recipe=1.abc"), "train");
  assert.equal(viewOf("#runs?recipe=1.abc"), "runs");
  assert.equal(codeIn("#train?recipe=1.a-b_c"), "1.a-b_c");
  assert.equal(codeIn("#train?other=1&recipe=%31.abc"), "1.abc");
  for (const hash of ["", "#train", "#train?", "#train?other=1", "#runs?recipe=1.abc"])
    assert.equal(codeIn(hash), null);
});
