/** The page as its users meet it: everything is found by its role and accessible name, as DESIGN lists them. */
import assert from "node:assert/strict";
import { eventually } from "./eventually.js";

/**
 * @typedef {import("playwright-core").Locator} Locator
 * @typedef {"Data" | "Network" | "Training" | "Curves" | "Test" | "Draw" | "Race" | "Comparison" | "Verdict" | "Runs" | "Inside" | "Learn" | "Shared recipe"} Region
 * @typedef {"Train" | "Runs" | "Inside" | "Learn"} View
 * @typedef {"Epochs" | "Batch size" | "Learning rate" | "Seed" | "Validation images" | "Weight decay"} NumberField
 * @typedef {"Loss" | "Optimizer" | "Preset"} Choice
 * @typedef {{name: string, mimeType?: string, buffer: Buffer}} UserFile
 * @typedef {keyof typeof ENABLED} State
 * @typedef {"Open" | "Edit a copy" | "Share" | "Export" | "Resume" | "More epochs …" | "Rename" | "Delete"} RunItem
 *
 * @typedef {object} EpochRow the table's numbers to the last digit, as text
 * @property {string} epoch
 * @property {string} trainingLoss
 * @property {string} trainingAccuracy
 * @property {string} validationLoss
 * @property {string} validationAccuracy
 * @property {string} seconds
 */

export const TRANSPORT = /** @type {const} */ (["Train", "Pause", "Resume", "Stop", "Reset"]);

/** The buttons that can be pressed in each state, and how its sentence starts. */
export const ENABLED = {
  "Untrained and ready": ["Train"],
  Training: ["Pause", "Stop", "Reset"],
  Paused: ["Resume", "Stop", "Reset"],
  Stopped: ["Train", "Reset"],
  Finished: ["Train", "Reset"],
  Diverged: ["Train", "Reset"],
};

export class HelloNN {
  /**
   * @param {import("playwright-core").Page} page
   * @param {import("./watch.js").Witness} witness
   */
  constructor(page, witness) {
    this.page = page;
    this.witness = witness;
  }

  /** @param {Region} name */
  region(name) {
    return this.page.getByRole("region", { name, exact: true });
  }

  /** @param {string} name */
  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** @param {NumberField} name */
  field(name) {
    return this.region("Training").getByRole("spinbutton", { name, exact: true });
  }

  /** @param {Choice} name */
  choice(name) {
    return this.region(name === "Preset" ? "Network" : "Training").getByRole("combobox", { name, exact: true });
  }

  /** The link to a view. @param {View} name */
  link(name) {
    return this.page.getByRole("navigation", { name: "Views" }).getByRole("link", { name, exact: true });
  }

  /** @param {View} name */
  async show(name) {
    await this.link(name).click();
    await eventually(async () => assert.equal(await this.link(name).getAttribute("aria-current"), "page"));
    // A view's own scripts come when it is first looked at.
    await this.page.locator(".view:not([hidden]):not([aria-busy])").waitFor();
  }

  get runsTable() {
    return this.region("Runs").getByRole("table", { name: "Runs" });
  }

  /** Whether runs that differ in their seed alone are one row. @param {boolean} areGrouped */
  async groupSeeds(areGrouped) {
    await this.region("Runs").getByRole("checkbox", { name: "Group seeds" }).setChecked(areGrouped);
  }

  /** The row of one run. @param {string} name */
  runRow(name) {
    const heading = this.page.getByRole("rowheader").getByText(name, { exact: true });
    return this.runsTable.getByRole("row").filter({ has: heading });
  }

  /** @param {string} run @param {RunItem} item */
  async choose(run, item) {
    await this.menuItem(run, item).then((found) => found.click());
  }

  /** An item of a run's menu, which opens. @param {string} run @param {RunItem} item */
  async menuItem(run, item) {
    await this.runRow(run)
      .getByRole("button", { name: `Actions for ${run}`, exact: true })
      .click();
    return this.page.getByRole("menu", { name: `Actions for ${run}` }).getByRole("menuitem", { name: item });
  }

  get files() {
    return this.region("Data").getByLabel("MNIST files", { exact: true });
  }

  get dataStatus() {
    return this.region("Data").getByRole("status");
  }

  /** What training is doing, in words; the outputs beside it are statuses too, for the browser. */
  get trainingStatus() {
    return this.region("Training").getByRole("status").first();
  }

  get progress() {
    return this.region("Training").getByRole("progressbar", { name: "Training progress" });
  }

  get epochsTable() {
    return this.region("Curves").getByRole("table", { name: "Epochs" });
  }

  get canvas() {
    return this.region("Draw").getByLabel("Draw a digit", { exact: true });
  }

  get prediction() {
    return this.region("Draw").getByRole("status", { name: "Prediction" });
  }

  get meters() {
    return this.region("Draw").getByRole("meter");
  }

  get alert() {
    return this.page.getByRole("alert");
  }

  /** @param {"Test loss" | "Test accuracy"} name */
  output(name) {
    return this.region("Test").getByRole("status", { name });
  }

  /** @param {"Loss" | "Accuracy"} name */
  figure(name) {
    return this.region("Curves").getByRole("figure", { name });
  }

  async waitUntilLoaded() {
    await eventually(async () => {
      assert.match((await this.dataStatus.textContent()) ?? "", /^[\d,]+ training images?, /);
      assert.ok(await this.button("Train").isEnabled(), "the data is there, and Train cannot be pressed");
    }, 30_000);
  }

