import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { useLab } from "./support/lab.js";

/*
 * Steps: train, Stop in mid-run.
 * Seen: "Evaluated by itself when training finishes", of a run that never will.
 * Wanted: an evaluation is promised only where one will come; elsewhere it says why there is none.
 */
describe("The test panel promises an evaluation only where one will come", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  const promise = () => nn.region("Test").getByText("Evaluated by itself when training finishes.", { exact: true });

  before(async () => {
    nn = await lab().visitSmall();
    await nn.fill({ Epochs: 100_000, Seed: 1 });
  });

  test("before and in a run it does", async () => {
    await promise().waitFor();
    await nn.press("Train");
    await nn.waitFor("Training");
    await promise().waitFor();
    await nn.press("Pause");
    await nn.waitFor("Paused");
    await promise().waitFor();
  });

  test("after Stop it says why there is none, and Evaluate still works", async () => {
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    await nn.region("Test").getByText("Not evaluated: training was stopped before its end.", { exact: true }).waitFor();
    assert.equal(await promise().count(), 0);
    await nn.press("Evaluate on the test set");
    await nn.testResult();
    await nn
      .region("Test")
      .getByText(/^Evaluated /)
      .waitFor();
  });

  test("after a divergence it says so", async () => {
    await nn.choice("Loss").selectOption({ label: "MSE" });
    await nn.choice("Optimizer").selectOption({ label: "SGD" });
    await nn.fill({ "Learning rate": 1000 });
    await nn.press("Train");
    await nn.waitFor("Diverged", 60_000);
    await nn.region("Test").getByText("Not evaluated: training diverged.", { exact: true }).waitFor();
  });

  test("a fresh network is promised one again", async () => {
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
    await promise().waitFor();
  });
});
