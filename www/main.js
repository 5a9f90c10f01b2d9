/** Wires: what a component says goes to the worker, what the worker says goes to the components. */
import { RecipeEditor } from "./app/recipe-editor.js";
import { TrainerClient, TrainerError } from "./client/trainer-client.js";
import { Curves } from "./panels/curves/curves.js";
import { EpochsTable } from "./panels/curves/epochs-table.js";
import { DataPanel } from "./panels/data/data.js";
import { DrawPanel } from "./panels/draw/draw.js";
import { NetworkPanel } from "./panels/network/network.js";
import { TestPanel } from "./panels/test/test.js";
import { AugmentationPreview } from "./panels/training/augmentation-preview.js";
import { RecipeFields } from "./panels/training/recipe-fields.js";
import { RecipeFile } from "./panels/training/recipe-file.js";
import { Transport } from "./panels/training/transport.js";
import { isEqual, withChanges } from "./recipe/form.js";
import { withClasses } from "./recipe/layer-drafts.js";
import { Alerts } from "./ui/alerts.js";
import { controls } from "./ui/controls.js";
import { find, setText } from "./ui/dom.js";
import { mebibytes } from "./ui/format.js";
import { latestOnly } from "./ui/latest.js";

/**
 * @typedef {import("./protocol/requests.js").DataSource} DataSource
 * @typedef {import("./protocol/requests.js").DataSummary} DataSummary
 * @typedef {import("./protocol/requests.js").Drawing} Drawing
 * @typedef {import("./protocol/requests.js").Preset} Preset
 * @typedef {import("./protocol/requests.js").Recipe} Recipe
 * @typedef {import("./protocol/requests.js").RunSummary} RunSummary
 * @typedef {import("./protocol/events.js").StateEvent} StateEvent
 * @typedef {import("./protocol/events.js").WorkerEvent} WorkerEvent
 */

/** Learns well at once, which is what somebody who opens the page for the first time should see. */
const FIRST_PRESET = "Better answer";

/** What the built-in data has. */
const USUAL_DATA = { nImages: 60_000, rows: 28, cols: 28, nClasses: 10 };

/** How often the drawing is asked about anew while the weights change. */
const PREDICT_AGAIN_MS = 200;

/** Then something crashes it every time, and trying again by itself would go on for ever. */
const MAX_CRASHES = 3;

/** @param {string} id */
const region = (id) => find(document, `#${id}`, HTMLElement);

const client = new TrainerClient(
  () => new Worker(new URL("worker/index.js", import.meta.url), { type: "module" }),
  receive,
);
const alerts = new Alerts(region("alerts"));
const dataPanel = new DataPanel(region("data"), { onSource: load, onSamples: showSamples });
const networkPanel = new NetworkPanel(region("network"), { onPreset: applyPreset, onLayers: edited });
const transport = new Transport(region("training"), { onAction: act });
const fields = new RecipeFields(region("training"), { onChange: edited, onLearningRate: setLearningRate });
const editor = new RecipeEditor(networkPanel.layers, fields);
const recipeFile = new RecipeFile(region("training"), find(document, "#recipe", HTMLDialogElement), {
  getRecipe: readOrPoint,
  onOpen: openRecipe,
});
const preview = new AugmentationPreview(region("training"), { onAsk: (request) => showAugmented(request) });
const curves = new Curves(region("curves"));
const table = new EpochsTable(region("curves"));
const testPanel = new TestPanel(region("test"), { onEvaluate: () => ask({ type: "evaluate" }) });

