import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

describe("The network's editor and the recipe", () => {
  const lab = useLab();
  /** @type {HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
  });

  const network = () => nn.region("Network");
  const rows = () => network().getByRole("group", { name: "Layers" }).getByRole("listitem").allInnerTexts();

  const names = () =>
    network()
      .getByRole("button", { name: /^Layer \d+: .* output / })
      .allTextContents();

  /** @param {string} kind */
  async function add(kind) {
    await network().getByRole("combobox", { name: "Add a layer" }).selectOption({ label: kind });
    await network().getByRole("button", { name: "Add", exact: true }).click();
  }

  /*
   * Steps: choose a kind, press Add.
   * Seen: a convolution came behind a dense layer: an error at once, and four clicks to mend it.
   * Wanted: each kind goes where it fits, and it is said before.
   */
  test("a new layer of each kind goes where it fits, says where, and the network trains", async () => {
    const kinds = ["Conv2d", "MaxPool2d", "Flatten", "ReLU", "BatchNorm", "Dense", "ELU", "Dropout"];
    for (const preset of ["Better answer", "Convolutional"]) {
      await nn.choosePreset(preset);
      for (const kind of kinds) {
        const before = (await names()).length;
        await network().getByRole("combobox", { name: "Add a layer" }).selectOption({ label: kind });
        const place =
          (await network()
            .getByText(/^It goes /)
            .textContent()) ?? "";
        const behind = Number(/behind layer (\d+)/.exec(place)?.[1] ?? 0);
        await add(kind);
        await eventually(async () => {
          const all = await names();
          assert.equal(all.length, before + 1);
          assert.ok(all[behind]?.startsWith(`Layer ${behind + 1}: ${kind}`), `${kind}: ${place}`);
        });
        await network()
          .getByText(`is added as layer ${behind + 1} of ${before + 1}.`)
          .waitFor({ state: "attached" });
      }
      // Its shapes are all there, and nothing is wrong with any of them.
      await eventually(async () => {
        assert.match(
          (await network().getByRole("group", { name: "Layers" }).textContent()) ?? "",
          /All parameters[\d,]+/,
        );
        assert.ok(await nn.button("Train").isEnabled());
      });
      assert.equal(
        await network()
          .getByText(/needs an image|does not fit/)
          .count(),
        0,
      );
    }
    await nn.fill({ Epochs: 1, Seed: 1 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await nn.press("Stop");
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
  });

  test("a convolution is added, moved by keyboard, and trains", async () => {
    await nn.choosePreset("Better answer");
    await add("Conv2d");
    const handle = network().getByRole("button", { name: /^Move layer \d+: Conv2d/ });
    await handle.focus();
    await nn.page.keyboard.press("ArrowDown");
    // Behind a dense layer there is no image any more: the row says so.
    await network()
      .getByText(/needs an image/)
      .first()
      .waitFor();
    await nn.page.keyboard.press("ArrowUp");
    await eventually(async () =>
      assert.equal(
        await network()
          .getByText(/needs an image/)
          .count(),
        0,
      ),
    );
    await eventually(async () => assert.match((await rows()).join("\n"), /^.*Conv2d.*Dense 128/s));

    await nn.fill({ Epochs: 1, Seed: 1 });
    await nn.press("Train");
    await nn.waitFor("Training");
    assert.ok(await network().getByRole("combobox", { name: "Add a layer" }).isDisabled());
    await nn.press("Stop");
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
  });

  test("a kernel too large is refused at its layer, in words", async () => {
    const recipe = await saved(nn);
    const [convolution, ...rest] = recipe.layers;
    await open(nn, { ...recipe, layers: [{ ...convolution, kernel: 29 }, ...rest] });
    await refused(nn, "layers[0].kernel: Conv2d kernel 29 does not fit an input of 28 × 28");
    assert.deepEqual(await saved(nn), recipe);
  });

  test("a recipe's misspelt field is refused with its path, wherever it stands", async () => {
    const recipe = await saved(nn);
    await open(nn, { ...recipe, sed: 1 });
    await refused(nn, /^sed: unknown field `sed`, expected one of layers, /);
    await open(nn, { ...recipe, augmentation: { elastic: { strengh: 1 } } });
    await refused(nn, /^augmentation\.elastic\.strengh: unknown field/);
    // Every object has a constructor, but no recipe's is its own.
    await open(nn, { ...recipe, constructor: 1 });
    await refused(nn, /^constructor: unknown field/);
    assert.deepEqual(await saved(nn), recipe);
  });

  test("a recipe's field of another type is refused with its path, however deep it lies", async () => {
    const recipe = await saved(nn);
    /** @type {[object, RegExp][]} */
    const cases = [
      [{ epochs: "3" }, /^epochs: expected a whole number from 1 to 100,000, found the text "3"$/],
      [{ batchSize: 1.5 }, /^batchSize: expected a whole number from 1 to 5[\d,]+, .+, found 1\.5$/],
      [{ seed: 2 ** 40 }, /^seed: expected a whole number .+, found 1,099,511,627,776$/],
      [{ layers: [...recipe.layers, { kind: "dens" }] }, /^layers\[\d\]\.kind: expected one of .+, found "dens"$/],
      [{ layers: 3 }, /^layers: expected a list in brackets, found 3$/],
      [
        { augmentation: { elastic: { strength: "much" } } },
        /^augmentation\.elastic\.strength: .+, found the text "much"$/,
      ],
      [{ epochs: -1, l1: 2 }, /^l1: expected 0 to 1, found 2\nepochs: expected .+, found -1$/],
    ];
    for (const [change, message] of cases) {
      await open(nn, { ...recipe, ...change });
      await refused(nn, message);
    }
    assert.deepEqual(await saved(nn), recipe);
  });

  /*
   * Steps: open a recipe with a text of 500 KB, or one nested 100,000 deep.
   * Seen: a dialog that the text runs out of; "Maximum call stack size exceeded".
   * Wanted: a sentence with the place, which the dialog holds.
   */
  test("a recipe of an absurd length or depth is refused in a sentence that its dialog holds", async () => {
    const recipe = await saved(nn);
    const dialog = nn.page.getByRole("dialog", { name: "Open a recipe" });
    await open(nn, { ...recipe, start: "x".repeat(500_000) });
    await eventually(async () => {
      assert.match(
        (await dialog.getByRole("alert").textContent()) ?? "",
        /^start: expected one of .+, found "x{40}…"$/,
      );
      assert.ok(await dialog.evaluate((element) => element.scrollWidth <= element.clientWidth), "it runs out");
    });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    const n = 100_000;
    await openText(nn, `{"loss": ${'{"a":'.repeat(n)}1${"}".repeat(n)}}`);
    await refused(nn, "loss.a.a.a.a.a.a.a: expected a recipe, which has at most 8 levels, found more");
    assert.deepEqual(await saved(nn), recipe);
  });

  test("every layer, loss, optimizer, schedule and start trains, and what is saved is what was opened", async () => {
    const recipe = await saved(nn);
    const layers = [
      { kind: "conv2d", channels: 4, kernel: 3, stride: 2, padding: 1, bias: false },
      { kind: "batchNorm" },
      { kind: "gelu" },
      { kind: "avgPool2d", kernel: 2, stride: 1 },
      { kind: "silu" },
      { kind: "maxPool2d", kernel: 3, stride: 2 },
      { kind: "elu", alpha: 1 },
      { kind: "flatten" },
      { kind: "dropout", rate: 0.2 },
      { kind: "leakyRelu", slope: 0.1 },
      { kind: "tanh" },
      { kind: "sigmoid" },
      { kind: "relu" },
      { kind: "dense", units: 10, bias: true },
    ];
    const losses = [
      { kind: "crossEntropy", labelSmoothing: 0.1 },
      { kind: "binaryCrossEntropy" },
      { kind: "hinge" },
      { kind: "mse" },
    ];
    const optimizers = [
      { kind: "sgd", momentum: 0.9, nesterov: true },
      { kind: "rmsprop", alpha: 0.99, epsilon: 1e-8 },
      { kind: "adamW", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      { kind: "adadelta", rho: 0.9, epsilon: 1e-6 },
    ];
    const schedules = [
      { kind: "step", every: 1, factor: 0.5 },
      { kind: "cosine" },
      { kind: "warmup", epochs: 1 },
      { kind: "oneCycle", rise: 0.3 },
    ];
    const starts = ["xavierNormal", "heUniform", "lecunNormal", "zeros"];
    for (const [i, loss] of losses.entries()) {
      const full = {
        ...recipe,
        layers,
        loss,
        optimizer: optimizers[i],
        schedule: schedules[i],
        start: starts[i],
        weightDecay: 0.001,
        l1: 0.0001,
        clipNorm: 1,
        batchSize: 100,
        epochs: 1,
        augmentation: {
          shift: 1,
          rotation: 5,
          scale: 0.1,
          shear: 5,
          elastic: { strength: 1, smoothness: 4 },
          thickness: 0.3,
          noise: 0.1,
        },
        validationImages: 55_000,
        earlyStopping: { patience: 2 },
        seed: 7,
      };
      await open(nn, full);
      await eventually(async () => assert.deepEqual(await saved(nn), full));
      await nn.run(120_000);
      const [epoch] = await nn.epochs();
      assert.ok(Number.isFinite(Number(epoch?.trainingLoss)), JSON.stringify(epoch));
    }
  });
});

/** @param {HelloNN} nn */
async function saved(nn) {
  const download = nn.page.waitForEvent("download");
  await nn.page.getByRole("button", { name: "Save recipe" }).click();
  const chunks = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** @param {HelloNN} nn @param {object} recipe */
async function open(nn, recipe) {
  await openText(nn, JSON.stringify(recipe));
}

/** @param {HelloNN} nn @param {string} json */
async function openText(nn, json) {
  const buffer = Buffer.from(json);
  const file = { name: "recipe.json", mimeType: "application/json", buffer };
  await nn.page.getByLabel("Recipe file").setInputFiles(file);
}

/** @param {HelloNN} nn @param {string | RegExp} message */
async function refused(nn, message) {
  const dialog = nn.page.getByRole("dialog", { name: "Open a recipe" });
  await eventually(async () => {
    const text = (await dialog.getByRole("alert").textContent()) ?? "";
    if (typeof message === "string") assert.equal(text, message);
    else assert.match(text, message);
  });
  await dialog.getByRole("button", { name: "Cancel" }).click();
}
