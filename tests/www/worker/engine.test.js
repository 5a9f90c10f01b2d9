import assert from "node:assert/strict";
import test from "node:test";
import { Engine } from "../../../www/worker/engine.js";
import { epoch, RECIPE, summaryOf } from "../support/values.js";

/** @typedef {import("../../../www/protocol/events.js").WorkerEvent} WorkerEvent */

const STEP_MS = 4;

/** @type {import("../../../www/protocol/requests.js").DataSummary} */
const DATA = {
  rows: 28,
  cols: 28,
  nClasses: 10,
  training: { nImages: 100, classCounts: [] },
  test: { nImages: 40, classCounts: [] },
  fingerprint: "0123456789abcdef",
};

/**
 * @param {number} epoch
 * @param {number} imagesDone
 * @param {import("../../../www/wasm/hellonn.js").Status} status
 * @param {number | null} [bestEpoch]
 * @returns {import("../../../www/wasm/hellonn.js").StepReport}
 */
function report(epoch, imagesDone, status, bestEpoch = null) {
  return { epoch, imagesDone, updates: 0, learningRate: 0.1, batch: null, epochEnd: null, bestEpoch, status };
}

/**
 * A session of 100 images an epoch, ten a step, on a clock that only its work moves.
 * @param {{epochs?: number, divergesAt?: number, bestEpoch?: number | null, keepingMs?: number}} [session]
 */
