/**
 * What happens when somebody does something, or the worker says something: the state moves on, and what there is to ask
 * is asked. The only place that makes requests.
 *
 * @typedef {import("../protocol/requests.js").DataSource} DataSource
 * @typedef {import("../protocol/requests.js").Drawing} Drawing
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../protocol/events.js").WorkerEvent} WorkerEvent
 * @typedef {import("../panels/training/augmentation-preview.js").PreviewRequest} PreviewRequest
 * @typedef {import("./panels.js").Panels} Panels
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./state.js").Page} Page
 */
import { TrainerError } from "../client/trainer-client.js";
import { N_SAMPLES } from "../panels/data/data.js";
import { newId } from "../runs/run.js";
import { randomIndices } from "../ui/images.js";
import { latestOnly } from "../ui/latest.js";
import { asker, explainer } from "./asker.js";
import { LaterViews } from "./later-views.js";
import { Leaving } from "./leaving.js";
import * as messages from "./messages.js";
import { makePanels } from "./panels.js";
import { renderer } from "./render.js";
import { RunActions } from "./run-actions.js";
import * as state from "./state.js";
import { viewOf } from "./views.js";

/** How often the drawing is asked about anew while the weights change. */
const PREDICT_AGAIN_MS = 200;

export class Actions {
  #client;
  #window;
  #page = state.START;
  /** @type {Panels} */ #panels;
  #ask;
  #explain;
  #render;
  #leaving;
  #predictedAt = 0;
  #laterViews;

  /**
   * @param {import("../client/trainer-client.js").TrainerClient} client
   * @param {Window & typeof globalThis} window
   */
  constructor(client, window) {
    this.#window = window;
    this.#client = client;
    this.#panels = makePanels(window.document, this);
    this.#ask = asker(client, this.#panels);
    this.#explain = explainer(client, this.#panels);
    this.#render = renderer(this.#panels);
    this.#leaving = new Leaving(window, { onHidden: () => this.runs.keepNow() });
    this.#laterViews = new LaterViews(window.document, this);
    this.desk = this.#desk();
    this.runs = new RunActions(this.desk, window);
  }

