import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").Region} Region */

/*
 * Steps: train, choose another preset or break a layer, then Evaluate or draw.
 * Seen: the old network's score, curves and answers beside the new settings, as if they were theirs.
 * Wanted: a score, a curve, a prediction always says whose it is, and where the settings say something else, that too.
 */
describe("A score, a curve and a prediction say whose they are", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  const PANELS = /** @type {const} */ (["Curves", "Test", "Draw"]);

  /** @param {Region} region @param {RegExp} words */
  const says = (region, words) => nn.region(region).getByText(words).waitFor();

  /** @param {RegExp} words */
  async function allSay(words) {
    for (const region of PANELS) await says(region, words);
  }

  /** @param {RegExp} words */
  async function noneSays(words) {
    await eventually(async () => {
      for (const region of PANELS) {
        assert.equal(await nn.region(region).getByText(words).filter({ visible: true }).count(), 0, region);
      }
    });
  }

  /** @param {string} text of the first layer's units */
  async function firstUnits(text) {
    const row = nn.region("Network").getByRole("button", { name: /^Layer 1: Dense .*output/ });
    if ((await row.getAttribute("aria-expanded")) !== "true") await row.click();
    await nn.region("Network").getByRole("spinbutton", { name: "Layer 1: Dense, units" }).fill(text);
  }

  before(async () => {
    nn = await lab().visitSmall();
    const [digit] = await handDrawn();
    await draw(nn, digit?.strokes ?? []);
    await nn.fill({ Epochs: 2, Seed: 1 });
  });

  test("an untrained network of the settings raises no doubt", async () => {
    await says("Draw", /^This network is untrained: it guesses\.$/);
    await noneSays(/^Of /);
  });

  test("in and after a run they name it, and no more while the settings are its own", async () => {
    await nn.run(60_000);
    await allSay(/^Of Better answer[^;(]*\.$/);
    await noneSays(/the settings are for the next run/);
  });

  test("with another preset they say which run it was, and what the settings are for", async () => {
    await nn.choosePreset("PyTorch twin");
    await allSay(/^Of Better answer \(128·64·10, seed 1\).*; the settings are for the next run\.$/);
    await nn.press("Evaluate on the test set");
    await says("Test", /^Evaluated after 2 epochs\.$/);
    await allSay(/^Of Better answer \(128·64·10, seed 1\)/);
  });

  test("with a broken layer they do, too", async () => {
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 2, Seed: 1 });
    await noneSays(/the settings are for the next run/);
    await nn
      .region("Network")
      .getByRole("button", { name: /^Layer 1: Dense 128 output/ })
      .click();
    await firstUnits("0");
    await allSay(/^Of Better answer \(128·64·10, seed 1\).*; the settings are for the next run\.$/);
    await nn.press("Evaluate on the test set");
    await nn.testResult();
    await allSay(/; the settings are for the next run\.$/);
    await firstUnits("128");
    await allSay(/^Of Better answer[^;(]*\.$/);
  });

  test("the next run has its own name", async () => {
    await nn.press("Train");
    await allSay(/^Of Better answer 2[^;(]*\.$/);
    await nn.waitFor("Finished");
  });

  test("an untrained network whose settings have been broken since is told from them", async () => {
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
    await firstUnits("0");
    await says("Draw", /it guesses\. The settings since then make no network\.$/);
    await nn.press("Evaluate on the test set");
    await says("Test", /^Of an untrained network; the settings since then make no network\.$/);
    await firstUnits("128");
    await says("Draw", /it guesses\.$/);
  });

  test("a learning rate set in mid-run is the run's own", async () => {
    await nn.fill({ Epochs: 100_000 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await nn.fill({ "Learning rate": 0.002 });
    await nn.show("Runs");
    await nn.runRow("Better answer 3").getByText("learning rate 0.002 set by hand").waitFor();
    await nn.show("Train");
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    await nn.choosePreset("PyTorch twin");
    await says("Draw", /the settings are for the next run\.$/);
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 100_000, Seed: 1, "Learning rate": 0.002 });
    await says("Draw", /^Of Better answer 3, with the weights as trained so far\.$/);
    // Where nothing is drawn there is no answer that could be anybody's.
    await nn.press("Clear");
    await says("Draw", /^What you draw is read by Better answer 3, with the weights as trained so far\.$/);
  });
});
