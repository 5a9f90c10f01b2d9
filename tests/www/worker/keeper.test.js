import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout } from "node:timers/promises";
import { Keeper } from "../../../www/worker/keeper.js";

const WEIGHTS = { checkpoint: Uint8Array.of(1), epochs: [], secondsInEpoch: 0 };

/** A keeper with a store that answers when it is told to. @param {Error | null} [refusal] */
function setUp(refusal = null) {
  /** @type {import("../../../www/protocol/events.js").WorkerMessage[]} */
  const posted = [];
  /** @type {(() => void)[]} */
  const answers = [];
  const store = {
    putWeights: () =>
      new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
        answers.push(() => (refusal === null ? resolve() : reject(refusal)));
      }),
    weights: async () => WEIGHTS,
  };
  const keeper = new Keeper(
    (message) => posted.push(message),
    async () => store,
  );
  return {
    keeper,
    posted,
    types: () => posted.map(({ type }) => type),
    async answer() {
      await setTimeout();
      answers.shift()?.();
      await setTimeout();
    },
  };
}

/** @type {import("../../../www/protocol/events.js").WorkerMessage} */
const EPOCHS = { type: "epochs", run: "a", epochs: [] };

/** @type {import("../../../www/protocol/events.js").WorkerMessage} */
const OVER = { type: "weights", run: "a", checksum: "ff", weights: WEIGHTS };

test("what is posted while something is being kept waits, and keeps its order", async () => {
  const { keeper, types, answer } = setUp();
  keeper.post({ type: "loadProgress", loadedBytes: 1, totalBytes: null });
  keeper.keep("a", WEIGHTS);
  keeper.post(EPOCHS);
  keeper.keep("a", WEIGHTS);
  keeper.post({ type: "reply", id: 1, value: null });
  assert.deepEqual(types(), ["loadProgress"]);
  await answer();
  assert.deepEqual(types(), ["loadProgress"], "the second is on its way");
  await answer();
  assert.deepEqual(types(), ["loadProgress", "epochs", "reply"]);
});

test("the page is told that the weights are kept, and gets them where they are not", async () => {
  const kept = setUp();
  kept.keeper.keep("a", WEIGHTS);
  kept.keeper.post(OVER);
  await kept.answer();
  assert.deepEqual(kept.posted, [{ ...OVER, weights: null }]);

  const refused = setUp(new DOMException("no room", "QuotaExceededError"));
  refused.keeper.keep("a", WEIGHTS);
  refused.keeper.post(OVER);
  await refused.answer();
  assert.deepEqual(refused.posted, [{ type: "notKept", run: "a", message: "no room" }, OVER]);
});

test("weights are read after what is being kept", async () => {
  const { keeper, answer } = setUp();
  keeper.keep("a", WEIGHTS);
  let found = null;
  const reading = keeper.weights("a").then((weights) => {
    found = weights;
  });
  await setTimeout();
  assert.equal(found, null);
  await answer();
  await reading;
  assert.equal(found, WEIGHTS);
});
