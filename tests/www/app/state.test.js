import assert from "node:assert/strict";
import test from "node:test";
import * as state from "../../../www/app/state.js";
import { epoch, progress, RECIPE, run, summaryOf } from "../support/values.js";

/**
 * @typedef {import("../../../www/app/state.js").Page} Page
 * @typedef {import("../../../www/protocol/events.js").RunState} RunState
 */

/** @type {import("../../../www/protocol/requests.js").DataSummary} */
const DATA = {
  rows: 28,
  cols: 28,
  nClasses: 10,
  training: { nImages: 100, classCounts: [] },
  test: null,
  fingerprint: "0123456789abcdef",
};

const PRESETS = [
  { name: "By hand", note: "", recipe: { ...RECIPE, learningRate: 0.01, batchSize: 1 } },
  { name: "Better answer", note: "", recipe: RECIPE },
];

const LOADED = state.presetsArrived({ ...state.START, data: DATA }, PRESETS, 10);

/**
 * @param {string} id
 * @param {RunState} to
 * @returns {import("../../../www/protocol/events.js").StateEvent}
 */
const enter = (id, to, recipe = RECIPE) => ({
  type: "state",
  run: id,
  state: to,
  summary: summaryOf({ ...recipe, seed: 1 }),
  memoryBytes: 7,
});

/** @param {Page} page @param {import("../../../www/protocol/events.js").WorkerEvent[]} events */
const after = (page, ...events) => events.reduce(state.received, page);

test("the first preset is one that learns well, and nothing differs from it", () => {
  assert.equal(LOADED.presetName, "Better answer");
  assert.deepEqual(LOADED.recipe, RECIPE);
  assert.equal(state.isChanged(LOADED), false);
});

test("an untrained network is no run of the list; training makes one, named after its preset", () => {
  const ready = after(LOADED, enter("draft", "ready"));
  assert.equal(state.trainerState(ready), "ready");
  assert.deepEqual(ready.runs, []);
  const training = after(ready, enter("a", "training"));
  assert.deepEqual(
    training.runs.map(({ id, name, changes, fingerprint }) => [id, name, changes, fingerprint]),
    [["a", "Better answer", "", DATA.fingerprint]],
  );
  assert.equal(training.untrained, null);
  assert.ok(state.isMidRun(training));
});

test("a run says what was changed from its preset", () => {
  const page = state.recipeEdited(LOADED, { ...RECIPE, learningRate: 0.01 });
  assert.ok(state.isChanged(page));
  const { runs } = after(page, enter("a", "training", { ...RECIPE, learningRate: 0.01 }));
  assert.equal(runs[0]?.changes, "rate 0.01");
});

test("a second run leaves the first as it ended, and each event goes to its own", () => {
  const page = after(
    LOADED,
    enter("a", "training"),
    { type: "epochs", run: "a", epochs: [epoch(1)] },
    enter("a", "finished"),
    enter("b", "training"),
    progress({ run: "b" }),
    { type: "weights", run: "a", checksum: "ff", weights: null },
  );
  assert.deepEqual(
    page.runs.map((each) => [each.name, each.state, each.epochs.length, each.progress?.epoch ?? null, each.checksum]),
    [
      ["Better answer", "finished", 1, null, "ff"],
      ["Better answer 2", "training", 0, 2, null],
    ],
  );
  assert.equal(state.currentRun(page)?.id, "b");
});

test("a run that is taken up again is the same run", () => {
  const over = after(LOADED, enter("a", "training"), enter("a", "stopped"), enter("draft", "ready"));
  const opened = after(over, enter("a", "stopped"));
  assert.equal(opened.runs.length, 1);
  assert.equal(state.currentRun(opened)?.id, "a");
  assert.equal(opened.untrained, null);
});

