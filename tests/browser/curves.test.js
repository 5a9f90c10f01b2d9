import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

describe("The curves", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  /** @param {"Loss" | "Accuracy"} name */
  const inked = (name) =>
    nn
      .figure(name)
      .locator("canvas")
      .evaluate((element) => {
        const canvas = /** @type {HTMLCanvasElement} */ (element);
        const { data = [] } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
        let n = 0;
        for (let i = 3; i < data.length; i += 4) n += Number((data[i] ?? 0) > 0);
        return n;
      });

  before(async () => {
    nn = await lab().visitLoaded();
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 2, Seed: 1 });
  });

  test("grow with the batches of a run, before its first epoch ends", async () => {
    const empty = { Loss: await inked("Loss"), Accuracy: await inked("Accuracy") };
    await nn.press("Train");
    await nn.waitFor("Training");
    for (const name of /** @type {const} */ (["Loss", "Accuracy"])) {
      await eventually(async () => assert.notEqual(await inked(name), empty[name]));
      await eventually(async () => assert.match((await nn.figure(name).textContent()) ?? "", /smoothed/));
    }
    await nn.waitFor("Finished", 60_000);
  });

  test("carry the table's numbers by epoch", async () => {
    await nn.view("By epoch");
    const last = (await nn.epochs()).at(-1);
    assert.ok(last);
    await eventually(async () => {
      const caption = (await nn.figure("Loss").textContent()) ?? "";
      assert.ok(caption.includes(Number(last.trainingLoss).toPrecision(4)), caption);
      assert.ok(caption.includes(Number(last.validationLoss).toPrecision(4)), caption);
    });
    await nn.view("By batch");
  });

  /*
   * Steps: train for longer than the chart has points, with one image a batch.
   * Seen: "batch 6.25 %", which one image cannot be.
   * Wanted: a point that is the mean of many batches says so; one that is a batch says that.
   */
  test("say of a point that it is the mean of many batches", async () => {
    const small = await lab().visitSmall();
    await small.fill({ Epochs: 400, "Batch size": 1, Seed: 1 });
    await small.press("Train");
    await eventually(async () =>
      assert.match((await small.figure("Accuracy").textContent()) ?? "", /mean of [\d,]+ batches \d+\.\d+/),
    );
    await small.press("Stop");
    await small.fill({ Epochs: 1, "Batch size": 300, Seed: 1 });
    await small.press("Train");
    await small.waitFor("Finished");
    // The chart is drawn some frames after the numbers have come.
    await eventually(async () => {
      const caption = (await small.figure("Accuracy").textContent()) ?? "";
      assert.match(caption, /batch \d+\.\d+/);
      assert.doesNotMatch(caption, /mean of/);
    });
    await small.page.context().close();
  });

  test("change to a log scale at a click, the loss alone", async () => {
    const before = { loss: await inked("Loss"), accuracy: await inked("Accuracy") };
    await nn.logScale(true);
    await eventually(async () => assert.notEqual(await inked("Loss"), before.loss));
    assert.equal(await inked("Accuracy"), before.accuracy);
    await nn.logScale(false);
    await eventually(async () => assert.equal(await inked("Loss"), before.loss));
  });

  test("come with throughput and time left in words", async () => {
    await nn.fill({ Epochs: 50 });
    await nn.press("Train");
    await eventually(async () =>
      assert.match((await nn.trainingStatus.textContent()) ?? "", /^Epoch \d+ of 50 · [\d,]+ images\/s · .+ left$/),
    );
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
  });
});
