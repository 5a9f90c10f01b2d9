import assert from "node:assert/strict";
import test from "node:test";
import { chosen, markOf, N_MARKS, onlyShown, shown } from "../../../www/app/comparison.js";
import { START } from "../../../www/app/state.js";

test("a group keeps its mark while it is shown, and a free one is taken before a new one", () => {
  let page = ["a", "b", "c"].reduce((page, key) => shown(page, key, true), START);
  page = shown(page, "b", false);
  assert.deepEqual(
    ["a", "b", "c"].map((key) => markOf(page.comparison, key)),
    [0, null, 2],
  );
  page = shown(page, "d", true);
  assert.equal(markOf(page.comparison, "d"), 1);
  assert.equal(shown(page, "d", true), page);
});

test("no more are shown than there are marks", () => {
  const keys = Array.from({ length: N_MARKS + 1 }, (_, i) => `group ${i}`);
  const page = keys.reduce((page, key) => shown(page, key, true), START);
  assert.deepEqual(page.comparison.shown, keys.slice(0, N_MARKS));
});

test("a verdict is about the first two that are shown, until others are chosen or gone", () => {
  let page = onlyShown(START, ["a", "b", "c"]);
  assert.deepEqual([page.comparison.a, page.comparison.b], ["a", "b"]);
  page = chosen(page, "b", "c");
  assert.deepEqual([page.comparison.a, page.comparison.b], ["a", "c"]);
  page = chosen(page, "a", "c");
  assert.deepEqual([page.comparison.a, page.comparison.b], ["c", "a"], "they change places");
  page = shown(page, "c", false);
  assert.deepEqual([page.comparison.a, page.comparison.b], ["b", "a"]);
  page = shown(shown(page, "a", false), "b", false);
  assert.deepEqual([page.comparison.a, page.comparison.b], [null, null]);
});
