import assert from "node:assert/strict";
import test from "node:test";
import { Engine } from "../../../www/worker/engine.js";

/** @typedef {import("../../../www/protocol/events.js").WorkerEvent} WorkerEvent */

const STEP_MS = 4;

/** A session of 100 images an epoch, ten a step, on a clock that only its work moves. */
function setUp({ epochs = 2, divergesAt = Infinity } = {}) {
  let now = 0;
  let imagesDone = 0;
  let epoch = 1;
  let evaluated = 0;
  let nSteps = 0;
  const session = {
    loadStaged: () => ({ rows: 28, cols: 28, nClasses: 10, training: { nImages: 100 }, test: { nImages: 40 } }),
    configure(/** @type {object} */ recipe) {
      imagesDone = nSteps = 0;
      epoch = 1;
      return {
        recipe: { ...recipe, epochs, seed: 1 },
        network: {},
        nTraining: 100,
        nValidation: 0,
        batchesPerEpoch: 10,
      };
    },
    step() {
      now += STEP_MS;
      nSteps += 1;
      if (imagesDone === 100) {
        imagesDone = 0;
        epoch += 1;
      }
      imagesDone += 10;
      const isEpochEnd = imagesDone === 100;
      const status = nSteps === divergesAt ? "diverged" : isEpochEnd && epoch === epochs ? "finished" : "training";
      const epochEnd = isEpochEnd
        ? { epoch, trainingLoss: 1, trainingAccuracy: 0.5, validationLoss: null, validationAccuracy: null }
        : null;
      return { epoch, imagesDone, updates: nSteps, batch: { loss: 1, accuracy: 0.5, nBatches: 1 }, epochEnd, status };
    },
    describe: () => ({}),
    beginEvaluation: () => (evaluated = 0),
    evaluateStep() {
      now += STEP_MS;
      evaluated += 20;
      return { loss: 1, nCorrect: evaluated, nImages: evaluated, done: evaluated === 40 };
    },
  };
  /** @type {WorkerEvent[]} */
  const events = [];
  /** @type {(() => void)[]} */
  const turns = [];
  const engine = new Engine(/** @type {any} */ (session), {
    post: (event) => events.push(event),
    defer: (turn) => turns.push(turn),
    now: () => now,
    memoryBytes: () => 0,
  });
  return {
    engine,
    events,
    /** Lets the worker's queue run, at most so many turns. */
    run(nTurns = Infinity) {
      for (let i = 0; i < nTurns && turns.length > 0; i++) turns.shift()?.();
    },
    wait: (/** @type {number} */ ms) => (now += ms),
    states: () => events.flatMap((event) => (event.type === "state" ? [event.state] : [])),
    epochs: () => events.flatMap((event) => (event.type === "epochs" ? event.epochs : [])),
    points: () => events.flatMap((event) => (event.type === "progress" ? event.points : [])),
    steps: () => nSteps,
  };
}

const RECIPE = /** @type {any} */ ({});

test("a run goes from empty to finished, reports every epoch and batch, and is evaluated at its end", () => {
  const { engine, events, run, states, epochs, points } = setUp();
  engine.takeStagedData();
  engine.configure(RECIPE);
  engine.train(RECIPE);
  run();
  assert.deepEqual(states(), ["empty", "ready", "training", "finished"]);
  assert.deepEqual(
    epochs().map(({ epoch }) => epoch),
    [1, 2],
  );
  assert.equal(
    points().reduce((sum, { nBatches }) => sum + nBatches, 0),
    20,
  );
  assert.equal(points().at(-1)?.x, 2);
  const last = events.at(-1);
  assert.ok(last?.type === "evaluation" && last.done);
  assert.equal(last.atEpoch, 2);
});

test("checking a recipe makes an untrained network anew, but never ends a run", () => {
  const { engine, states } = setUp();
  engine.takeStagedData();
  engine.check(RECIPE);
  engine.check(RECIPE);
  engine.train(RECIPE);
  engine.check(RECIPE);
  engine.pause();
  engine.check(RECIPE);
  assert.deepEqual(states(), ["empty", "ready", "ready", "training", "paused"]);
});

test("a turn lets go after a few milliseconds, so that messages are answered", () => {
  const { engine, run, steps } = setUp();
  engine.train(RECIPE);
  run(1);
  assert.ok(steps() * STEP_MS <= 16, `${steps()} steps in one turn`);
});

test("paused means no step, resumed means from where it was, and an epoch's seconds leave the pause out", () => {
  const { engine, run, wait, steps, epochs, states } = setUp();
  engine.train(RECIPE);
  run(1);
  engine.pause();
  const before = steps();
  run();
  assert.equal(steps(), before);
  wait(60_000);
  engine.resume();
  run();
  assert.deepEqual(states(), ["training", "paused", "training", "finished"]);
  for (const { seconds } of epochs()) assert.ok(Math.abs(seconds - (10 * STEP_MS) / 1000) < 1e-9, `${seconds} s`);
});

test("what does not apply in a state changes nothing", () => {
  const { engine, states } = setUp();
  engine.pause();
  engine.resume();
  engine.stop();
  engine.configure(RECIPE);
  engine.resume();
  assert.deepEqual(states(), ["ready"]);
});

test("the last batches are told before the end of the run", () => {
  const { engine, events, run } = setUp({ divergesAt: 3 });
  engine.train(RECIPE);
  run();
  assert.equal(events.at(-1)?.type, "state");
  assert.deepEqual(events.at(-1), {
    type: "state",
    state: "diverged",
    run: /** @type {any} */ (events[0]).run,
    memoryBytes: 0,
  });
  assert.equal(events.at(-2)?.type, "progress");
});

test("training waits for an evaluation, whose time is not the epoch's", async () => {
  const { engine, run, epochs, steps } = setUp();
  engine.takeStagedData();
  engine.train(RECIPE);
  run(1);
  const before = steps();
  const evaluation = engine.evaluate();
  run(1);
  assert.ok(steps() - before <= 3);
  assert.equal((await evaluation)?.nCorrect, 40);
  run();
  for (const { seconds } of epochs()) assert.ok(seconds < (11 * STEP_MS) / 1000, `${seconds} s`);
});

test("an evaluation of a network that is gone is given up", async () => {
  const { engine } = setUp();
  engine.takeStagedData();
  engine.configure(RECIPE);
  const evaluation = engine.evaluate();
  engine.configure(RECIPE);
  assert.equal(await evaluation, undefined);
});

test("data is not exchanged under a run, and there is nothing to evaluate without data", () => {
  const { engine } = setUp();
  assert.throws(() => engine.evaluate(), /no network/);
  engine.train(RECIPE);
  assert.throws(() => engine.takeStagedData(), /Stop the training first/);
  assert.throws(() => engine.evaluate(), /no test set/);
});