const page = {
  /** @type {import("./protocol/events.js").TrainerState} */ state: "empty",
  /** @type {RunSummary | null} */ run: null,
  /** @type {DataSummary | null} */ data: null,
  /** @type {DataSource | null} */ source: null,
  /** @type {DataSource | null} */ loading: null,
  /** @type {Preset[]} */ presets: [],
  /** That the layers are made for. */ nClasses: USUAL_DATA.nClasses,
  /** As the fields hold it. @type {Recipe | null} */ presetRecipe: null,
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

/** Has the layers' shapes shown, as far as they fit one another. */
const describe = latestOnly(async (/** @type {void} */ _) => {
  const read = networkPanel.layers.read();
  await ask({ type: "describeLayers", layers: read.layers }, (summary) => networkPanel.layers.show(read, summary));
});

/** Has the recipe checked; an untrained network is made anew, so that it is what is shown. */
const check = latestOnly(async (/** @type {Recipe} */ recipe) => {
  await ask({ type: "check", recipe });
});

const showAugmented = latestOnly(
  async (/** @type {import("./panels/training/augmentation-preview.js").PreviewRequest} */ request) => {
    const { indices } = request;
    await ask({ type: "samples", indices }, (before) =>
      ask({ type: "augmentedSamples", ...request }, (after) => preview.show(before, after)),
    );
  },
);

/**
 * Asks the worker; what it refuses is shown where it belongs.
 * @template {import("./protocol/requests.js").Request["type"]} T
 * @param {Extract<import("./protocol/requests.js").Request, {type: T}>} request
 * @param {(reply: import("./protocol/requests.js").Replies[T]) => void} [use]
 * @returns {Promise<boolean>} whether it was answered
 */
async function ask(request, use) {
  try {
    const reply = await client.request(request);
    use?.(reply);
    return true;
  } catch (error) {
    // A crash is told by its event.
    if (error instanceof TrainerError) showError(error);
    return false;
  }
}

/** @param {TrainerError} error */
function showError({ message, field }) {
  if (field?.startsWith("layers")) networkPanel.layers.showError({ field, message });
  else if (field === undefined || !fields.showError(field, message)) alerts.show("training", message);
}

/** @param {DataSource} source */
async function load(source) {
  page.loading = source;
  alerts.clear("data");
  render();
  try {
    const data = await client.request({ type: "load", source });
    const { rows, cols, nClasses, training } = data;
    const shape = { nImages: training.nImages, rows, cols, nClasses };
    const presets = await client.request({ type: "presets", data: shape });
    if (page.loading !== source) return;
    Object.assign(page, { data, presets, source, loading: null });
    adoptPresets(data.nClasses);
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

/**
 * Other data has presets that fit it; what was set up otherwise than the preset stays.
 * @param {number} nClasses
 */
function adoptPresets(nClasses) {
  const { recipe } = editor;
  const before = page.presetRecipe;
  networkPanel.setPresets(page.presets, networkPanel.preset || FIRST_PRESET);
  applyPreset(networkPanel.preset);
  if (recipe !== null && before !== null && page.presetRecipe !== null) {
    const fit = (/** @type {Recipe} */ { layers, ...rest }) => ({
      ...rest,
      layers: withClasses(layers, page.nClasses, nClasses),
    });
    editor.set(withChanges(fit(recipe), fit(before), page.presetRecipe));
    edited();
  }
  page.nClasses = nClasses;
}

/** @param {string} name */
function applyPreset(name) {
  const preset = page.presets.find((each) => each.name === name);
  if (preset === undefined) return;
  editor.set(preset.recipe);
  page.presetRecipe = editor.recipe;
  edited();
}

function edited() {
  const recipe = editor.read();
  if (page.data !== null) {
    describe();
    if (recipe !== null) check(recipe);
  }
  render();
}

/** The recipe, or null with the focus where it is wrong. */
function readOrPoint() {
  const recipe = editor.read();
  if (recipe === null) editor.focusError();
  return recipe;
}

/** @param {Recipe} recipe of which nothing is known yet */
async function openRecipe(recipe) {
  await client.request({ type: "describe", recipe });
  editor.set(recipe);
  const same = page.presets.find((preset) => isEqual(preset.recipe, editor.recipe));
  if (same !== undefined) {
    networkPanel.choose(same.name);
    page.presetRecipe = editor.recipe;
  }
  edited();
}

/** @param {Uint32Array} indices */
function showSamples(indices) {
  ask({ type: "samples", indices }, (samples) => dataPanel.updateSamples(samples));
}

/** @param {number} rate */
function setLearningRate(rate) {
  ask({ type: "setLearningRate", rate });
}

/** @param {import("./panels/training/transport.js").Action} action */
async function act(action) {
  if (action === "pause" || action === "resume" || action === "stop") return ask({ type: action });
  let recipe = action === "train" ? readOrPoint() : editor.read();
  if (action === "reset") {
    // A learning rate that was being typed must not keep anybody from leaving a run.
    recipe ??= page.run?.recipe ?? null;
  }
  if (recipe === null) return;
  const isFine = await ask({ type: action === "train" ? "train" : "reset", recipe });
  if (!isFine) editor.focusError();
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
    case "epochs":
      table.add(event.epochs);
      for (const epoch of event.epochs) {
        curves.addEpoch(epoch);
        transport.addEpoch(epoch);
      }
      page.nCrashes = 0;
      return;
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
  if (isNewNetwork) forget(state === "training" ? (run?.recipe ?? null) : null);
  if (state !== "training") table.show();
  if (state === "diverged") explainDivergence();
  showMemory(memoryBytes);
  render();
}

/** @param {Recipe | null} recipe of the run that begins; null: none does */
function forget(recipe) {
  page.isEvaluating = false;
  curves.clear();
  transport.begin(recipe);
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
  forget(null);
  page.nCrashes += 1;
  const again = page.nCrashes < MAX_CRASHES;
  const next = again
    ? "The data is being loaded again; the network starts untrained."
    : "Choose a data set to try again.";
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
  const isChanged = page.presetRecipe !== null && !isEqual(editor.recipe, page.presetRecipe);
  dataPanel.update({ data, source, loading, isMidRun });
  networkPanel.update({ canEdit: usable.edit, isChanged });
  transport.update(state, usable);
  fields.update(usable);
  recipeFile.update(usable);
  preview.update(editor.recipe?.augmentation ?? null, data);
  fields.showSeed(state === "empty" || state === "ready" ? null : (run?.recipe.seed ?? null));
  testPanel.update(usable, data !== null && !hasTest);
  drawPanel.update(state, data);
}

// The settings can be read while the data is on its way.
ask({ type: "presets", data: USUAL_DATA }, (presets) => {
  page.presets = presets;
  adoptPresets(USUAL_DATA.nClasses);
});
load({ kind: "bundled" });
