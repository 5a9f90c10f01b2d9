import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { useLab } from "./support/lab.js";

/** Table B of the exercise: the mean training loss of its first two epochs. */
const TABLE_B = [0.220857, 0.107384];

describe("Network wars on MNIST", () => {
  const lab = useLab();

  test("its first two epochs' training losses are within 10 % of the exercise's", async (t) => {
    const nn = await lab().visitLoaded();
    await nn.choosePreset("Network wars");
    await nn.fill({ Epochs: TABLE_B.length, Seed: 1 });
    const { text } = await nn.run(300_000);
    const epochs = await nn.epochs();
    for (const [i, { trainingLoss, seconds }] of epochs.entries()) {
      t.diagnostic(`epoch ${i + 1}: training loss ${trainingLoss}, table B ${TABLE_B[i]}, ${Number(seconds).toFixed(1)} s`);
    }
    t.diagnostic(`test accuracy ${text}`);
    assert.equal(epochs.length, TABLE_B.length);
    for (const [i, expected] of TABLE_B.entries()) {
      const found = Number(epochs[i]?.trainingLoss);
      assert.ok(Math.abs(found / expected - 1) <= 0.1, `epoch ${i + 1}: ${found} against ${expected}`);
    }
  });
});
