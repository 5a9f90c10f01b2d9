import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { useLab } from "./support/lab.js";

/** Table B of the exercise: the mean training loss of its 25 epochs, and the cross-entropy on the test set. */
const TABLE_B = [
  0.220857, 0.107384, 0.083937, 0.071884, 0.064751, 0.059408, 0.056374, 0.053473, 0.05115, 0.049849, 0.04801, 0.047415,
  0.04686, 0.046423, 0.045279, 0.045056, 0.043876, 0.045155, 0.043802, 0.044106, 0.044141, 0.042316, 0.042484, 0.042663,
  0.043473,
];
const TEST_LOSS = 0.0994;

describe("Network wars on MNIST", () => {
  const lab = useLab();

  test("its 25 epochs' training losses and its test loss are within 8 % of the exercise's", async (t) => {
    const nn = await lab().visitLoaded();
    await nn.choosePreset("Network wars");
    await nn.fill({ Epochs: TABLE_B.length, Seed: 1 });
    const { text } = await nn.run(600_000);
    const epochs = await nn.epochs();
    for (const [i, { trainingLoss, seconds }] of epochs.entries()) {
      t.diagnostic(
        `epoch ${i + 1}: training loss ${trainingLoss}, table B ${TABLE_B[i]}, ${Number(seconds).toFixed(1)} s`,
      );
    }
    const testLoss = Number(await nn.output("Test loss").textContent());
    t.diagnostic(`test accuracy ${text}, loss ${testLoss}, the exercise's ${TEST_LOSS}`);
    assert.equal(epochs.length, TABLE_B.length);
    for (const [i, expected] of TABLE_B.entries()) {
      const found = Number(epochs[i]?.trainingLoss);
      assert.ok(Math.abs(found / expected - 1) <= 0.08, `epoch ${i + 1}: ${found} against ${expected}`);
    }
    assert.ok(Math.abs(testLoss / TEST_LOSS - 1) <= 0.08, `test loss ${testLoss}`);
  });
});
