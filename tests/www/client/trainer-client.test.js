import assert from "node:assert/strict";
import test from "node:test";
import { CrashError, TrainerClient, TrainerError } from "../../../www/client/trainer-client.js";

/** @typedef {import("../../../www/protocol/events.js").WorkerEvent} WorkerEvent */

/** Keeps what it is told, and says what the test has it say. */
class FakeWorker extends EventTarget {
  /** @type {any[]} */ requests = [];
  isTerminated = false;

  /** @param {any} message */
  postMessage(message) {
    this.requests.push(message);
  }

  terminate() {
    this.isTerminated = true;
  }

  /** @param {unknown} data */
  say(data) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  break() {
    this.dispatchEvent(Object.assign(new Event("error", { cancelable: true }), { message: "no such script" }));
  }
}

const UNABLE = { type: "unable", message: "no SIMD" };

function setUp() {
  /** @type {FakeWorker[]} */
  const workers = [];
  /** @type {WorkerEvent[]} */
  const events = [];
  const client = new TrainerClient(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return /** @type {any} */ (worker);
    },
    async (message) => `It did not load: ${message}.`,
  );
  client.listen((event) => events.push(event));
  /** @param {number} i */
  const worker = (i) => {
    const found = workers[i];
    assert.ok(found, `worker ${i} was not started`);
    return found;
  };
  return { client, events, workers, worker };
}

test("each reply finds its request, in whatever order they come", async () => {
  const { client, worker } = setUp();
  const first = client.request({ type: "presets", data: { nImages: 100, rows: 28, cols: 28, nClasses: 10 } });
  const second = client.request({ type: "pause" });
  const [{ id: firstId, type }, { id: secondId }] = worker(0).requests;
  assert.equal(type, "presets");
  worker(0).say({ type: "reply", id: secondId, value: "second" });
  worker(0).say({ type: "reply", id: firstId, value: "first" });
  assert.deepEqual(await Promise.all([first, second]), ["first", "second"]);
});

test("a failure rejects with its message and the field that it is about", async () => {
  const { client, worker } = setUp();
  const asked = client.request({ type: "evaluate" });
  worker(0).say({ type: "failure", id: worker(0).requests[0].id, message: "too many", field: "layers[2].units" });
  await assert.rejects(asked, (error) => {
    assert.ok(error instanceof TrainerError);
    assert.deepEqual([error.message, error.field], ["too many", "layers[2].units"]);
    return true;
  });
});

test("the worker is started at once, and what it says before anybody listens is kept", () => {
  const worker = new FakeWorker();
  const client = new TrainerClient(
    () => /** @type {any} */ (worker),
    async () => "",
  );
  const event = { type: "loadProgress", loadedBytes: 1, totalBytes: 2 };
  worker.say({ type: "started" });
  worker.say(event);
  worker.break();
  /** @type {WorkerEvent[]} */
  const events = [];
  client.listen((each) => events.push(each));
  assert.deepEqual(events, [event, { type: "crashed", message: "no such script" }]);
});

test("events reach the listener as they are", () => {
  const { client, events, worker } = setUp();
  void client.request({ type: "pause" });
  const event = { type: "loadProgress", loadedBytes: 1, totalBytes: 2 };
  worker(0).say(event);
  assert.deepEqual(events, [event]);
});

for (const [name, crash] of /** @type {const} */ ([
  ["a panic", (/** @type {FakeWorker} */ worker) => worker.say({ type: "crashed", message: "out of bounds" })],
  ["an error that nobody caught", (/** @type {FakeWorker} */ worker) => worker.break()],
])) {
  test(`after ${name} what was asked is rejected, and the next request starts another worker`, async () => {
    const { client, events, workers, worker } = setUp();
    worker(0).say({ type: "started" });
    await client.settled;
    const orphans = [client.request({ type: "pause" }), client.request({ type: "stop" })];
    crash(worker(0));
    for (const orphan of orphans) await assert.rejects(orphan, CrashError);
    assert.equal(worker(0).isTerminated, true);
    assert.deepEqual(
      events.map(({ type }) => type),
      ["crashed"],
    );
    assert.equal(workers.length, 1, "a worker is started when it is wanted");

    const asked = client.request({ type: "pause" });
    worker(0).say({ type: "state", state: "training", run: null, memoryBytes: 0 });
    assert.equal(events.length, 1, "a worker that is gone has nothing more to say");
    worker(1).say({ type: "reply", id: worker(1).requests[0].id, value: 7 });
    assert.equal(await asked, 7);
  });
}

for (const [name, fail, sentence] of /** @type {const} */ ([
  [
    "says that it is unable",
    (/** @type {FakeWorker} */ worker) => worker.say(UNABLE),
    "The trainer could not start. no SIMD",
  ],
  [
    "does not load",
    (/** @type {FakeWorker} */ worker) => worker.break(),
    "The trainer could not start. It did not load: no such script.",
  ],
])) {
  test(`a worker that ${name} is no crash: what was asked and is asked is refused with the reason`, async () => {
    const { client, events, workers, worker } = setUp();
    const asked = client.request({ type: "pause" });
    fail(worker(0));
    const askedMeanwhile = client.request({ type: "stop" });
    for (const each of [asked, askedMeanwhile]) await assert.rejects(each, new TrainerError(sentence));
    await client.settled;
    await assert.rejects(client.request({ type: "pause" }), new TrainerError(sentence));
    assert.deepEqual([events, workers.length, worker(0).isTerminated], [[], 1, true]);
  });
}

test("after a crash, a worker that does not load is no crash either", async () => {
  const { client, events, worker } = setUp();
  worker(0).say({ type: "started" });
  worker(0).say({ type: "crashed", message: "out of bounds" });
  const asked = client.request({ type: "pause" });
  worker(1).break();
  await assert.rejects(asked, TrainerError);
  assert.equal(events.length, 1);
});

test("a reason that cannot be looked up leaves one that is true", async () => {
  const worker = new FakeWorker();
  const client = new TrainerClient(
    () => /** @type {any} */ (worker),
    () => Promise.reject(new Error("no answer")),
  );
  worker.break();
  await assert.rejects(
    client.request({ type: "pause" }),
    /^TrainerError: The trainer could not start\. Reload the page\.$/,
  );
});
