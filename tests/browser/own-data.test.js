import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { draw } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { bands } from "./support/idx.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

const SHAPE = { rows: 16, cols: 12, nClasses: 4, nTraining: 400, nTest: 100 };
const STATUS = "400 training images, 100 test images, 16 × 12, 4 classes";

describe("A data set of the user's own, 16 × 12 with 4 classes", () => {
  const lab = useLab();

  /** @type {HelloNN} */
  let nn;

  const waitForStatus = (/** @type {HelloNN} */ nn, /** @type {string} */ status) =>
    eventually(async () => assert.equal(await nn.dataStatus.textContent(), status));

  before(async () => {
    nn = await lab().visitLoaded();
    await nn.chooseFiles(bands(SHAPE));
    await waitForStatus(nn, STATUS);
  });

  test("trains at once, with the preset that the page opens with", async () => {
    await nn.waitUntilLoaded();
    await nn.press("Train");
    await nn.waitFor("Finished");
  });

  test("is told in the status, with samples and the number of each class", async () => {
    assert.equal(await nn.alert.count(), 0);
    const counts = nn.region("Data").getByRole("list", { name: "Training images of each class" }).getByRole("listitem");
    assert.deepEqual(await counts.count(), 4);
    for (let label = 0; label < 4; label += 1) {
      assert.match((await counts.nth(label).textContent()) ?? "", new RegExp(`${label}: 100 images`));
    }
    const sample = nn
      .region("Data")
      .getByRole("img", { name: /^Image labelled [0-3]$/ })
      .first();
    assert.deepEqual(
      await sample.evaluate((canvas) => {
        const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
        return [width, height];
      }),
      [12, 16],
    );
  });

  for (const preset of ["PyTorch twin", "Better answer", "Network wars", "By hand"]) {
    test(`fits ${preset}, as it comes with the page`, async (t) => {
      await nn.choosePreset(preset);
      const layers = nn.region("Network").getByRole("group", { name: "Layers" });
      await eventually(async () => assert.match((await layers.textContent()) ?? "", /16 × 12/));
      const trainsWell = preset !== "By hand";
      await nn.fill({ Epochs: 5, Seed: 1 });
      const { accuracy, nImages, text } = await nn.run(30_000);
      t.diagnostic(`test accuracy ${text}`);
      assert.equal(nImages, 100);
      if (trainsWell) assert.ok(accuracy > 0.9, text);
      assert.equal((await nn.epochs()).length, 5);
    });
  }

  test("has four meters, and a drawing is seen at its size", async () => {
    assert.equal(await nn.meters.count(), 4);
    await draw(nn, [
      [
        [0.2, 0.2],
        [0.8, 0.2],
      ],
    ]);
    assert.match(await nn.settledPrediction(), /^[0-3]$/);
    const seen = nn.region("Draw").getByRole("img", { name: "The drawing as the network sees it" });
    assert.deepEqual(
      await seen.evaluate((canvas) => {
        const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
        return [width, height];
      }),
      [12, 16],
    );
  });

  test("gives way to the built-in MNIST at a click, with its ten meters", async () => {
    await nn.region("Data").getByRole("button", { name: "Use the built-in MNIST" }).click();
    await waitForStatus(nn, "60,000 training images, 10,000 test images, 28 × 28, 10 classes");
    await eventually(async () => assert.equal(await nn.meters.count(), 10));
    assert.equal(await nn.alert.count(), 0);
    await nn.waitUntilLoaded();
  });

  test("can be dropped on the region, in any order, gzipped or not", async () => {
    const files = bands(SHAPE).map(({ name, buffer }, i) =>
      i % 2 === 0 ? { name: `${name}.gz`, buffer: gzipSync(buffer) } : { name, buffer },
    );
    await drop(nn, files.reverse());
    await waitForStatus(nn, STATUS);
    assert.equal(await nn.meters.count(), 4);
  });

  test("may lack test images: the page says so and trains", async () => {
    await nn.chooseFiles(bands(SHAPE).slice(0, 2));
    await waitForStatus(nn, "400 training images, no test images, 16 × 12, 4 classes");
    await nn.waitUntilLoaded();
    assert.ok(await nn.button("Evaluate on the test set").isDisabled());
    await nn.region("Test").getByText("no test images").waitFor();
    await nn.choosePreset("PyTorch twin");
    await nn.fill({ Epochs: 2 });
    await nn.press("Train");
    await nn.waitFor("Finished");
    assert.equal((await nn.epochs()).length, 2);
  });

  test("cannot be dropped while a run would be lost by it", async () => {
    await nn.fill({ Epochs: 1000, "Batch size": 1 });
    await nn.press("Train");
    await nn.waitFor("Training");
    const status = await nn.dataStatus.textContent();
    await drop(nn, bands({ ...SHAPE, nTraining: 80 }));
    const n = (await nn.epochs()).length;
    await eventually(async () => assert.ok((await nn.epochs()).length > n + 2));
    assert.equal(await nn.dataStatus.textContent(), status);
    await nn.press("Stop");
    await nn.waitFor("Stopped");
  });

  test("may be as small as forty images, for each preset", async () => {
    await nn.chooseFiles(bands({ ...SHAPE, nTraining: 40, nTest: 8 }));
    await waitForStatus(nn, "40 training images, 8 test images, 16 × 12, 4 classes");
    const presets = await nn.choice("Preset").getByRole("option").allTextContents();
    for (const preset of presets) {
      await nn.choosePreset(preset);
      await nn.fill({ Epochs: 1 });
      await nn.press("Train");
      await sleep(500);
      assert.equal(await nn.page.locator("[aria-invalid=true]").count(), 0, `${preset} does not fit`);
      await nn.waitFor("Finished");
    }
  });

  test("may make hundreds of epochs a second, and the page still answers", async (t) => {
    await nn.choosePreset("PyTorch twin");
    await nn.fill({ Epochs: 100_000, "Batch size": 40, "Validation images": 0 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await sleep(6000);
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    t.diagnostic(`${(await nn.epochs()).length} rows in the table: ${await nn.trainingStatus.textContent()}`);
  });
});

/**
 * Drops files on the region "Data".
 * @param {HelloNN} nn
 * @param {import("./support/hellonn-page.js").UserFile[]} files
 */
async function drop(nn, files) {
  const sent = files.map(({ name, buffer }) => ({ name, base64: buffer.toString("base64") }));
  const dataTransfer = await nn.page.evaluateHandle((files) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of files) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name));
    }
    return transfer;
  }, sent);
  for (const type of ["dragenter", "dragover", "drop"]) {
    await nn.region("Data").dispatchEvent(type, { dataTransfer });
  }
}
