import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";
import { storedRuns } from "./support/stored-runs.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

const EPOCHS = 400;

/** @param {HelloNN} nn @param {RegExp} text of the run's row */
async function rowSays(nn, text) {
  await eventually(async () => assert.match((await nn.runRow("Better answer").textContent()) ?? "", text));
}

describe("Two tabs", () => {
  const lab = useLab();

  test("see each other's runs, never train the same, and the one goes on with what the other broke off", async () => {
    const alone = await lab().visitSmall();
    await alone.fill({ Epochs: EPOCHS, Seed: 5 });
    await alone.press("Train");
    await alone.waitFor("Finished", 60_000);
    const [undisturbed] = await eventually(async () => {
      const runs = await storedRuns(alone.page);
      assert.ok(runs[0]?.checksum);
      return runs;
    });
    await alone.page.context().close();

    const first = await lab().visitSmall();
    const second = await lab().revisit(first);
    await second.waitUntilLoaded();
    await lab().chooseSmall(second);
    await second.show("Runs");
    await first.fill({ Epochs: EPOCHS, Seed: 5 });
    await first.press("Train");
    await first.waitFor("Training");
    await rowSays(second, /In another tab/);
    const resume = await second.menuItem("Better answer", "Open");
    assert.equal(await resume.getAttribute("aria-disabled"), "true");
    await second.page.keyboard.press("Escape");

    await first.page.close({ runBeforeUnload: false });
    await rowSays(second, /Interrupted/);
    await second.choose("Better answer", "Resume");
    await second.waitFor("Finished", 60_000);
    await eventually(async () => {
      const [run] = await storedRuns(second.page);
      assert.equal(run?.state, "finished");
      assert.equal(run?.checksum, undisturbed?.checksum);
      assert.equal(run?.epochs.length, EPOCHS);
    });
    await second.page.context().close();
  });
});
