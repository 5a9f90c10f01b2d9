import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { fashionMnist } from "./support/fashion.js";
import { useLab } from "./support/lab.js";

describe("Fashion-MNIST, as four .gz files chosen by the user", () => {
  const lab = useLab();

  test("loads, and Better answer is right on 85 % of its test images after 3 epochs", async (t) => {
    const found = await fashionMnist();
    if ("missing" in found) return t.skip(found.missing);
    const nn = await lab().visitLoaded();
    const [sample] = await nn.region("Data").getByRole("img").all();
    assert.ok(sample);
    const before = await sample.screenshot();
    await nn.files.setInputFiles(found.paths);
    await nn.region("Data").getByRole("button", { name: "Use the built-in MNIST" }).waitFor({ timeout: 60_000 });
    await nn.waitUntilLoaded();
    assert.equal(await nn.dataStatus.textContent(), "60,000 training images, 10,000 test images, 28 × 28, 10 classes");
    await eventually(async () =>
      assert.notDeepEqual(await sample.screenshot(), before, "the samples are still digits"),
    );

    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 3, Seed: 1 });
    const { accuracy, text } = await nn.run(180_000);
    t.diagnostic(`test accuracy ${text}`);
    assert.ok(accuracy >= 0.85, text);
  });
});