  /**
   * Makes a race of recipes, beside those that are listed already.
   * @param {string[]} recipes
   * @param {{seeds: number, epochs: number}} rules
   */
  async prepareRace(recipes, { seeds, epochs }) {
    await this.show("Runs");
    const region = this.region("Race");
    for (const recipe of recipes) await region.getByLabel("Add a recipe").selectOption(recipe);
    await region.getByRole("spinbutton", { name: "Seeds each" }).fill(String(seeds));
    await region.getByRole("spinbutton", { name: "Epochs each" }).fill(String(epochs));
    await region.getByRole("spinbutton", { name: "Epochs each" }).press("Tab");
  }

  /** @param {string} name */
  async choosePreset(name) {
    await this.choice("Preset").selectOption({ label: name });
  }

  /** How the curves are drawn. @param {"By batch" | "By epoch"} name */
  async view(name) {
    await this.region("Curves").getByRole("radio", { name, exact: true }).check();
  }

  /** @param {boolean} isLog of the loss */
  async logScale(isLog) {
    await this.region("Curves").getByRole("checkbox", { name: "Log scale", exact: true }).setChecked(isLog);
  }

  /** @param {Partial<Record<NumberField, number | string>>} values */
  async fill(values) {
    for (const [name, value] of Object.entries(values)) {
      await this.field(/** @type {NumberField} */ (name)).fill(String(value));
    }
  }

  /** @param {(typeof TRANSPORT)[number] | "Undo" | "Clear" | "Evaluate on the test set"} name */
  async press(name) {
    await this.button(name).click();
  }

  /** @returns {Promise<(typeof TRANSPORT)[number][]>} those that can be pressed */
  async pressable() {
    const states = await Promise.all(TRANSPORT.map((name) => this.button(name).isEnabled()));
    return TRANSPORT.filter((_, i) => states[i]);
  }

  /** @param {State} state */
  async waitFor(state, timeoutMs = 10_000) {
    await eventually(async () => {
      const sentence = (await this.trainingStatus.textContent()) ?? "";
      // The sentence of a run under way starts with its place, "Epoch 1 of 20".
      assert.match(sentence, state === "Training" ? /^(Starting|Epoch)/ : new RegExp(`^${state}`));
      assert.deepEqual(await this.pressable(), ENABLED[state]);
    }, timeoutMs);
  }

  /**
   * Trains from a fresh network to the end and the evaluation after it.
   * @param {number} timeoutMs
   */
  async run(timeoutMs) {
    // What an earlier run left must not be taken for this one's.
    if (await this.button("Reset").isEnabled()) {
      await this.press("Reset");
      await this.waitFor("Untrained and ready");
    }
    await this.press("Train");
    await this.waitFor("Finished", timeoutMs);
    return this.testResult();
  }

  /** Waits for the evaluation to end. */
  async testResult() {
    return eventually(async () => {
      const text = (await this.output("Test accuracy").textContent()) ?? "";
      const counts = /([\d,]+)\/([\d,]+)/.exec(text);
      assert.ok(counts, `Test accuracy says ${JSON.stringify(text)}`);
      const [nCorrect, nImages] = counts.slice(1).map((count) => Number(count.replaceAll(",", "")));
      assert.ok(nCorrect !== undefined && nImages !== undefined);
      return { nCorrect, nImages, accuracy: nCorrect / nImages, text };
    }, 60_000);
  }

  /** @returns {Promise<EpochRow[]>} */
  async epochs() {
    return this.epochsTable.evaluate((table) =>
      [.../** @type {HTMLTableElement} */ (table).tBodies].flatMap((body) =>
        [...body.rows].map((row) => {
          const [epoch, trainingLoss, trainingAccuracy, validationLoss, validationAccuracy, seconds] = [
            ...row.cells,
          ].map((cell) => cell.querySelector("data")?.value ?? cell.textContent ?? "");
          return /** @type {EpochRow} */ ({
            epoch,
            trainingLoss,
            trainingAccuracy,
            validationLoss,
            validationAccuracy,
            seconds,
          });
        }),
      ),
    );
  }

  async trainingLosses() {
    return (await this.epochs()).map(({ trainingLoss }) => trainingLoss);
  }

  /** @param {UserFile[]} files */
  async chooseFiles(files) {
    await this.files.setInputFiles(files.map((file) => ({ mimeType: "application/octet-stream", ...file })));
  }

  /** Of the module, as the page shows it. */
  async memoryMiB() {
    const text = (await this.page.getByRole("contentinfo").textContent()) ?? "";
    const megabytes = /Memory in use: (\d+) MiB/.exec(text)?.[1];
    assert.ok(megabytes, `the footer says ${JSON.stringify(text)}`);
    return Number(megabytes);
  }

  /** What the network makes of the drawing, once it no longer changes. */
  async settledPrediction() {
    const box = await this.region("Draw").elementHandle();
    assert.ok(box);
    await this.page.evaluate(async (region) => {
      const text = () => {
        const meters = [...region.querySelectorAll("[role=meter]")].map((meter) => meter.getAttribute("aria-valuenow"));
        return [region.querySelector("output")?.textContent, ...meters].join(" ");
      };
      const N_CALM_FRAMES = 8;
      for (let calm = 0, last = text(); calm < N_CALM_FRAMES; calm += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = text();
        if (now !== last) calm = 0;
        last = now;
      }
    }, box);
    return (await this.prediction.textContent()) ?? "";
  }
}
