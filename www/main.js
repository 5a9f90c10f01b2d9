/** Wires: what a component says goes to the worker, what the worker says goes to the components. */
import { TrainerClient, TrainerError } from "./trainer-client.js";
import { Alerts } from "./ui/alerts.js";
import { controls } from "./ui/controls.js";
import { Curves } from "./ui/curves.js";
import { DataPanel } from "./ui/data-panel.js";
import { find, setText } from "./ui/dom.js";
import { DrawPanel } from "./ui/draw-panel.js";
import { EpochsTable } from "./ui/epochs-table.js";
import { mebibytes } from "./ui/format.js";
import { latestOnly } from "./ui/latest.js";
import { NetworkPanel } from "./ui/network-panel.js";
import { RecipeFields } from "./ui/recipe-fields.js";
import { TestPanel } from "./ui/test-panel.js";
import { Transport } from "./ui/transport.js";

/**
 * @typedef {import("./protocol.js").DataSource} DataSource
 * @typedef {import("./protocol.js").DataSummary} DataSummary
 * @typedef {import("./protocol.js").Drawing} Drawing
 * @typedef {import("./protocol.js").Preset} Preset
 * @typedef {import("./protocol.js").Recipe} Recipe
 * @typedef {import("./protocol.js").RunSummary} RunSummary
 * @typedef {import("./protocol.js").StateEvent} StateEvent
 * @typedef {import("./protocol.js").WorkerEvent} WorkerEvent
 */

/** Learns well at once, which is what somebody who opens the page for the first time should see. */
const FIRST_PRESET = "Better answer";

/** How often the drawing is asked about anew while the weights change. */
const PREDICT_AGAIN_MS = 200;

/** Then something crashes it every time, and trying again by itself would go on for ever. */
const MAX_CRASHES = 3;

/** @param {string} id */
const region = (id) => find(document, `#${id}`, HTMLElement);

const client = new TrainerClient(() => new Worker(new URL("worker.js", import.meta.url), { type: "module" }), receive);
const alerts = new Alerts(region("alerts"));
const dataPanel = new DataPanel(region("data"), { onSource: load, onSamples: showSamples });
const networkPanel = new NetworkPanel(region("network"), { onPreset: applyPreset });
const transport = new Transport(region("training"), { onAction: act });
const fields = new RecipeFields(region("training"), { onChange: edited, onLearningRate: setLearningRate });
const curves = new Curves(region("curves"));
const table = new EpochsTable(region("curves"));
const testPanel = new TestPanel(region("test"), { onEvaluate: () => ask({ type: "evaluate" }) });

const page = {
  /** @type {import("./protocol.js").TrainerState} */ state: "empty",
  /** @type {RunSummary | null} */ run: null,
  /** @type {DataSummary | null} */ data: null,
  /** @type {DataSource | null} */ source: null,
  /** @type {DataSource | null} */ loading: null,
  /** @type {Preset[]} */ presets: [],
  /** The fields as the preset fills them. */ presetFields: "",
  isEvaluating: false,
  /** Since the last epoch that went well. */ nCrashes: 0,
  predictedAt: 0,
};

const predict = latestOnly(async (/** @type {Drawing} */ drawing) => {
  if (page.state === "empty") return;
  page.predictedAt = performance.now();
  await ask({ type: "predict", drawing }, (prediction) => drawPanel.showPrediction(prediction));
});
const drawPanel = new DrawPanel(region("draw"), { onDrawing: predict });

/** Has the recipe checked and its layers shown; an untrained network is made anew, so that it is what is shown. */
const check = latestOnly(async (/** @type {Recipe} */ recipe) => {
  if (page.state === "ready" || page.run === null) {
    await ask({ type: "configure", recipe }, ({ network }) => networkPanel.showNetwork(network));
  } else await ask({ type: "describe", recipe }, (network) => networkPanel.showNetwork(network));
});

/**
 * Asks the worker; what it refuses is shown where it belongs.
 * @template {import("./protocol.js").Request["type"]} T
 * @param {Extract<import("./protocol.js").Request, {type: T}>} request
 * @param {(reply: import("./protocol.js").Replies[T]) => void} [use]
 */
async function ask(request, use) {
  try {
    const reply = await client.request(request);
    use?.(reply);
  } catch (error) {
    // A crash is told by its event.
    if (error instanceof TrainerError) showError(error);
  }
}

/** @param {TrainerError} error */
function showError({ message, field }) {
  if (field !== undefined && fields.showError(field, message)) return;
  if (field?.startsWith("layers")) networkPanel.showError(message);
  else alerts.show("training", message);
}

/** @param {DataSource} source */
async function load(source) {
  page.loading = source;
  alerts.clear("data");
  render();
  try {
    const data = await client.request({ type: "load", source });
    const presets = await client.request({ type: "presets", nClasses: data.nClasses, nImages: data.training.nImages });
    if (page.loading !== source) return;
    Object.assign(page, { data, presets, source, loading: null });
    adoptPresets();
  } catch (error) {
    if (page.loading !== source) return;
    page.loading = null;
    if (error instanceof TrainerError) {
      const kept = page.data === null ? "" : " What was loaded before is still there.";
      alerts.show("data", error.message.replace(/(?<![.?!])$/, ".") + kept);
    }
  }
  render();
}

