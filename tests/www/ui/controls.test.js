import assert from "node:assert/strict";
import test from "node:test";
import { controls } from "../../../www/ui/controls.js";

/** @typedef {import("../../../www/protocol/events.js").TrainerState} TrainerState */

/** @param {TrainerState} state */
function buttons(state, isLoading = false) {
  const { train, pause, resume, stop, reset } = controls({ state, isLoading, hasTest: true, isEvaluating: false });
  return Object.entries({ train, pause, resume, stop, reset })
    .filter(([, isEnabled]) => isEnabled)
    .map(([name]) => name);
}

test("each state offers what makes sense in it", () => {
  assert.deepEqual(buttons("empty"), []);
  assert.deepEqual(buttons("ready"), ["train"]);
  assert.deepEqual(buttons("training"), ["pause", "stop", "reset"]);
  assert.deepEqual(buttons("paused"), ["resume", "stop", "reset"]);
  for (const state of /** @type {const} */ (["finished", "stopped", "diverged"])) {
    assert.deepEqual(buttons(state), ["train", "reset"]);
  }
});

test("Train waits for data that is on its way", () => {
  assert.deepEqual(buttons("ready", true), []);
});

test("without a network the reason is what keeps there from being one", () => {
  const empty = { state: /** @type {TrainerState} */ ("empty"), hasTest: true, isEvaluating: false };
  assert.match(controls({ ...empty, isLoading: true }).reason, /as soon as the data is loaded/);
  assert.match(controls({ ...empty, isLoading: false }).reason, /no data yet/);
  const misfit = controls({ ...empty, isLoading: false, misfit: "Layers: too many" });
  assert.match(misfit.reason, /fit the data\. Layers: too many\.$/);
  assert.equal(misfit.train, false);
});

test("while a run is under way only the learning rate can be edited, and it says so", () => {
  for (const state of /** @type {const} */ (["training", "paused"])) {
    const { edit, learningRate, reason } = controls({ state, isLoading: false, hasTest: true, isEvaluating: false });
    assert.deepEqual({ edit, learningRate }, { edit: false, learningRate: true });
    assert.match(reason, /only the learning rate/);
  }
});

test("the emphasised button is always one that works, as soon as there is data", () => {
  for (const state of /** @type {const} */ (["ready", "training", "paused", "finished", "stopped", "diverged"])) {
    const all = controls({ state, isLoading: false, hasTest: true, isEvaluating: false });
    assert.equal(all[all.primary], true, state);
  }
});

test("the test set can be evaluated whenever there are a network and a test set", () => {
  const situation = {
    state: /** @type {TrainerState} */ ("training"),
    isLoading: false,
    hasTest: true,
    isEvaluating: false,
  };
  assert.equal(controls(situation).evaluate, true);
  assert.equal(controls({ ...situation, hasTest: false }).evaluate, false);
  assert.equal(controls({ ...situation, isEvaluating: true }).evaluate, false);
  assert.equal(controls({ ...situation, state: "empty" }).evaluate, false);
});
