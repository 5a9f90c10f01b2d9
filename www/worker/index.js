/**
 * The worker: answers the page's requests with the session's means. What it may throw goes back as a failure; a panic
 * of the module leaves it unusable, so that is told as a crash, and the page starts a new worker.
 *
 * @typedef {import("../protocol/requests.js").Request} Request
 * @typedef {import("../protocol/events.js").WorkerMessage} WorkerMessage
 */
import init, { memoryBytes, onPanic, presets, Session } from "../wasm/hellonn.js";
import { Engine } from "./engine.js";
import { readFiles } from "./read-files.js";

const turns = new MessageChannel();
/** @type {(() => void)[]} */
const dueTurns = [];
turns.port1.onmessage = () => {
  try {
    dueTurns.shift()?.();
  } catch (error) {
    crash(error);
  }
};

/** The text of the module's panic: the trap that follows says no more than "unreachable". */
let panic = "";

const starting = init().then(
  () => {
    onPanic((text) => {
      panic = text.split("\n", 2).join(" ");
    });
    return new Engine(new Session(), {
      post,
      memoryBytes,
      now: () => performance.now(),
      defer(turn) {
        dueTurns.push(turn);
        turns.port2.postMessage(null);
      },
    });
  },
  (error) => {
    throw new Error(
      `The trainer could not be loaded (${error.message}). It needs WebAssembly with SIMD; try to reload the page.`,
    );
  },
);
// Each request reports the failure; without one there is nobody to tell yet.
starting.catch(() => {});

/** @type {AbortController | null} */
let loading = null;

self.onmessage = async (/** @type {MessageEvent<Request & {id: number}>} */ { data: request }) => {
  const { id } = request;
  try {
    const engine = await starting;
    const value = await answer(engine, request);
    post({ type: "reply", id, value });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return crash(error);
    const { message, field } = /** @type {Error & {field?: string}} */ (error);
    post({ type: "failure", id, message, field });
  }
};

/**
 * @param {Engine} engine
 * @param {Request} request
 * @returns {unknown}
 */
function answer(engine, request) {
  switch (request.type) {
    case "presets":
      return presets(request.data);
    case "load":
      return load(engine, request.source);
    case "samples":
      return engine.session.samples("training", request.indices);
    case "augmentedSamples":
      return engine.session.augmentedSamples(request.augmentation, request.indices, request.seed);
    case "describeLayers":
      return engine.session.describeLayers(request.layers);
    case "describe":
      return engine.session.describe(request.recipe);
    case "check":
      return engine.check(request.recipe);
    case "reset":
      return engine.configure(request.recipe);
    case "train":
      return engine.train(request.recipe);
    case "pause":
      return engine.pause();
    case "resume":
      return engine.resume();
    case "stop":
      return engine.stop();
    case "setLearningRate":
      return engine.session.setLearningRate(request.rate);
    case "evaluate":
      return engine.evaluate();
    case "predict":
      return engine.session.predict(request.drawing);
  }
}

/**
 * The latest load wins: one that is still under way is given up.
 * @param {Engine} engine
 * @param {import("../protocol/requests.js").DataSource} source
 */
async function load(engine, source) {
  engine.requireNoRun();
  loading?.abort();
  const { signal } = (loading = new AbortController());
  engine.session.discardStaged();
  let toldAt = 0;
  try {
    await readFiles(source, {
      signal,
      onProgress(loadedBytes, totalBytes) {
        if (performance.now() - toldAt < 30) return;
        toldAt = performance.now();
        post({ type: "loadProgress", loadedBytes, totalBytes });
      },
      onFile: (name, bytes) => engine.session.stageFile(name, bytes),
    });
    return engine.takeStagedData();
  } catch (error) {
    if (!signal.aborted && !(error instanceof WebAssembly.RuntimeError)) engine.session.discardStaged();
    throw error;
  }
}

/** @param {unknown} error */
function crash(error) {
  const message = panic || (error instanceof Error ? error.message : String(error));
  post({ type: "crashed", message });
}

/** @param {WorkerMessage} message */
function post(message) {
  self.postMessage(message);
}
