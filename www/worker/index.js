/**
 * The worker: answers the page's requests with the session's means. What it may throw goes back as a failure; a panic
 * of the module leaves it unusable, so that is told as a crash, and the page starts a new worker. Before all else, it
 * says whether it can start.
 *
 * @typedef {import("../protocol/requests.js").Request} Request
 * @typedef {import("../protocol/events.js").Weights} Weights
 * @typedef {import("../protocol/events.js").WorkerMessage} WorkerMessage
 */
import { browserLocks, RunLock } from "../runs/locks.js";
import init, { mcnemar, memoryBytes, onPanic, presets, Session, verdict } from "../wasm/hellonn.js";
import { Engine } from "./engine.js";
import { exported, firstUpdates } from "./export.js";
import { Keeper } from "./keeper.js";
import { readFiles } from "./read-files.js";
import { summaryOf } from "./summary.js";

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

const lock = new RunLock(browserLocks());

// The database's module is fetched when there is something to keep: what shows the page comes first.
const keeper = new Keeper(
  (message, transfer) => self.postMessage(message, { transfer }),
  async () => (await import("../runs/store.js")).RunStore.open(),
);

const starting = start();

/** @returns {Promise<{session: Session, engine: Engine} | null>} null: the page has been told why there is neither */
async function start() {
  try {
    await init();
    onPanic((text) => {
      panic = text.split("\n", 2).join(" ");
    });
    const session = new Session();
    const keep = keeper.keep.bind(keeper);
    const engine = new Engine(session, { post, keep, memoryBytes, now: () => performance.now(), defer });
    post({ type: "started" });
    return { session, engine };
  } catch (error) {
    const said = inWords(error);
    const reason = import("../start/why.js").then(({ why }) => why("worker/index.js", said));
    post({ type: "unable", message: await reason.catch(() => said) });
    return null;
  }
}

/** @param {() => void} turn */
function defer(turn) {
  dueTurns.push(turn);
  turns.port2.postMessage(null);
}

/** @type {AbortController | null} */
let loading = null;

self.onmessage = async (/** @type {MessageEvent<Request & {id: number}>} */ { data: request }) => {
  const { id } = request;
  const means = await starting;
  if (means === null) return;
  try {
    const value = await answer(means, request);
    post({ type: "reply", id, value });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return crash(error);
    const { message, field, others } =
      /** @type {Error & {field?: string, others?: import("../protocol/requests.js").FieldError[]}} */ (error);
    post({ type: "failure", id, message, field, others });
  }
};

/**
 * What concerns the state goes to the engine; what only looks something up, to the session.
 * @param {{engine: Engine, session: Session}} means
 * @param {Request} request
 * @returns {unknown}
 */
function answer({ engine, session }, request) {
  switch (request.type) {
    case "presets":
      return presets(request.data);
    case "load":
      return load(engine, session, request.source);
    case "samples":
      return session.samples(request.set ?? "training", request.indices);
    case "augmentedSamples":
      return session.augmentedSamples(request.augmentation, request.indices, request.seed);
    case "describeLayers":
      return session.describeLayers(request.layers);
    case "describe":
      return session.describe(request.recipe);
    case "prepare":
      return engine.prepare(request.run, request.recipe);
    case "reset":
      return engine.reset(request.run, request.recipe);
    case "train":
      return engine.train(request.run, request.recipe);
    case "open":
      return weightsOf(request).then((weights) => engine.open(request.run, weights));
    case "openWeights":
      return engine.openWeights(request.run, request.recipe, request.parameters);
    case "export":
      return weightsOf(request).then(({ checkpoint }) => exported(session, checkpoint, request.nImages));
    case "continue":
      return goOn(engine, request);
    case "keep":
      return engine.keep();
    case "testLabels":
      return session.testLabels();
    case "firstUpdates":
      return firstUpdates(session, request.recipe, request.learningRate);
    case "verdict":
      return verdict(request.question);
    case "compareAnswers":
      return mcnemar(request.a, request.b, session.testLabels());
    case "summary":
      return summaryOf(request.scores);
    case "pause":
      return engine.pause();
    case "resume":
      return engine.resume();
    case "stop":
      return engine.stop();
    case "setLearningRate":
      return session.setLearningRate(request.rate);
    case "evaluate":
      return engine.evaluate();
    case "predict":
      return engine.predict(request.drawing);
  }
}

/**
 * @param {{run: string, weights: Weights | null}} request
 * @returns {Promise<Weights>}
 */
async function weightsOf({ run, weights }) {
  const found = weights ?? (await keeper.weights(run));
  if (found === null) throw new Error("The run's weights are not kept in this browser any more.");
  return found;
}

/** @param {Engine} engine @param {Extract<Request, {type: "continue"}>} request */
async function goOn(engine, request) {
  const { run, epochs } = request;
  const weights = await weightsOf(request);
  engine.requireNoRun();
  if (!(await lock.take(run))) throw new Error("Another tab trains this run.");
  try {
    engine.continue(run, weights, epochs);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * The latest load wins: one that is still under way is given up.
 * @param {Engine} engine
 * @param {Session} session
 * @param {import("../protocol/requests.js").DataSource} source
 */
async function load(engine, session, source) {
  engine.requireNoRun();
  loading?.abort();
  const { signal } = (loading = new AbortController());
  session.discardStaged();
  let toldAt = 0;
  try {
    await readFiles(source, {
      signal,
      onProgress(loadedBytes, totalBytes) {
        if (performance.now() - toldAt < 30) return;
        toldAt = performance.now();
        post({ type: "loadProgress", loadedBytes, totalBytes });
      },
      onFile: (name, bytes) => session.stageFile(name, bytes),
    });
    return engine.takeStagedData();
  } catch (error) {
    if (!signal.aborted && !(error instanceof WebAssembly.RuntimeError)) session.discardStaged();
    throw error;
  }
}

/** @param {unknown} error */
function crash(error) {
  // At once: what is being kept may never be.
  self.postMessage({ type: "crashed", message: inWords(error) });
}

/** @param {unknown} error */
function inWords(error) {
  return panic || (error instanceof Error ? error.message : String(error));
}

/**
 * @param {WorkerMessage} message
 * @param {Transferable[]} [transfer]
 */
function post(message, transfer = []) {
  if (message.type === "state") {
    if (message.state === "training" || message.state === "paused") void lock.take(message.run);
    else lock.release();
  }
  keeper.post(message, transfer);
}
