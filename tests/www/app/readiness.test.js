import assert from "node:assert/strict";
import test from "node:test";
import { awaited, misfitInWords } from "../../../www/app/readiness.js";
import * as state from "../../../www/app/state.js";
import { RECIPE, summaryOf } from "../support/values.js";

/** @typedef {import("../../../www/app/state.js").Page} Page */

/** @type {import("../../../www/protocol/requests.js").DataSource} */
const BUNDLED = { kind: "bundled" };

const DATA = {
  rows: 28,
  cols: 28,
  nClasses: 10,
  training: { nImages: 100, classCounts: [] },
  test: null,
  fingerprint: "0123456789abcdef",
};

const LOADING = state.loadBegun(state.START, BUNDLED);
const LOADED = { ...state.dataLoaded(LOADING, BUNDLED, DATA), recipe: RECIPE };

/** @param {Page} page @returns {Page} */
const ready = (page) =>
  state.received(page, { type: "state", run: "a", state: "ready", summary: summaryOf(RECIPE), memoryBytes: 0 });

test("data is waited for until there is a network of it, or it is told why there is none", () => {
  assert.equal(awaited(state.START), null);
  assert.equal(awaited(LOADING), BUNDLED);
  assert.equal(awaited(LOADED), BUNDLED);
  assert.equal(awaited(ready(LOADED)), null);
  assert.equal(awaited(state.refused(LOADED, { field: "layers", message: "too many" })), null);
  assert.equal(awaited(state.recipeEdited(LOADED, null)), null);
});

test("why there is no network is told while there is data and none, and nothing is waited for", () => {
  const refused = state.refused(LOADED, { field: "layers[1].units", message: "expected fewer" });
  assert.equal(misfitInWords(refused), "Layer 2: expected fewer");
  assert.equal(misfitInWords(state.recipeEdited(LOADED, null)), "A setting is not filled in as it should be");
  for (const page of [state.START, LOADING, LOADED, ready(refused), state.loadBegun(refused, BUNDLED)]) {
    assert.equal(misfitInWords(page), "");
  }
});

test("a network that is there stays, whatever is refused meanwhile", () => {
  const refused = state.refused(ready(LOADED), { message: "no" });
  assert.equal(refused.current, "a");
  assert.equal(misfitInWords(refused), "");
  assert.equal(state.refused({ ...refused, refusal: null, untrained: null }, { message: "no" }).refusal, null);
});

test("what was refused of other data is forgotten with it", () => {
  const refused = state.refused(LOADED, { message: "no" });
  assert.equal(state.received(refused, { type: "empty", memoryBytes: 0 }).refusal, null);
});
