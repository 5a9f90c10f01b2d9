import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

describe("A learning rate that is far too high", () => {
  const lab = useLab();

  test("stops the training with an explanation, and a sane one trains afterwards", async (t) => {
    const nn = await lab().visitLoaded();
    await nn.choosePreset("Better answer");
    await nn.choice("Optimizer").selectOption({ label: "SGD" });
    await nn.fill({ Epochs: 3, "Learning rate": 1e9, Seed: 1 });
    await nn.press("Train");
    await nn.waitFor("Diverged", 60_000);
    const text = (await nn.alert.textContent()) ?? "";
    t.diagnostic(text);
    assert.match(text, /diverged/i);
    assert.match(text, /lower learning rate/i);

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
    await nn.choosePreset("Better answer");
    await nn.choice("Optimizer").selectOption({ label: "SGD" });
    await nn.fill({ Epochs: 50, "Learning rate": 0.01, Seed: 1 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await nn.fill({ "Learning rate": 1e9 });
    await nn.waitFor("Diverged", 60_000);
    await eventually(async () => assert.equal(await nn.alert.count(), 1));
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
    assert.equal(await nn.alert.count(), 0);
  });
});
