import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { draw, handDrawn, placement } from "./support/drawings.js";
import { useLab } from "./support/lab.js";

describe("Better answer, trained for 5 epochs on MNIST", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;
  /** @type {Awaited<ReturnType<typeof nn.run>>} */
  let result;

  before(async () => {
    nn = await lab().visitLoaded({ hasTouch: true });
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 5, Seed: 1 });
    result = await nn.run(240_000);
  });

  test("Better answer is right on 97 % of MNIST's test images after 5 epochs", (t) => {
    t.diagnostic(`test accuracy ${result.text}`);
    assert.equal(result.nImages, 10_000);
    assert.ok(result.accuracy >= 0.97, result.text);
  });

  test("36 of 40 hand-drawn digits are recognised, whatever their size and place and whichever tool drew them", async (t) => {
    const tools = /** @type {const} */ (["mouse", "touch", "mouse", "pen"]);
    const wrong = [];
    for (const [i, { label, strokes }] of (await handDrawn()).entries()) {
      await draw(nn, strokes, { place: placement(i), tool: tools[i % tools.length] ?? "mouse" });
      const answer = await nn.settledPrediction();
      if (answer !== String(label))
        wrong.push(`drawing ${i}, a ${label} by ${tools[i % 4]}, read as ${answer || "nothing"}`);
      await nn.press("Clear");
    }
    t.diagnostic(`${40 - wrong.length} of 40 right${wrong.map((each) => `; ${each}`).join("")}`);
    assert.ok(wrong.length <= 4, wrong.join("\n"));
  });
});
