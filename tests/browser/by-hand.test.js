import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { useLab } from "./support/lab.js";

describe("By hand on MNIST", () => {
  const lab = useLab();

  test("its true accuracy is near chance after 1 epoch, not the 100 % that the exercise printed", async (t) => {
    const nn = await lab().visitLoaded();
    await nn.choosePreset("By hand");
    await nn.fill({ Epochs: 1, Seed: 1 });
    const { accuracy, text } = await nn.run(180_000);
    const [epoch] = await nn.epochs();
    t.diagnostic(`test accuracy ${text}, training accuracy ${epoch?.trainingAccuracy}, loss ${epoch?.trainingLoss}`);
    // 784 weights of N(0, 1) drive every sigmoid to 0 or 1, where it hardly learns.
    assert.ok(accuracy > 0.04 && accuracy < 0.5, text);
    assert.ok(Number(epoch?.trainingAccuracy) < 0.5);
  });
});