test("an evaluation that is under way ends with the network's leaving", () => {
  const evaluation = {
    type: /** @type {const} */ ("evaluation"),
    run: "a",
    loss: 1,
    nCorrect: 1,
    nImages: 2,
    nTotal: 9,
  };
  const page = after(LOADED, enter("a", "training"), enter("a", "finished"), {
    ...evaluation,
    done: false,
    atEpoch: 1,
    answers: null,
  });
  assert.equal(state.currentRun(page)?.testing?.nImages, 2);
  for (const event of [
    enter("b", "training"),
    enter("d", "ready"),
    { type: /** @type {const} */ ("empty"), memoryBytes: 0 },
  ]) {
    assert.equal(after(page, event).runs[0]?.testing, null, event.type);
  }
  assert.equal(state.currentRun(state.evaluationOver(page))?.testing, null);
});

test("a crash keeps what the page has of its runs, and after three in a row nothing is tried again", () => {
  const crash = { type: /** @type {const} */ ("crashed"), message: "out of bounds" };
  const page = after(LOADED, enter("a", "training"), crash);
  assert.deepEqual([page.data, page.current, page.runs[0]?.state], [null, null, "stopped"]);
  assert.ok(state.triesAgain(page));
  const again = after(page, crash, crash);
  assert.equal(state.triesAgain(again), false);
  const well = after(page, enter("b", "training"), { type: "epochs", run: "b", epochs: [epoch(1)] }, crash, crash);
  assert.ok(state.triesAgain(well));
});

test("of two loads the later counts, whichever ends first", () => {
  const [early, late] = [
    { kind: /** @type {const} */ ("bundled") },
    { kind: /** @type {const} */ ("files"), files: [] },
  ];
  const page = state.loadBegun(state.loadBegun(LOADED, early), late);
  assert.equal(state.dataLoaded(page, early, DATA), page);
  assert.equal(state.loadFailed(page, early), page);
  assert.deepEqual(state.dataLoaded(page, late, DATA).source, late);
  assert.equal(state.loadFailed(page, late).loading, null);
});

test("other data has its own presets, and what was changed stays", () => {
  const edited = state.recipeEdited(LOADED, { ...RECIPE, learningRate: 0.5 });
  const layers = RECIPE.layers.map((layer) =>
    layer.kind === "dense" && layer.units === 10 ? { ...layer, units: 3 } : layer,
  );
  const presets = [{ name: "Better answer", note: "", recipe: { ...RECIPE, layers, batchSize: 8 } }];
  const { recipe, presetRecipe } = state.presetsArrived(edited, presets, 3);
  assert.deepEqual(presetRecipe, { ...RECIPE, layers, batchSize: 8 });
  assert.deepEqual(recipe, { ...RECIPE, layers, batchSize: 8, learningRate: 0.5 });
});

test("a recipe that is a preset's is recognised; of another it is known what it began as", () => {
  const [byHand] = PRESETS;
  assert.ok(byHand);
  assert.equal(state.recipeOpened(LOADED, byHand.recipe).presetName, "By hand");
  const other = { ...RECIPE, epochs: 77 };
  const opened = state.recipeOpened(LOADED, other, "By hand");
  assert.equal(opened.presetName, "By hand");
  assert.deepEqual(opened.recipe, other);
  assert.ok(state.isChanged(opened));
});

test("a learning rate set by hand belongs to the run that is under way, and to no other", () => {
  const page = after(LOADED, enter("a", "training"));
  assert.deepEqual(state.currentRun(state.rateSetByHand(page, 0.5))?.handSet, [{ epoch: 1, rate: 0.5 }]);
  const over = after(page, enter("a", "finished"));
  assert.equal(state.rateSetByHand(over, 0.5), over);
});

test("the page knows the module's memory from whatever event tells it", () => {
  assert.equal(after(LOADED, enter("a", "ready")).memoryBytes, 7);
  assert.equal(after(LOADED, enter("a", "training"), progress({ memoryBytes: 9 })).memoryBytes, 9);
});

test("no function of the state changes what it is given", () => {
  const page = after(LOADED, enter("a", "training"));
  const copy = structuredClone(page);
  after(
    page,
    progress(),
    { type: "epochs", run: "a", epochs: [epoch(1)] },
    enter("b", "training"),
    enter("c", "ready"),
  );
  state.rateSetByHand(page, 1);
  state.presetChosen(page, "By hand");
  assert.deepEqual(page, copy);
  assert.equal(run().epochs.length, 0);
});
