import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { images, labels } from "./support/idx.js";
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

describe("The recipes of tests/reference/bits.json, which between them use most of what there is", async () => {
  const lab = useLab();
  const cases = JSON.parse(await readFile(new URL("../reference/bits.json", import.meta.url), "utf8"));

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
    await nn.chooseFiles([...bandsAndBlanks("train", 400), ...bandsAndBlanks("test", 4)]);
    await nn.region("Data").getByText("400 training images").waitFor();
  });

  for (const [caseIdx, { name, recipe, trainingLosses }] of cases.entries()) {
    test(`give in the page, to the bit, the losses that the native build gives: ${name}`, async () => {
      const file = `bits-${caseIdx}.json`;
      const buffer = Buffer.from(JSON.stringify(recipe));
      await nn.page.getByLabel("Recipe file").setInputFiles({ name: file, mimeType: "application/json", buffer });
      await nn.page.getByText(`${file} is in use`).waitFor();
      await nn.run(RUN_MS);
      assert.deepEqual(await nn.trainingLosses(), trainingLosses.map(String));
    });
  }
});

/**
 * Images of 16 × 12 with 4 classes, two thirds of them 0, as tests/core/train/bits.rs makes them too.
 * @param {string} name
 * @param {number} n
 */
function bandsAndBlanks(name, n) {
  // Park and Miller's generator.
  let state = 1;
  const noise = () => (state = (state * 48271) % 0x7fffffff) % 64;
  const pixel = (/** @type {number} */ i, /** @type {number} */ row) => {
    const found = noise();
    return Math.floor(row / 4) === i % 4 ? 190 + found : found < 56 ? 0 : found;
  };
  return [
    { name: `${name}-images.idx`, buffer: images(n, 16, 12, pixel) },
    { name: `${name}-labels.idx`, buffer: labels(Array.from({ length: n }, (_, i) => i % 4)) },
  ];
}
