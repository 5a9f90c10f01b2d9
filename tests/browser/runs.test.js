import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { bands, SMALL } from "./support/idx.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

/** What Train shows of a run. @param {HelloNN} nn */
async function shownInTrain(nn) {
  const meters = await nn.meters.all();
  return {
    epochs: await nn.epochs(),
    status: await nn.trainingStatus.textContent(),
    accuracy: await nn.output("Test accuracy").textContent(),
    loss: await nn.output("Test loss").textContent(),
    prediction: await nn.settledPrediction(),
    scores: await Promise.all(meters.map((meter) => meter.getAttribute("aria-valuenow"))),
    seed: await nn.field("Seed").inputValue(),
    caption: await nn.figure("Loss").textContent(),
  };
}

/** The cells of one run. @param {HelloNN} nn @param {string} name */
async function cells(nn, name) {
  const texts = await nn.runRow(name).getByRole("cell").allTextContents();
  const [, network, seed, epochs, , validation, test, time, parameters, state] = texts.map((text) => text.trim());
  return { network, seed, epochs, validation, test, time, parameters, state };
}

describe("The runs of a visit", () => {
  const lab = useLab();

  /** @type {HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
    await nn.chooseFiles(bands(SMALL));
    await eventually(async () => assert.match((await nn.dataStatus.textContent()) ?? "", /^600 training/));
    await nn.waitUntilLoaded();
    const [digit] = await handDrawn();
    await draw(nn, digit?.strokes ?? []);
  });

  test("are none at first, and the view says how to get one", async () => {
    await nn.show("Runs");
    await nn.region("Runs").getByText("Nothing has been trained yet").waitFor();
    assert.ok(await nn.runsTable.isHidden());
    await nn.region("Runs").getByRole("link", { name: "Train a network" }).click();
    await nn.region("Training").waitFor();
  });

  /** @type {Awaited<ReturnType<typeof shownInTrain>>} */
  let first;

  test("stay with their results, the newest on top", async () => {
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 3, Seed: 1 });
    const { text } = await nn.run(60_000);
    first = await shownInTrain(nn);
    await nn.fill({ Epochs: 2, Seed: 2, "Learning rate": 0.01 });
    await nn.press("Train");
    await nn.waitFor("Finished");
    await nn.testResult();

    await nn.show("Runs");
    const names = await nn.runsTable.getByRole("rowheader").allTextContents();
    assert.equal(names.length, 2);
    assert.match(names[0] ?? "", /^Better answer 2 .*rate 0\.01/);
    assert.match(names[1] ?? "", /^Better answer /);
    const { validation, test: score, ...rest } = await cells(nn, "Better answer");
    assert.deepEqual(rest, {
      network: "128·64·10",
      seed: "1",
      epochs: "3",
      time: rest.time,
      parameters: rest.parameters,
      state: "Finished",
    });
    assert.equal(score, text.split(" ")[0]?.replace(/$/, ""));
    const last = first.epochs.at(-1);
    assert.equal(validation, `${(100 * Number(last?.validationAccuracy)).toFixed(2)}\u00a0%`);
  });

  test("open again in Train as they ended: curves, numbers, settings and what the network answers", async () => {
    await nn.choose("Better answer", "Open");
    await nn.region("Training").waitFor();
    await nn.waitFor("Finished");
    await eventually(async () => assert.deepEqual(await shownInTrain(nn), first));
    await nn.show("Runs");
    await nn.runRow("Better answer").getByText("in Train").waitFor();
  });

  test("a copy of one takes its settings to the next run, and the run itself stays", async () => {
    await nn.choose("Better answer 2", "Edit a copy");
    await nn.region("Training").waitFor();
    assert.equal(await nn.field("Learning rate").inputValue(), "0.01");
    assert.equal(await nn.field("Seed").inputValue(), "2");
    await nn.fill({ Epochs: 1 });
    await nn.press("Train");
    await nn.waitFor("Finished");
    await nn.show("Runs");
    assert.equal((await nn.runsTable.getByRole("rowheader").all()).length, 3);
    assert.equal((await cells(nn, "Better answer 2")).epochs, "2");
    assert.equal((await cells(nn, "Better answer 3")).epochs, "1");
  });

  test("while one is under way the others cannot be opened, and the menu says why", async () => {
    await nn.show("Train");
    await nn.fill({ Epochs: 100_000 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await nn.show("Runs");
    const open = await nn.menuItem("Better answer", "Open");
    assert.equal(await open.getAttribute("aria-disabled"), "true");
    assert.match((await open.textContent()) ?? "", /under way/);
    await nn.page.keyboard.press("Escape");
    await eventually(async () =>
      assert.match((await cells(nn, "Better answer 4")).epochs ?? "", /^[\d,]+ of 100,000$/),
    );
    await nn.show("Train");
    await nn.press("Stop");
    await nn.waitFor("Stopped");
  });

  test("a run that was left by Reset is stopped, and opens again", async () => {
    await nn.press("Train");
    await nn.waitFor("Training");
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
    await nn.show("Runs");
    // It has the recipe and the seed of the one before.
    await nn.groupSeeds(false);
    assert.equal((await cells(nn, "Better answer 5")).state, "Stopped");
    await nn.choose("Better answer 5", "Open");
    await nn.waitFor("Stopped");
    // The keyboard goes along.
    assert.ok(await nn.button("Train").evaluate((button) => button === document.activeElement));
  });

  test("a menu is walked through with the arrow keys, and Escape gives the focus back", async () => {
    await nn.show("Runs");
    const opener = nn.runRow("Better answer").getByRole("button", { name: "Actions for Better answer", exact: true });
    await opener.focus();
    await nn.page.keyboard.press("Enter");
    const focused = () => nn.page.evaluate(() => document.activeElement?.textContent);
    await eventually(async () => assert.equal(await focused(), "Open"));
    await nn.page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "Edit a copy");
    await nn.page.keyboard.press("End");
    assert.equal(await focused(), "Delete");
    await nn.page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "Open");
    await nn.page.keyboard.press("Escape");
    assert.ok(await opener.evaluate((button) => button === document.activeElement));
    await nn.page.keyboard.press("Enter");
    await eventually(async () => assert.equal(await focused(), "Open"));
    await nn.page.keyboard.press("Tab");
    await eventually(async () => assert.equal(await nn.page.getByRole("menuitem").count(), 0));
  });

  test("a run of other data cannot be opened, and the menu says why", async () => {
    await nn.show("Train");
    await nn.chooseFiles(bands({ ...SMALL, seed: 7 }));
    await eventually(async () => assert.match((await nn.trainingStatus.textContent()) ?? "", /^Untrained/));
    await nn.waitUntilLoaded();
    await nn.show("Runs");
    const open = await nn.menuItem("Better answer", "Open");
    assert.equal(await open.getAttribute("aria-disabled"), "true");
    assert.match((await open.textContent()) ?? "", /other data/);
    await nn.page.keyboard.press("Escape");
  });
});
