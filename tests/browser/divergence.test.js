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
});
