import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { misfitsAtAllWidths } from "./support/fit.js";
import { bands } from "./support/idx.js";
import { useLab } from "./support/lab.js";

/** As long as a file system allows, without a place to break. */
const LONG_NAME = `${"W".repeat(251)}.idx`;

/** The widest titles, shapes and counts that a layer's row can have. */
const CONVOLUTION = { kind: "conv2d", channels: 999, kernel: 3, stride: 1, padding: 1, bias: true };
const TWENTY_LAYERS = [
  CONVOLUTION,
  ...Array.from({ length: 7 }, () => ({ ...CONVOLUTION, channels: 8 })),
  { kind: "leakyRelu", slope: 0.01234567890123456 },
  ...Array.from({ length: 8 }, () => ({ kind: "maxPool2d", kernel: 1, stride: 1 })),
  { kind: "dropout", rate: 0.1234567890123456 },
  { kind: "flatten" },
  { kind: "dense", units: 256, bias: true },
];

describe("With the longest texts that it can show, the page needs no horizontal scrolling and cuts none off", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
    const many = bands({ rows: 16, cols: 99, nClasses: 256, nTraining: 1024, nTest: 256 });
    await nn.chooseFiles(many);
    await eventually(async () => assert.match((await nn.dataStatus.textContent()) ?? "", /256 classes/));
    await nn.waitUntilLoaded();
  });

  async function fits() {
    assert.deepEqual(await misfitsAtAllWidths(nn.page), {});
  }

  test("with data of 256 classes and a drawing", async () => {
    const [digit] = await handDrawn();
    await draw(nn, digit?.strokes ?? []);
    await nn.settledPrediction();
    await fits();
  });

  test("with twenty runs, each with every setting changed", async () => {
    await nn.region("Training").getByText("More settings").click();
    await nn.region("Training").getByText("Augmentation", { exact: false }).first().click();
    await nn.choice("Loss").selectOption({ label: "Binary cross-entropy" });
    await nn.choice("Optimizer").selectOption({ label: "SGD, Nesterov" });
    await nn.region("Training").getByRole("combobox", { name: "Schedule" }).selectOption({ label: "Linear warm-up" });
    await nn
      .region("Training")
      .getByRole("combobox", { name: "Weights at the start" })
      .selectOption({ label: "Small: 0.01 · N(0, 1)" });
    await fillAll(nn, { Seed: "4294967295", Epochs: "2", "Patience (epochs)": "1000" });
    for (let i = 0; i < 20; i += 1) {
      await nn.press("Train");
      await eventually(async () => assert.match((await nn.trainingStatus.textContent()) ?? "", /^Finished/), 60_000);
      await nn.testResult();
    }
    await nn.view("By epoch");
    await fits();
  });

  test("in the other views, with a run's menu open", async () => {
    for (const view of /** @type {const} */ (["Inside", "Learn", "Runs"])) {
      await nn.show(view);
      await fits();
    }
    await nn.groupSeeds(false);
    const menu = () => nn.menuItem("Better answer 20", "Open").then((item) => item.waitFor());
    assert.deepEqual(await misfitsAtAllWidths(nn.page, menu), {});
    await nn.page.keyboard.press("Escape");
    await nn.show("Train");
  });

  test("with a loss that ran away", async () => {
    await nn.fill({ "Learning rate": "1000" });
    await nn.choice("Loss").selectOption({ label: "MSE" });
    await nn.press("Train");
    await nn.waitFor("Diverged", 60_000);
    await fits();
  });

  test("with every number wrong", async () => {
    await fillAll(nn, {}, "-0.00012345678901234567");
    await nn.press("Train");
    await fits();
  });

  test("with twenty layers that do not fit, the widest of them open", async () => {
    await openRecipe(nn, { layers: TWENTY_LAYERS });
    await nn.region("Network").getByText("Conv2d").first().click();
    await fits();
    for (const name of ["channels", "kernel", "stride", "padding"]) {
      await nn.page
        .getByRole("spinbutton", { name: new RegExp(`^Layer 1: .*, ${name}$`) })
        .fill("-99999999999999999999");
    }
    await fits();
  });

  test("with a file's long name in an alert and in the recipe's dialog", async () => {
    await nn.chooseFiles([{ name: LONG_NAME, buffer: Buffer.from("no digits") }]);
    await nn.alert.first().waitFor();
    await fits();
    await nn.button("Open recipe").click();
    await nn.page.getByLabel("Recipe file").setInputFiles({
      name: LONG_NAME,
      mimeType: "application/json",
      buffer: Buffer.from(`{"${"W".repeat(400)}": 1}`),
    });
    await nn.page.getByRole("dialog").getByRole("alert").waitFor();
    await fits();
    await nn.button("Cancel").click();
  });

  test("with a recipe in use whose file has a long name", async () => {
    const recipe = Buffer.from(JSON.stringify(SMALL_RECIPE));
    await nn.button("Open recipe").click();
    await nn.page
      .getByLabel("Recipe file")
      .setInputFiles({ name: LONG_NAME, mimeType: "application/json", buffer: recipe });
    await nn.region("Training").getByText("is in use").waitFor();
    await fits();
  });
});

const SMALL_RECIPE = {
  layers: [{ kind: "flatten" }, { kind: "dense", units: 256, bias: true }],
  start: "heNormal",
  loss: { kind: "crossEntropy", labelSmoothing: 0 },
  optimizer: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.001,
  batchSize: 64,
  epochs: 100_000,
  shuffle: true,
};

/** @param {import("./support/hellonn-page.js").HelloNN} nn @param {object} changes */
async function openRecipe(nn, changes) {
  await nn.button("Open recipe").click();
  await nn.page.getByLabel("Recipe as text").fill(JSON.stringify({ ...SMALL_RECIPE, ...changes }));
  await nn.button("Use this recipe").click();
  const refusal = nn.page.getByRole("dialog").getByRole("alert");
  await eventually(async () => assert.deepEqual(await refusal.allTextContents(), []));
}

/**
 * Every number of the settings.
 * @param {import("./support/hellonn-page.js").HelloNN} nn
 * @param {Record<string, string>} texts by label
 * @param {string} [rest] what goes into those that are not named
 */
async function fillAll(nn, texts, rest) {
  for (const [name, text] of Object.entries(texts)) {
    await nn.region("Training").getByRole("spinbutton", { name, exact: true }).fill(text);
  }
  if (rest === undefined) return;
  for (const field of await nn.region("Training").getByRole("spinbutton").all()) await field.fill(rest);
}