  /** @returns {Desk} */
  #desk() {
    const actions = this;
    return {
      get page() {
        return actions.#page;
      },
      panels: this.#panels,
      client: this.#client,
      become: (page) => this.#become(page),
      take: (page) => this.#take(page),
      ask: this.#ask,
      showTrain: () => this.#showTrain(),
    };
  }

  /** Shows the page for the first time, and fetches what it begins with. */
  start() {
    const kept = this.#leaving.read();
    this.#page = state.restored(this.#page, kept);
    if (kept.complaint !== "") this.#panels.alerts.show("kept", kept.complaint);
    this.#client.listen((event) => this.receive(event));
    this.#window.addEventListener("hashchange", () => this.#look());
    this.#look();
    // The settings can be read while the data is on its way.
    void this.#ask({ type: "presets", data: state.USUAL_DATA }, (presets) => {
      this.#take(state.presetsArrived(this.#page, presets, state.USUAL_DATA.nClasses));
    });
    // Unless the worker has crashed before anybody listened: then it is on its way again.
    const loading = this.#page.loading === null ? this.load({ kind: "bundled" }) : Promise.resolve();
    void loading.finally(() => this.runs.start());
  }

  /** @param {DataSource} source */
  async load(source) {
    this.#panels.alerts.clear("data");
    await this.#load(source);
  }

  /** @param {DataSource} source */
  async #load(source) {
    const interrupted = this.#page.loading;
    this.#become(state.loadBegun(this.#page, source));
    try {
      const data = await this.#client.request({ type: "load", source });
      const { rows, cols, nClasses, training } = data;
      const shape = { nImages: training.nImages, rows, cols, nClasses };
      const presets = await this.#client.request({ type: "presets", data: shape });
      this.#readFields();
      const loaded = state.dataLoaded(this.#page, source, data);
      if (loaded === this.#page) return;
      this.#take(state.presetsArrived(loaded, presets, nClasses));
      this.showSamples();
    } catch (error) {
      const isStillWanted = this.#page.loading === source;
      this.#become(state.loadFailed(this.#page, source));
      if (!isStillWanted || !(error instanceof TrainerError)) return;
      this.#panels.alerts.show("data", messages.dataRefused(error.message, this.#page.data !== null));
      // What was on its way when these files took its place is wanted again.
      if (interrupted !== null && this.#page.data === null) await this.#load(interrupted);
    }
  }

  showSamples() {
    const nImages = this.#page.data?.training.nImages ?? 0;
    const request = /** @type {const} */ ({ type: "samples", indices: randomIndices(N_SAMPLES, nImages) });
    void this.#ask(request, (samples) => this.#panels.data.updateSamples(samples));
  }

  /** @param {string} name */
  choosePreset(name) {
    this.#take(state.presetChosen(this.#page, name));
  }

  /** Somebody has changed the layers or the settings. */
  edited() {
    const recipe = this.#panels.editor.read();
    this.#become(state.recipeEdited(this.#page, recipe));
    if (this.#page.data === null) return;
    this.#describe();
    void (recipe === null ? this.#explain() : this.#prepare(recipe));
    this.refreshPreview();
  }

  /** @returns {Recipe | null} null, with the focus where the recipe is wrong */
  readOrPoint() {
    const recipe = this.#panels.editor.read();
    if (recipe !== null) this.#readFields();
    else if (this.#panels.editor.focusError()) this.#explain();
    return recipe;
  }

  /** What is still being typed is read now, before anybody has said that it changed. */
  #readFields() {
    const { recipe } = this.#panels.editor;
    if (recipe !== null && this.#page.presetRecipe !== null) this.#become(state.recipeEdited(this.#page, recipe));
  }

  /** @param {Recipe} recipe of which nothing is known yet; throws what is wrong with it, and leaves all as it was */
  async openRecipe(recipe) {
    if ("hellonn" in recipe) return (await this.runs.sharing()).openFile(recipe);
    await this.#client.request({ type: "describe", recipe });
    this.#take(state.recipeOpened(this.#page, recipe));
  }

  /** @param {number} rate for the run that is under way */
  setLearningRate(rate) {
    void this.#ask({ type: "setLearningRate", rate }, () => this.#become(state.rateSetByHand(this.#page, rate)));
  }

  evaluate() {
    void this.#ask({ type: "evaluate" }).finally(() => this.#become(state.evaluationOver(this.#page)));
  }

  /**
   * @param {import("../panels/training/transport.js").Action} action
   * @returns {Promise<void>}
   */
  async act(action) {
    if (action === "pause" || action === "resume" || action === "stop") return void (await this.#ask({ type: action }));
    // A learning rate that was being typed must not keep anybody from leaving a run.
    const recipe =
      action === "train"
        ? this.readOrPoint()
        : (this.#panels.editor.read() ?? state.currentRun(this.#page)?.recipe ?? null);
    if (recipe === null) return;
    const isFine = await this.#ask({ type: action, run: newId(), recipe });
    if (!isFine) this.#panels.editor.focusError();
  }

  /** Whatever is under way. @param {"pause" | "resume"} action */
  async pauseAll(action) {
    if (state.isMidRun(this.#page)) await this.act(action);
    else await this.runs.racing().then((racing) => racing[action]());
  }

  predict = latestOnly(async (/** @type {Drawing} */ drawing) => {
    if (this.#page.current === null) return;
    this.#predictedAt = performance.now();
    await this.#ask({ type: "predict", drawing }, (prediction) => {
      // What another network said is not shown as this one's: this one has been asked since.
      if (prediction === undefined || prediction.run === this.#page.current)
        this.#panels.draw.showPrediction(prediction);
    });
  });

  /** Has the preview drawn anew, if anybody looks at it. */
  refreshPreview() {
    const request = this.#panels.preview.takeRequest();
    if (request !== null) this.#preview(request);
  }

  /** @param {WorkerEvent} event */
  receive(event) {
    const before = this.#page;
    this.#become(state.received(before, event));
    const { alerts, data, draw } = this.#panels;
    switch (event.type) {
      case "loadProgress":
        return data.updateProgress(event.loadedBytes, event.totalBytes);
      case "state":
        if (event.run !== before.current) alerts.clear("training");
        if (event.state === "diverged") alerts.show("training", messages.DIVERGED);
        return draw.refresh();
      case "progress":
        if (performance.now() - this.#predictedAt > PREDICT_AGAIN_MS) draw.refresh();
        return;
      case "crashed":
        return this.#recover(event.message, before.source);
      default:
    }
  }

  /** Has the layers' shapes shown, as far as they fit one another. */
  #describe = latestOnly(async (/** @type {void} */ _) => {
    const { layers } = this.#panels.network;
    const read = layers.read();
    await this.#ask({ type: "describeLayers", layers: read.layers }, (summary) => layers.show(read, summary));
  });

  /** Has the recipe checked; an untrained network is made anew, so that it is what is shown. */
  #prepare = latestOnly(async (/** @type {Recipe} */ recipe) => {
    await this.#ask({ type: "prepare", run: newId(), recipe }, undefined, (refusal) =>
      this.#become(state.refused(this.#page, refusal)),
    );
  });

  #preview = latestOnly(async (/** @type {PreviewRequest} */ request) => {
    await this.#ask({ type: "samples", indices: request.indices }, (before) =>
      this.#ask({ type: "augmentedSamples", ...request }, (after) => this.#panels.preview.show(before, after)),
    );
  });

  /** @param {Page} page */
  #become(page) {
    this.#page = page;
    this.#render(page);
    this.#laterViews.update(page);
    this.#leaving.update(page);
    this.runs.update(page);
  }

  /** The state moves on, and the fields take the recipe that has come with it. @param {Page} page */
  #take(page) {
    if (page.recipe !== null && page.recipe !== this.#page.recipe) this.#panels.editor.set(page.recipe);
    this.#become(page);
    this.edited();
  }

  /** @param {import("./views.js").View} view */
  lookAt(view) {
    this.#window.location.hash = `#${view}`;
    this.#look();
  }

  /** Goes to Train, and takes the keyboard along. */
  #showTrain() {
    this.lookAt("train");
    this.#panels.transport.focus();
  }

  /** Shows what the address names. */
  #look() {
    const view = viewOf(this.#window.location.hash);
    if (view !== this.#page.view) this.#window.scrollTo(0, 0);
    this.#become(state.viewChosen(this.#page, view));
    void this.#laterViews.fetch(view, () => this.#page);
    void this.runs.follow(this.#window.location.hash);
  }

  /**
   * @param {string} message
   * @param {DataSource | null} source of the data that is gone
   */
  #recover(message, source) {
    const again = state.triesAgain(this.#page);
    this.#panels.alerts.show("crash", messages.crashed(message, again));
    if (again) void this.load(source ?? { kind: "bundled" });
  }
}
