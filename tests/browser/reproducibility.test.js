import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { bands } from "./support/idx.js";
import { useLab } from "./support/lab.js";

/** Enough for a hand to pause, draw and resume three times on the way. */
const EPOCHS = 6;
const RUN_MS = 120_000;

describe("One recipe and one seed on MNIST", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;
  /** @type {{losses: string[], test: string}} */
  let first;

  const setUp = async () => {
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: EPOCHS, Seed: 20260704 });
  };
  const outcome = async (/** @type {{text: string}} */ { text }) => ({ losses: await nn.trainingLosses(), test: text });

  before(async () => {
    nn = await lab().visitLoaded();
    await setUp();
    first = await outcome(await nn.run(RUN_MS));
  });

  test("the losses are told in full precision", () => {
    assert.equal(first.losses.length, EPOCHS);
    for (const loss of first.losses) assert.match(loss, /^0\.\d{7,}$/);
  });

  test("give the same losses to the last digit a second time", async (t) => {
    t.diagnostic(`training losses ${first.losses.join(", ")}`);
    assert.deepEqual(await outcome(await nn.run(RUN_MS)), first);
  });

  test("give the same losses after pauses, predictions and an evaluation on the way", async () => {
    const [digit] = await handDrawn();
    assert.ok(digit);
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
    await nn.press("Train");
    await nn.waitFor("Training");
    for (let i = 0; i < 3; i += 1) {
      await nn.press("Pause");
      await nn.waitFor("Paused");
      await draw(nn, digit.strokes);
      await nn.press("Clear");
      await nn.press("Resume");
    }
    await nn.press("Evaluate on the test set");
    await nn.waitFor("Finished", RUN_MS);
    // The evaluation at the end follows upon the one on the way, and gives another result.
    await nn.region("Test").getByText(`Evaluated after ${EPOCHS} epochs`).waitFor();
    assert.deepEqual(await outcome(await nn.testResult()), first);
  });

  test("give the same losses after a reload", async () => {
    await nn.page.reload();
    await nn.waitUntilLoaded();
    await setUp();
    assert.deepEqual(await outcome(await nn.run(RUN_MS)), first);
  });

  test("with another seed the losses are others", async () => {
    await nn.fill({ Seed: 20260705, Epochs: 1 });
    await nn.run(RUN_MS);
    assert.notEqual((await nn.trainingLosses())[0], first.losses[0]);
  });
});

describe("The recipe of tests/reference/bits.json, with a bit of everything", () => {
  const lab = useLab();

  test("gives in the page, to the bit, the losses that the native build gives", async () => {
    const reference = JSON.parse(await readFile(new URL("../reference/bits.json", import.meta.url), "utf8"));
    const nn = await lab().visitLoaded();
    await nn.chooseFiles(bands({ rows: 16, cols: 12, nClasses: 4, nTraining: 400, nTest: 4 }));
    await nn.region("Data").getByText("400 training images").waitFor();
    const recipe = { name: "bits.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(reference.recipe)) };
    await nn.page.getByLabel("Recipe file").setInputFiles(recipe);
    await nn.page.getByText("bits.json is in use").waitFor();
    await nn.run(RUN_MS);
    assert.deepEqual(await nn.trainingLosses(), reference.trainingLosses.map(String));
  });
});
