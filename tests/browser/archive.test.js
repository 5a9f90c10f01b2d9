import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

/** @param {HelloNN} nn @param {Buffer} buffer */
async function importFile(nn, buffer, name = "runs.hellonn") {
  const chooser = nn.page.waitForEvent("filechooser");
  await nn.region("Runs").getByRole("button", { name: "Import" }).click();
  await (await chooser).setFiles({ name, mimeType: "application/octet-stream", buffer });
}

/** @param {HelloNN} nn @param {RegExp} sentence */
async function said(nn, sentence) {
  await nn.region("Runs").getByRole("status").filter({ hasText: sentence }).waitFor();
}

/** What Train shows of the run that is open. @param {HelloNN} nn */
async function shown(nn) {
  const [digit] = await handDrawn();
  await draw(nn, digit?.strokes ?? []);
  const prediction = await nn.settledPrediction();
  const scores = await nn.meters.evaluateAll((meters) => meters.map((meter) => meter.getAttribute("aria-valuenow")));
  return { prediction, scores, epochs: await nn.epochs(), accuracy: await nn.output("Test accuracy").textContent() };
}

describe("All runs in a file", () => {
  const lab = useLab();

  /** @type {HelloNN} */
  let nn;
  /** @type {Buffer} */
  let file;

  before(async () => {
    nn = await lab().visitSmall();
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 2, Seed: 1 });
    await nn.run(60_000);
    await nn.fill({ Epochs: 3, Seed: 2 });
    await nn.press("Train");
    await nn.waitFor("Finished");
    await nn.testResult();
    await nn.show("Runs");
    const download = nn.page.waitForEvent("download");
    await nn.region("Runs").getByRole("button", { name: "Export all" }).click();
    const saved = await download;
    assert.match(saved.suggestedFilename(), /^hellonn-runs-[\d-]+\.hellonn$/);
    file = await readFile(await saved.path());
    await said(nn, /^Exported 2 runs/);
  });

  test("come to another browser, and open there with the same weights, curves and answers", async () => {
    const other = await lab().visitSmall();
    await other.show("Runs");
    await importFile(other, file);
    await said(other, /^Imported 2 runs from runs\.hellonn\.$/);
    await other.page.reload();
    await other.show("Train");
    await other.waitUntilLoaded();
    await other.chooseFiles(await smallFiles());
    await eventually(async () => assert.match((await other.dataStatus.textContent()) ?? "", /^600 training/));
    await other.waitUntilLoaded();
    for (const page of [nn, other]) {
      await page.show("Runs");
      await page.choose("Better answer", "Open");
      await page.waitFor("Finished");
    }
    assert.deepEqual(await shown(other), await shown(nn));
    assert.deepEqual(await checksums(other), await checksums(nn));
    await other.page.context().close();
  });

  test("that are there already are counted, and stay as they are", async () => {
    await nn.show("Runs");
    await importFile(nn, file);
    await said(nn, /^Imported 0 runs from runs\.hellonn\. 2 were there already\.$/);
  });

  test("are refused where the file is damaged, and the list stays as it was", async () => {
    for (const [bytes, why] of /** @type {[Buffer, RegExp][]} */ ([
      [file.subarray(0, file.length - 100), /gzipped|end of the file/],
      [Buffer.from("no runs at all"), /gzipped/],
      [Buffer.alloc(0), /gzipped/],
    ])) {
      await importFile(nn, bytes, "damaged.hellonn");
      await said(nn, /^damaged\.hellonn was not imported\..*The list is as it was\.$/);
      assert.match((await nn.region("Runs").locator(".runs-undo").textContent()) ?? "", why);
    }
    assert.equal((await checksums(nn)).length, 2);
  });
});

async function smallFiles() {
  const { bands, SMALL } = await import("./support/idx.js");
  return bands(SMALL);
}

/** Of the weights that are kept. @param {HelloNN} nn @returns {Promise<unknown[]>} */
function checksums(nn) {
  return nn.page.evaluate(async () => {
    /** @type {IDBDatabase} */
    const database = await new Promise((resolve) => {
      const opening = indexedDB.open("hellonn");
      opening.onsuccess = () => resolve(opening.result);
    });
    const reading = database.transaction("runs").objectStore("runs").getAll();
    const runs = await new Promise((resolve) => {
      reading.onsuccess = () => resolve(reading.result);
    });
    database.close();
    return runs.map((/** @type {any} */ { id, checksum }) => [id, checksum]);
  });
}
