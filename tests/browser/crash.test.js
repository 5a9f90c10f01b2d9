import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { breakModule } from "./support/break-module.js";
import { draw, handDrawn } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

describe("A worker that crashes", () => {
  const lab = useLab();

  test("while training: an alert says so, and the page trains again without a reload", async (t) => {
    const nn = await lab().visitLoaded();
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 50, Seed: 1 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await breakModule(nn);
    t.diagnostic(await alertOfCrash(nn));
    await recovers(nn);
  });

  test("while it only answers a pen", async () => {
    const nn = await lab().visitLoaded();
    await breakModule(nn);
    const [digit] = await handDrawn();
    await draw(nn, digit?.strokes ?? []);
    await alertOfCrash(nn);
    await recovers(nn);
  });

  test("again and again is not restarted for ever, and a data set brings it back", async () => {
    const nn = await lab().visitLoaded();
    for (let i = 0; i < 2; i += 1) {
      await breakModule(nn);
      await nn.press("Train");
      await alertOfCrash(nn);
      await nn.waitUntilLoaded();
    }
    await recovers(nn);
  });

  test("before it could start: the alert says what is missing", async (t) => {
    const nn = await lab().visit({
      prepare: (page) => page.route("**/hellonn_bg.wasm", (route) => route.fulfill({ status: 404 })),
    });
    await nn.alert.waitFor();
    t.diagnostic((await nn.alert.textContent()) ?? "");
    assert.ok(await nn.button("Train").isDisabled());
    nn.witness.errors.splice(0);
    await nn.page.context().close();
  });
});

/** @param {HelloNN} nn */
async function alertOfCrash(nn) {
  return eventually(async () => {
    const text = (await nn.alert.textContent()) ?? "";
    assert.match(text, /crashed and was restarted/);
    return text;
  });
}

/** @param {HelloNN} nn */
async function recovers(nn) {
  const { page } = nn;
  const loadedAt = await page.evaluate(() => performance.timeOrigin);
  await nn.waitUntilLoaded();
  assert.deepEqual(await nn.epochs(), []);
  await nn.region("Draw").getByText("untrained").waitFor();
  await nn.choosePreset("Better answer");
  await nn.fill({ Epochs: 1, Seed: 1 });
  const { accuracy, text } = await nn.run(60_000);
  assert.ok(accuracy > 0.9, text);
  assert.equal(await page.evaluate(() => performance.timeOrigin), loadedAt, "the page was reloaded");
  await page.context().close();
}
