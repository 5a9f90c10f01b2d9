import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

/*
 * Steps: train with patience until the run stops early and goes back to its best epoch.
 * Seen: the test said how many epochs there had been, and nothing told the best one from the others.
 * Wanted: whatever shows epochs or a score says which epoch's weights they are.
 */
describe("A run that stopped early and went back to its best epoch", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;
  let best = "";
  let nEpochs = 0;

  before(async () => {
    nn = await lab().visitSmall();
    await nn.fill({ Epochs: 30, Seed: 1, "Learning rate": 0.01, "Validation images": 200 });
    await nn.region("Training").getByText("More settings").click();
    await nn.region("Training").getByRole("spinbutton", { name: "Patience (epochs)" }).fill("2");
    await nn.run(60_000);
    const status = (await nn.trainingStatus.textContent()) ?? "";
    best = /stopped early: best epoch (\d+)$/.exec(status)?.[1] ?? "";
    nEpochs = (await nn.epochs()).length;
    assert.ok(Number(best) > 0 && Number(best) < nEpochs, status);
  });

  test("is tested as of that epoch, and says so", async () => {
    await nn
      .region("Test")
      .getByText(`Evaluated after epoch ${best}, the best of ${nEpochs}.`, { exact: true })
      .waitFor();
  });

  test("has that epoch marked in the table by a sign and a word", async () => {
    const marked = nn.epochsTable.getByRole("row").filter({ hasText: "★ best" });
    assert.equal(await marked.count(), 1);
    assert.match((await marked.getByRole("rowheader").textContent()) ?? "", new RegExp(`^${best} ★ best$`));
  });

  test("has it marked in the curves by epoch, and named beside them", async () => {
    await nn.view("By epoch");
    for (const name of /** @type {const} */ (["Loss", "Accuracy"])) {
      await nn.figure(name).getByText(`epoch ${nEpochs} · best ${best}`, { exact: true }).waitFor();
    }
    await nn.view("By batch");
  });

  test("opens again with the same words, and the next run begins without a mark", async () => {
    await nn.press("Train");
    await eventually(async () => assert.equal(await nn.epochsTable.getByText("★").count(), 1));
    await nn.waitFor("Finished");
    await nn.show("Runs");
    await nn.groupSeeds(false);
    await nn.choose("Better answer", "Open");
    await nn
      .region("Test")
      .getByText(`Evaluated after epoch ${best}, the best of ${nEpochs}.`, { exact: true })
      .waitFor();
    await nn.press("Evaluate on the test set");
    await nn
      .region("Test")
      .getByText(`Evaluated after epoch ${best}, the best of ${nEpochs}.`, { exact: true })
      .waitFor();
    await nn.press("Reset");
    await eventually(async () => assert.equal(await nn.epochsTable.getByText("★").count(), 0));
  });
});
