import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

/** The highest learning rate that the page takes. */
const MOST = 1000;

/** With MSE on plain outputs each step of SGD overshoots by more than the one before. @param {import("./support/hellonn-page.js").HelloNN} nn */
async function overshoot(nn) {
  await nn.choosePreset("Better answer");
  await nn.choice("Loss").selectOption({ label: "MSE" });
  await nn.choice("Optimizer").selectOption({ label: "SGD" });
}

describe("A learning rate that is far too high", () => {
  const lab = useLab();

  test("stops the training with an explanation, and a sane one trains afterwards", async (t) => {
    const nn = await lab().visitLoaded();
    await overshoot(nn);
    await nn.fill({ Epochs: 3, "Learning rate": MOST, Seed: 1 });
    await nn.press("Train");
    await nn.waitFor("Diverged", 60_000);
    const text = (await nn.alert.textContent()) ?? "";
    t.diagnostic(text);
    assert.match(text, /diverged/i);
    assert.match(text, /learning rate .*lower|lower learning rate/i);

    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 1, Seed: 1 });
    await nn.press("Train");
    await nn.waitFor("Finished", 60_000);
    const { accuracy, text: result } = await nn.testResult();
    assert.ok(accuracy > 0.9, result);
    assert.equal(await nn.alert.count(), 0);
  });

  test("raised in the middle of a run does the same", async () => {
    const nn = await lab().visitLoaded();
    await overshoot(nn);
    await nn.fill({ Epochs: 50, "Learning rate": 0.01, Seed: 1 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await nn.fill({ "Learning rate": MOST });
    await nn.waitFor("Diverged", 60_000);
    await eventually(async () => assert.equal(await nn.alert.count(), 1));
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
    assert.equal(await nn.alert.count(), 0);
  });

  /*
   * Steps: train well for a while, then raise the learning rate until the loss runs away.
   * Seen: the chart's axis went up to the last value, and all before it was a flat line.
   * Wanted: the axis shows what is usual, and says that there is more above.
   */
  test("leaves the curve before it in sight, and says that the loss goes on above the chart", async () => {
    const nn = await lab().visitSmall();
    await overshoot(nn);
    await nn.fill({ Epochs: 100_000, "Learning rate": 0.01, Seed: 1 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await eventually(async () => assert.ok((await nn.epochs()).length > 30));
    const chart = nn.figure("Loss").locator("canvas");
    /** How high the smoothed line comes, as a share of the chart. */
    const height = () =>
      chart.evaluate((element) => {
        const canvas = /** @type {HTMLCanvasElement} */ (element);
        const { data = [] } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
        // Blue is the line's alone. What leaves the chart at its right end does not count.
        const right = Math.floor(canvas.width * 0.6);
        const rows = Array.from({ length: canvas.height }, (_, y) => y).filter((y) => {
          for (let x = 0; x < right; x += 1) {
            const i = 4 * (y * canvas.width + x);
            if ((data[i + 2] ?? 0) - (data[i] ?? 0) > 60 && (data[i + 3] ?? 0) > 200) return true;
          }
          return false;
        });
        return rows.length / canvas.height;
      });
    assert.ok((await height()) > 0.3);
    await nn.fill({ "Learning rate": MOST });
    await nn.waitFor("Diverged", 60_000);
    await nn
      .figure("Loss")
      .getByText(/^▲ up to .+, above the scale$/)
      .waitFor();
    await eventually(async () => assert.ok((await height()) > 0.3, `${await height()}`));
    await nn.logScale(true);
    await nn
      .figure("Loss")
      .getByText(/above the scale/)
      .waitFor({ state: "hidden" });
  });
});
