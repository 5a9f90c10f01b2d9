import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { inflateSync } from "node:zlib";
import { openWeightsFile } from "../../www/runs/export/weights.js";
import { violations } from "./support/axe.js";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";
import { storedRuns } from "./support/stored-runs.js";

describe("The dialog Export", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;
  /** @type {Awaited<ReturnType<typeof nn.epochs>>} */
  let epochs;

  before(async () => {
    nn = await lab().visitSmall();
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 2, Seed: 1 });
    await nn.run(60_000);
    epochs = await nn.epochs();
    await nn.show("Runs");
    await nn.choose("Better answer", "Export");
    await dialog().waitFor();
  });

  const dialog = () => nn.page.getByRole("dialog", { name: "Export" });

  /** @param {string} name of the button @returns {Promise<{name: string, bytes: Buffer}>} */
  async function exported(name) {
    const [file] = await Promise.all([
      nn.page.waitForEvent("download"),
      dialog().getByRole("button", { name, exact: true }).click(),
    ]);
    await dialog().getByRole("status").getByText(`Saved as ${file.suggestedFilename()}`).waitFor();
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }

  /** @type {Buffer} */
  let weights;

  test("weights go out with their recipe and checksum", async () => {
    const { name, bytes } = await exported("Weights (safetensors)");
    weights = bytes;
    const opened = openWeightsFile(new Uint8Array(bytes));
    const [stored] = await storedRuns(nn.page);
    assert.match(name, /\.safetensors$/);
    assert.equal(opened.checksum, stored?.checksum);
    assert.equal(opened.name, "Better answer");
    assert.deepEqual(
      opened.file.tensors.get("0.weight")?.shape ?? opened.file.tensors.get("1.weight")?.shape,
      [128, 784],
    );
  });

  test("so do a script, a notebook and a network for others", async () => {
    const script = await exported("PyTorch script");
    assert.match(script.name, /\.py$/);
    assert.match(script.bytes.toString(), /import torch/);
    const notebook = await exported("Jupyter notebook");
    assert.match(notebook.name, /\.ipynb$/);
    assert.equal(JSON.parse(notebook.bytes.toString()).nbformat, 4);
    const onnx = await exported("ONNX");
    assert.match(onnx.name, /\.onnx$/);
    assert.ok(onnx.bytes.length > 4 * 109_386, String(onnx.bytes.length));
  });

  test("tables hold every digit of what the page shows", async () => {
    const csv = await exported("Epochs (CSV)");
    const [header, ...rows] = csv.bytes.toString().trimEnd().split("\r\n");
    assert.equal(header, "Epoch,Training loss,Training accuracy,Validation loss,Validation accuracy,Seconds");
    const numbers = (/** @type {(typeof epochs)[number]} */ each) =>
      [each.trainingLoss, each.trainingAccuracy, each.validationLoss, each.validationAccuracy].map(Number);
    assert.deepEqual(
      rows.map((row) => row.split(",").slice(1, 5).map(Number)),
      epochs.map(numbers),
    );
    const json = JSON.parse((await exported("Run (JSON)")).bytes.toString());
    assert.deepEqual(
      json.epochs.map((/** @type {any} */ each) => numbers(each)),
      epochs.map(numbers),
    );
    assert.equal(json.recipe.seed, 1);
  });

  test("curves are a picture with words, and one of twice the pixels that is not blank", async () => {
    const svg = (await exported("Curves (SVG)")).bytes.toString();
    assert.match(svg, /^<svg [\s\S]*Better answer[\s\S]*Loss[\s\S]*Accuracy[\s\S]*<\/svg>/);
    const { name, bytes } = await exported("Curves (PNG)");
    assert.match(name, /\.png$/);
    assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1920, 800]);
    const at = bytes.indexOf("IDAT");
    const size = bytes.readUInt32BE(at - 4);
    // A white picture has no more than one value besides each row's filter.
    const raw = inflateSync(bytes.subarray(at + 4, at + 4 + size), { finishFlush: 2 });
    assert.ok(new Set(raw).size > 20, `${new Set(raw).size} values`);
  });

  test("a check of the student's own notebook comes with this network's numbers", async () => {
    const { name, bytes } = await exported("Check my notebook");
    assert.equal(name, "check_my_network.py");
    assert.match(bytes.toString(), /^RUN = "Better answer"$/m);
  });

  test("nothing of it bothers axe", async () => {
    assert.deepEqual(await violations(nn.page), []);
  });

  test("what is no file of weights is refused in a sentence; a true one comes back to the same bits", async () => {
    const file = dialog().getByLabel("Open weights", { exact: true });
    for (const [buffer, why] of /** @type {[Buffer, RegExp][]} */ ([
      [Buffer.from("no weights"), /hostile\.safetensors: .*expected/],
      [weights.subarray(0, weights.length - 3), /expected/],
      [Buffer.concat([Buffer.from([255, 255, 255, 255, 255, 255, 255, 127]), weights]), /expected/],
    ])) {
      await file.setInputFiles({ name: "hostile.safetensors", mimeType: "application/octet-stream", buffer });
      await eventually(async () => assert.match((await dialog().getByRole("alert").textContent()) ?? "", why));
    }
    await file.setInputFiles({ name: "weights.safetensors", mimeType: "application/octet-stream", buffer: weights });
    await nn.waitFor("Stopped");
    await nn.show("Runs");
    // Of one recipe and one seed, they are taken together.
    await nn.region("Runs").getByRole("checkbox", { name: "Group seeds" }).uncheck();
    await nn.runRow("Better answer 2").waitFor();
    await eventually(async () => {
      const [first, second] = await storedRuns(nn.page).then((runs) => runs.map(({ checksum }) => checksum));
      assert.ok(first && first === second, `${first} and ${second}`);
    });
  });

  test("what a run has not is said where its button is", async () => {
    await nn.choose("Better answer 2", "Export");
    for (const name of ["Epochs (CSV)", "Curves (PNG)", "Curves (SVG)"]) {
      assert.ok(await dialog().getByRole("button", { name, exact: true }).isDisabled(), name);
    }
    await dialog().getByText("Not for this run: no epoch has ended yet.").waitFor();
    await nn.page.keyboard.press("Escape");
    assert.equal(await nn.page.getByRole("dialog").count(), 0);
  });
});