/** The layers fit the new data, what was set up beside them stays. */
function adoptPresets() {
  const { recipe } = fields;
  networkPanel.setPresets(page.presets, networkPanel.preset || FIRST_PRESET);
  const preset = applyPreset(networkPanel.preset);
  if (recipe === null || preset === undefined) return;
  fields.set({ ...recipe, layers: preset.layers });
  edited();
}

/** @param {string} name */
function applyPreset(name) {
  const preset = page.presets.find((each) => each.name === name);
  if (preset === undefined) return;
  fields.set(preset.recipe);
  page.presetFields = JSON.stringify(fields.recipe);
  edited();
  return preset.recipe;
}

function edited() {
  const recipe = fields.read();
  if (recipe !== null && page.data !== null) check(recipe);
  render();
}

/** @param {Uint32Array} indices */
function showSamples(indices) {
  ask({ type: "samples", indices }, (samples) => dataPanel.updateSamples(samples));
}

/** @param {number} rate */
function setLearningRate(rate) {
  ask({ type: "setLearningRate", rate });
}

/** @param {import("./ui/transport.js").Action} action */
async function act(action) {
  if (action === "pause" || action === "resume" || action === "stop") return ask({ type: action });
  let recipe = fields.read(action === "train");
  if (action === "reset") {
    await ask({ type: "stop" });
    // A learning rate that was being typed must not keep anybody from leaving a run.
    recipe ??= page.run?.recipe ?? null;
  }
  if (recipe === null) return;
  await ask({ type: action === "train" ? "train" : "configure", recipe }, ({ network }) =>
    networkPanel.showNetwork(network),
  );
}

/** @param {WorkerEvent} event */
function receive(event) {
  switch (event.type) {
    case "loadProgress":
      return dataPanel.updateProgress(event.loadedBytes, event.totalBytes);
    case "state":
      return enter(event);
    case "progress":
      curves.addBatches(event.points);
      transport.updateProgress(event);
      showMemory(event.memoryBytes);
      if (performance.now() - page.predictedAt > PREDICT_AGAIN_MS) drawPanel.refresh();
      return;
    case "epoch":
      curves.addEpoch(event);
      table.add(event);
      page.nCrashes = 0;
      return transport.addEpoch(event);
    case "evaluation":
      testPanel.showEvaluation(event);
      if (page.isEvaluating === !event.done) return;
      page.isEvaluating = !event.done;
      return render();
    case "crashed":
      return recover(event.message);
  }
}

/** @param {StateEvent} event */
function enter({ state, run, memoryBytes }) {
  const isNewNetwork = state === "empty" || state === "ready" || (state === "training" && page.state !== "paused");
  Object.assign(page, { state, run });
  if (isNewNetwork) forget(run !== null && state === "training" ? run.recipe.epochs : 0);
  if (state === "diverged") explainDivergence();
  showMemory(memoryBytes);
  render();
}

/** @param {number} nEpochs of the run that begins, 0: none does */
function forget(nEpochs) {
  page.isEvaluating = false;
  curves.clear();
  transport.begin(nEpochs);
  table.clear();
  testPanel.clear();
  alerts.clear("training");
}

function explainDivergence() {
  alerts.show(
    "training",
    "Training diverged: the steps overshot until the loss was no longer a finite number. " +
      "Try a learning rate ten times lower, Adam instead of SGD, or smaller weights at the start.",
  );
}

/** @param {string} message */
function recover(message) {
  const { source } = page;
  Object.assign(page, { state: "empty", run: null, data: null, source: null, loading: null });
  forget(0);
  page.nCrashes += 1;
  const again = page.nCrashes < MAX_CRASHES;
  const next = again ? "The data is being loaded again; the network starts untrained." : "Choose a data set to try again.";
  alerts.show("crash", `The trainer crashed and was restarted (${message}). ${next}`);
  if (again) load(source ?? { kind: "bundled" });
  else render();
}

/** @param {number} bytes */
function showMemory(bytes) {
  setText(region("memory"), mebibytes(bytes));
}

function render() {
  const { state, run, data, source, loading, isEvaluating } = page;
  const hasTest = data !== null && data.test !== null;
  const usable = controls({ state, isLoading: loading !== null, hasTest, isEvaluating });
  const isMidRun = !usable.edit;
  const isChanged = page.presetFields !== "" && JSON.stringify(fields.recipe) !== page.presetFields;
  dataPanel.update({ data, source, loading, isMidRun });
  networkPanel.update({ canEdit: usable.edit, isChanged });
  transport.update(state, usable);
  fields.update(usable);
  fields.showSeed(state === "empty" || state === "ready" ? null : (run?.recipe.seed ?? null));
  testPanel.update(usable, data !== null && !hasTest);
  drawPanel.update(state, data);
}

// The settings can be read while the data is on its way; ten classes, as it will have.
ask({ type: "presets", nClasses: 10, nImages: 60_000 }, (presets) => {
  page.presets = presets;
  adoptPresets();
});
load({ kind: "bundled" });
