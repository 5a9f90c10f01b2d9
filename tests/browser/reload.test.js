import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { bands, SMALL } from "./support/idx.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

/** @param {HelloNN} nn @param {Parameters<typeof bands>[0]} shape */
async function chooseBands(nn, shape) {
  await nn.chooseFiles(bands(shape));
  const status = new RegExp(`^${shape.nTraining} training`);
  await eventually(async () => assert.match((await nn.dataStatus.textContent()) ?? "", status));
  await nn.waitUntilLoaded();
}

/** What the list says of the runs: name, changes and numbers. @param {HelloNN} nn */
async function rows(nn) {
  await nn.show("Runs");
  await nn.groupSeeds(false);
  const all = await nn.runsTable.locator("tbody tr").all();
  return Promise.all(
    all.map((row) =>
      row
        .locator("th .run-name, th .changes, td:not(.show, .actions)")
        .allTextContents()
        .then((texts) => texts.join(" | ")),
    ),
  );
}

describe("What is not lost", () => {
  const lab = useLab();

  test("Train after a finished run starts another, and the one before opens again with its weights", async () => {
    const nn = await lab().visitLoaded();
    await chooseBands(nn, SMALL);
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 2, Seed: 1 });
    const { text } = await nn.run(30_000);
    await nn.press("Train");
    await nn.waitFor("Finished");
    await nn.testResult();
    assert.equal((await rows(nn)).length, 2);
    await nn.choose("Better answer", "Open");
    await nn.waitFor("Finished");
    await eventually(async () => assert.equal(await nn.output("Test accuracy").textContent(), text));
    await nn.page.context().close();
  });

  test("settings, preset and runs survive a reload, and a run opens again with its curves and its weights", async () => {
    const nn = await lab().visitLoaded();
    await chooseBands(nn, SMALL);
    await nn.choosePreset("PyTorch twin");
    await nn.fill({ Epochs: 3, Seed: 1, "Learning rate": 0.02 });
    const { text } = await nn.run(30_000);
    const epochs = await nn.epochs();
    await nn.choosePreset("Network wars");
    await nn.fill({ Epochs: 9, Seed: 5, "Batch size": 3 });
    await nn.page.getByText("Changed from Network wars").waitFor();
    const before = await rows(nn);
    assert.match(before[0] ?? "", /PyTorch twin .*rate 0\.02/);

    await nn.page.reload();
    await nn.show("Train");
    await nn.waitUntilLoaded();
    assert.deepEqual(await rows(nn), before);
    await nn.show("Train");
    assert.equal(await nn.choice("Preset").inputValue(), "Network wars");
    const held = async () =>
      Promise.all(/** @type {const} */ (["Epochs", "Seed", "Batch size"]).map((field) => nn.field(field).inputValue()));
    assert.deepEqual(await held(), ["9", "5", "3"]);
    // What nobody has changed is as the preset has it for the data that is there now.
    assert.equal(await nn.field("Validation images").inputValue(), "0");
    assert.equal(await nn.alert.count(), 0);

    await nn.show("Runs");
    await nn.choose("PyTorch twin", "Edit a copy");
    await eventually(async () => assert.equal(await nn.field("Learning rate").inputValue(), "0.02"));
    await nn.fill({ Epochs: 1 });
    await chooseBands(nn, SMALL);
    await nn.show("Runs");
    await nn.choose("PyTorch twin", "Open");
    await nn.waitFor("Finished");
    assert.deepEqual(await nn.epochs(), epochs);
    assert.equal(await nn.output("Test accuracy").textContent(), text);
    assert.match((await nn.figure("Loss").textContent()) ?? "", /at epoch 3\.00/);
    await nn.fill({ Epochs: 1 });
    await nn.press("Train");
    await nn.waitFor("Finished");
    assert.match((await rows(nn))[0] ?? "", /^PyTorch twin 2 /);
    await nn.page.context().close();
  });

  test("settings for other data come back as settings for the data that is there", async () => {
    const nn = await lab().visitLoaded();
    await chooseBands(nn, { ...SMALL, rows: 16, cols: 12, nClasses: 4 });
    await nn.fill({ Epochs: 2 });
    await nn.region("Network").getByRole("combobox", { name: "Add a layer" }).selectOption("Dropout");
    await nn.button("Add").click();
    await nn.page.getByText("Changed from Better answer").waitFor();
    await nn.page.reload();
    await nn.waitUntilLoaded();
    await nn.waitFor("Untrained and ready");
    const layers = nn.region("Network").getByRole("list", { name: "Layers in order" }).getByRole("listitem");
    await eventually(async () => assert.match((await layers.last().textContent()) ?? "", /Dense 10/));
    assert.equal(await layers.count(), 6, "the preset's five, and the one that was added");
    assert.equal(await nn.field("Epochs").inputValue(), "2");
    await nn.page.context().close();
  });

  test("a field that holds no number does not cost the others", async () => {
    const nn = await lab().visitLoaded();
    await nn.fill({ Epochs: 9 });
    await nn.page.getByText("Changed from Better answer").waitFor();
    await nn.fill({ "Learning rate": "" });
    await nn.page.getByText("expected 1e-30 to 1,000, found no").first().waitFor();
    await nn.page.reload();
    await nn.waitUntilLoaded();
    assert.equal(await nn.field("Epochs").inputValue(), "9");
    await nn.page.context().close();
  });
});

