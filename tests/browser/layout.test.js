import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { misfitsAtAllWidths } from "./support/fit.js";
import { useLab } from "./support/lab.js";

describe("The page's layout", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
  });

  async function fitsEverywhere() {
    assert.deepEqual(await misfitsAtAllWidths(nn.page), {});
  }

  test("shows Train, both curves and the canvas on the first screen at 1440 × 900", async () => {
    await assertOnFirstScreen();
  });

  test("needs no horizontal scrolling at any width when it is loaded", fitsEverywhere);

  test("needs none with curves, table, result and a drawing, which stay on the first screen", async () => {
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 3, Seed: "" });
    await nn.run(120_000);
    const [digit] = await handDrawn();
    await draw(nn, digit?.strokes ?? []);
    await fitsEverywhere();
    await assertOnFirstScreen();
  });

  test("needs none in the other views, with runs of long names", async () => {
    await nn.fill({ "Weight decay": "0.0001234", "Learning rate": "0.0123456789", Epochs: 1 });
    await nn.run(60_000);
    for (const view of /** @type {const} */ (["Inside", "Learn", "Runs"])) {
      await nn.show(view);
      await fitsEverywhere();
    }
    await nn.show("Train");
  });

  test("needs none with fields that say what is wrong", async () => {
    await nn.fill({ Epochs: "", "Batch size": "", "Learning rate": "", Seed: "-1" });
    await nn.press("Train");
    await fitsEverywhere();
  });

  test("keeps text readable at twice its size", async () => {
    // WCAG 1.4.4: as a browser's zoom to 200 % at 1280 does.
    const zoomed = await lab().visitLoaded({ viewport: { width: 640, height: 512 }, deviceScaleFactor: 2 });
    const pixels = await zoomed.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    assert.equal(pixels, 0);
    await zoomed.page.context().close();
  });

  async function assertOnFirstScreen() {
    await nn.page.evaluate(() => scrollTo(0, 0));
    const parts = {
      Train: nn.button("Train"),
      Loss: nn.figure("Loss"),
      Accuracy: nn.figure("Accuracy"),
      Canvas: nn.canvas,
    };
    for (const [name, part] of Object.entries(parts)) {
      const box = await part.boundingBox();
      assert.ok(box, name);
      const isInside = box.x >= 0 && box.y >= 0 && box.x + box.width <= 1440 && box.y + box.height <= 900;
      assert.ok(isInside, `${name} lies at ${JSON.stringify(box)}`);
    }
  }
});