function setUp({ epochs = 2, divergesAt = Infinity, bestEpoch = null, keepingMs = 0 } = {}) {
  let now = 0;
  let imagesDone = 0;
  let epoch = 1;
  let evaluated = 0;
  let nSteps = 0;
  /** @type {import("../../../www/worker/engine.js").Session} */
  const session = {
    loadStaged: () => DATA,
    describe: (recipe) => summaryOf(recipe),
    configure(recipe) {
      imagesDone = nSteps = 0;
      epoch = 1;
      return summaryOf({ ...recipe, epochs, seed: 1 });
    },
    // Taken from the run when it stood where the first byte says, in epochs.
    resume(bytes, more) {
      if (bytes.length === 0) throw new Error("the checkpoint is empty");
      epoch = bytes[0] ?? 0;
      imagesDone = 100;
      const status = epoch >= (more ?? epochs) ? "finished" : "training";
      return { run: summaryOf({ ...RECIPE, epochs: more ?? epochs, seed: 1 }), report: report(epoch, 100, status) };
    },
    openWeights(recipe, parameters) {
      if (parameters.length === 0) throw new Error("expected 2 numbers, found 0");
      return { run: summaryOf({ ...recipe, epochs, seed: 1 }), report: report(1, 0, "training") };
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
      const batch = { loss: 1, accuracy: 0.5, nBatches: 1 };
      return { ...report(epoch, imagesDone, status, bestEpoch), updates: nSteps, batch, epochEnd };
    },
    checksum: () => "00000000000000ff",
    checkpoint: () => Uint8Array.of(1, 2, 3),
    beginEvaluation: () => {
      evaluated = 0;
    },
    evaluateStep() {
      now += STEP_MS;
      evaluated += 20;
      return { loss: 1, nCorrect: evaluated, nImages: evaluated, done: evaluated === 40 };
    },
    testAnswers: () => new Uint8Array(evaluated),
    predict: () => ({ digit: 3, scores: [0.1, 0.9], areProbabilities: true, image: new Uint8Array(4) }),
  };
  /** @type {WorkerEvent[]} */
  const events = [];
  /** @type {(() => void)[]} */
  const turns = [];
  /** @type {{run: string, weights: import("../../../www/protocol/events.js").Weights, nTold: number}[]} */
  const kept = [];
  const engine = new Engine(session, {
    post: (event) => events.push(event),
    keep(run, weights) {
      now += keepingMs;
      kept.push({
        run,
        weights,
        nTold: events.flatMap((event) => (event.type === "epochs" ? event.epochs : [])).length,
      });
    },
    defer: (turn) => turns.push(turn),
    now: () => now,
    memoryBytes: () => 0,
  });
  return {
    engine,
    events,
    kept,
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

/** Of a run after so many epochs. @param {number} n @returns {import("../../../www/protocol/events.js").Weights} */
function weightsAt(n) {
  const epochs = Array.from({ length: n }, (_, i) => epoch(i + 1));
  return { checkpoint: Uint8Array.of(n), epochs, secondsInEpoch: 0 };
}

test("a run goes from empty to finished, reports every epoch and batch, and is evaluated at its end", () => {
  const { engine, events, run, states, epochs, points } = setUp();
  engine.takeStagedData();
  engine.reset("draft", RECIPE);
  engine.train("run", RECIPE);
  run();
  assert.deepEqual(states(), ["ready", "training", "finished"]);
  assert.equal(events[0]?.type, "empty");
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

test("a run that kept its best epoch's weights is evaluated as of that epoch, and as it stands where it is stopped", () => {
  const { engine, events, run } = setUp({ epochs: 3, bestEpoch: 1 });
  const evaluated = () => events.flatMap((event) => (event.type === "evaluation" && event.done ? [event.atEpoch] : []));
  engine.takeStagedData();
  engine.train("whole", RECIPE);
  run();
  assert.deepEqual(evaluated(), [1]);
  engine.train("stopped", RECIPE);
  run(1);
  engine.stop();
  void engine.evaluate();
  run();
  assert.equal(evaluated().length, 2);
  assert.ok(Number(evaluated()[1]) < 1, `${evaluated()}`);
});

test("preparing a recipe makes an untrained network anew, but never ends a run", () => {
  const { engine, states } = setUp();
  engine.takeStagedData();
  engine.prepare("draft", RECIPE);
  engine.prepare("draft", RECIPE);
  engine.train("run", RECIPE);
  engine.prepare("draft", RECIPE);
  engine.pause();
  engine.prepare("draft", RECIPE);
  assert.deepEqual(states(), ["ready", "ready", "training", "paused"]);
});

test("a turn lets go after a few milliseconds, so that messages are answered", () => {
  const { engine, run, steps } = setUp();
  engine.train("run", RECIPE);
  run(1);
  assert.ok(steps() * STEP_MS <= 16, `${steps()} steps in one turn`);
});

test("paused means no step, resumed means from where it was, and an epoch's seconds leave the pause out", () => {
  const { engine, run, wait, steps, epochs, states } = setUp();
  engine.train("run", RECIPE);
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
  engine.reset("draft", RECIPE);
  engine.resume();
  assert.deepEqual(states(), ["ready"]);
});

test("the last batches are told before the end of the run, and then what came of it", () => {
  const { engine, events, run } = setUp({ divergesAt: 3 });
  engine.train("run", RECIPE);
  run();
  assert.deepEqual(
    events.slice(-3).map((event) => event.type),
    ["progress", "state", "weights"],
  );
  const [state, weights] = events.slice(-2);
  assert.ok(state?.type === "state" && state.state === "diverged");
  assert.deepEqual(weights, {
    type: "weights",
    run: "run",
    checksum: "00000000000000ff",
    weights: { checkpoint: Uint8Array.of(1, 2, 3), epochs: [], secondsInEpoch: (3 * STEP_MS) / 1000 },
  });
});

test("every event of a run says which it is, and the next run's say the next", () => {
  const { engine, events, run } = setUp();
  engine.takeStagedData();
  engine.train("first", RECIPE);
  run();
  const nFirst = events.length;
  engine.train("second", RECIPE);
  run();
  const ids = events.map((event) => ("run" in event ? event.run : null));
  assert.deepEqual(new Set(ids.slice(1, nFirst)), new Set(["first"]));
  assert.deepEqual(new Set(ids.slice(nFirst)), new Set(["second"]));
});

test("a reset ends the run that was under way, whose weights are kept, before there is another network", () => {
  const { engine, events, states } = setUp();
  engine.train("run", RECIPE);
  engine.pause();
  engine.reset("draft", RECIPE);
  assert.deepEqual(states(), ["training", "paused", "stopped", "ready"]);
  const ids = events.map((event) => ("run" in event ? `${event.type} ${event.run}` : event.type));
  assert.deepEqual(ids.slice(-3), ["state run", "weights run", "state draft"]);
});

test("so does a run that begins", () => {
  const { engine, events } = setUp();
  engine.train("first", RECIPE);
  engine.train("second", RECIPE);
  const told = events.map((event) => (event.type === "state" ? `${event.run} ${event.state}` : event.type));
  assert.deepEqual(told, ["first training", "first stopped", "weights", "second training"]);
});

test("a run that is over is taken up again as it ended, and is not trained or evaluated by that", () => {
  const { engine, events, run, states, steps } = setUp();
  engine.takeStagedData();
  engine.open("old", weightsAt(2));
  run();
  assert.deepEqual(states(), ["finished"]);
  assert.equal(steps(), 0);
  assert.equal(engine.predict({ strokes: [], penRadius: 1 })?.run, "old");
  assert.deepEqual(new Set(events.map(({ type }) => type)), new Set(["empty", "state"]));
});

test("a run is not taken up in the middle of another, nor from what is no checkpoint", () => {
  const { engine, states } = setUp();
  assert.throws(() => engine.open("old", { ...weightsAt(1), checkpoint: new Uint8Array() }), /empty/);
  engine.train("run", RECIPE);
  assert.throws(() => engine.open("old", weightsAt(1)), /Stop the training first/);
  assert.deepEqual(states(), ["training"]);
});

test("weights from elsewhere make a stopped run of no epoch, with a checkpoint of its own", () => {
  const { engine, events, states, steps, run } = setUp();
  engine.takeStagedData();
  assert.throws(() => engine.openWeights("theirs", RECIPE, new Float32Array()), /expected 2 numbers/);
  assert.deepEqual(states(), []);
  engine.openWeights("theirs", RECIPE, new Float32Array(1));
  engine.prepare("next", RECIPE);
  run();
  assert.deepEqual(states(), ["stopped"]);
  assert.equal(steps(), 0);
  assert.equal(engine.predict({ strokes: [], penRadius: 1 })?.run, "theirs");
  const weights = events.at(-1);
  assert.ok(weights?.type === "weights" && weights.run === "theirs" && weights.checksum === "00000000000000ff");
  engine.train("run", RECIPE);
  assert.throws(() => engine.openWeights("theirs", RECIPE, new Float32Array(1)), /Stop the training first/);
});

test("a run that is taken up goes on where it was, and tells of the epochs before", () => {
  const { engine, run, states, epochs, steps } = setUp({ epochs: 3 });
  engine.takeStagedData();
  engine.continue("old", weightsAt(1), null);
  run();
  assert.deepEqual(states(), ["training", "finished"]);
  assert.deepEqual(
    epochs().map(({ epoch }) => epoch),
    [1, 2, 3],
  );
  assert.equal(steps(), 20);
});

test("a run that was over when its page ended is over, and is not trained again", () => {
  const { engine, run, states, steps, kept } = setUp();
  engine.takeStagedData();
  engine.continue("old", weightsAt(2), null);
  run();
  assert.deepEqual(states(), ["training", "finished"]);
  assert.equal(steps(), 0);
  assert.equal(kept.at(-1)?.weights.epochs.length, 2);
});

test("each epoch is kept before it is told, and a pause and the end are", () => {
  const { engine, run, kept, events } = setUp({ epochs: 3 });
  engine.takeStagedData();
  engine.train("run", RECIPE);
  run();
  assert.ok(kept.length >= 2);
  for (const { weights, nTold } of kept) assert.ok(weights.epochs.length > nTold, `${nTold} were told before`);
  assert.equal(kept.at(-1)?.weights.epochs.length, 3);
  const last = events.findLast(({ type }) => type === "weights");
  assert.ok(last?.type === "weights" && last.weights === kept.at(-1)?.weights);
  engine.train("other", RECIPE);
  engine.pause();
  assert.deepEqual([kept.at(-1)?.run, kept.at(-1)?.weights.epochs], ["other", []]);
});

test("where keeping takes long, not every epoch is kept", () => {
  const N_EPOCHS = 200;
  const KEEPING_MS = 10;
  const { engine, run, kept, steps } = setUp({ epochs: N_EPOCHS, keepingMs: KEEPING_MS });
  engine.takeStagedData();
  engine.train("run", RECIPE);
  run();
  const share = (kept.length * KEEPING_MS) / (steps() * STEP_MS);
  assert.ok(share < 0.03 && share > 0.01, `${share} of the time`);
});

test("training waits for an evaluation, whose time is not the epoch's", async () => {
  const { engine, run, epochs, steps } = setUp();
  engine.takeStagedData();
  engine.train("run", RECIPE);
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
  engine.reset("draft", RECIPE);
  const evaluation = engine.evaluate();
  engine.reset("draft", RECIPE);
  assert.equal(await evaluation, undefined);
});

test("data is not exchanged under a run, and there is nothing to evaluate without data", () => {
  const { engine } = setUp();
  assert.throws(() => engine.evaluate(), /no network/);
  engine.train("run", RECIPE);
  assert.throws(() => engine.takeStagedData(), /Stop the training first/);
  assert.throws(() => engine.evaluate(), /no test set/);
});