describe("Leaving the page", () => {
  const lab = useLab();

  test("in mid-run asks; staying trains on, and a run that is left is in the list as interrupted", async () => {
    const nn = await lab().visitLoaded();
    await chooseBands(nn, SMALL);
    await nn.choosePreset("PyTorch twin");
    await nn.fill({ Epochs: 100_000 });
    /** @type {string[]} */
    const asked = [];
    let leave = false;
    nn.page.on("dialog", async (dialog) => {
      asked.push(dialog.type());
      await (leave ? dialog.accept() : dialog.dismiss());
    });
    await nn.page.evaluate(() => document.body.click());
    await nn.press("Train");
    await nn.waitFor("Training");
    const n = (await nn.epochs()).length;
    await nn.page.evaluate(() => location.reload());
    await eventually(() => assert.deepEqual(asked, ["beforeunload"]));
    await eventually(async () => assert.ok((await nn.epochs()).length > n, "it trains no more"));
    leave = true;
    await nn.page.reload();
    assert.deepEqual(asked, ["beforeunload", "beforeunload"]);
    await nn.waitUntilLoaded();
    assert.match((await rows(nn))[0] ?? "", /^PyTorch twin .*Interrupted/);
    await nn.page.context().close();
  });

  test("asks nothing before a run, nor after it", async () => {
    const nn = await lab().visitLoaded();
    nn.page.on("dialog", () => assert.fail("it asks"));
    await nn.fill({ Epochs: 2 });
    await nn.page.reload();
    await nn.waitUntilLoaded();
    await chooseBands(nn, SMALL);
    await nn.run(30_000);
    await nn.page.reload();
    await nn.waitUntilLoaded();
    await nn.page.context().close();
  });
});

describe("What was kept", () => {
  const lab = useLab();

  test("in a browser that keeps nothing is nothing, and the page works", async () => {
    const nn = await lab().visitLoaded({ prepare: (page) => page.addInitScript(forbidStorage) });
    await nn.fill({ Epochs: 9 });
    await nn.page.reload();
    await nn.waitUntilLoaded();
    assert.equal(await nn.field("Epochs").inputValue(), "5");
    assert.equal(await nn.alert.count(), 0);
    await nn.page.context().close();
  });

  test("and cannot be read is left out with a sentence, and the page works", async () => {
    const nn = await lab().visitLoaded();
    const keepInstead = (/** @type {string} */ text) =>
      nn.page.evaluate((kept) => {
        // After the page has kept its own.
        const keep = () => sessionStorage.setItem("hellonn", kept);
        addEventListener("pagehide", keep);
        document.addEventListener("visibilitychange", keep);
      }, text);
    for (const text of ["{", '{"version":2,"settings":{"presetName":"__proto__"}}', '{"version":1}']) {
      await keepInstead(text);
      await nn.page.reload();
      await nn.waitUntilLoaded();
      assert.match((await nn.alert.textContent()) ?? "", /kept over the reload cannot be read/, text);
      assert.equal(await nn.choice("Preset").inputValue(), "Better answer");
    }
    await nn.page.reload();
    await nn.waitUntilLoaded();
    assert.equal(await nn.alert.count(), 0, "it is said once");
    await nn.page.context().close();
  });

  test("is in this tab alone, under one name, and holds nothing of the data", async () => {
    const nn = await lab().visitLoaded();
    await chooseBands(nn, SMALL);
    await nn.fill({ Epochs: 1 });
    await nn.run(30_000);
    await nn.page.reload();
    await nn.waitUntilLoaded();
    const { names, size, others } = await nn.page.evaluate(() => ({
      names: Object.keys(sessionStorage),
      size: (sessionStorage.getItem("hellonn") ?? "").length,
      others: localStorage.length,
    }));
    assert.deepEqual([names, others], [["hellonn"], 0]);
    assert.ok(size < 10_000, `${size} characters`);
    await nn.page.context().close();
  });
});

function forbidStorage() {
  for (const name of ["sessionStorage", "localStorage"]) {
    Object.defineProperty(Window.prototype, name, {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
    // Chromium has them on the window itself.
    Reflect.deleteProperty(globalThis, name);
  }
}
