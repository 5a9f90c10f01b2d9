import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { useLab } from "./support/lab.js";

const SEEDS = [1, 2, 3, 4, 5];

describe("PyTorch twin on MNIST", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
    await nn.choosePreset("PyTorch twin");
  });

  for (const seed of SEEDS) {
    test(`with seed ${seed} it is right on 93 % of the test images after 1 epoch`, async (t) => {
      await nn.fill({ Epochs: 1, Seed: seed });
      const { accuracy, text } = await nn.run(90_000);
      t.diagnostic(`test accuracy ${text}`);
      assert.ok(accuracy >= 0.93, text);
    });
  }

  test("it is right on 96 % of the test images after 20 epochs", async (t) => {
    await nn.fill({ Epochs: 20, Seed: 1 });
    const { accuracy, text } = await nn.run(600_000);
    const epochs = await nn.epochs();
    const seconds = epochs.reduce((sum, row) => sum + Number(row.seconds), 0);
    t.diagnostic(`test accuracy ${text}, ${(seconds / epochs.length).toFixed(2)} s an epoch`);
    assert.equal(epochs.length, 20);
    assert.ok(accuracy >= 0.96, text);
  });
});
