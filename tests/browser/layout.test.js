import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { useLab } from "./support/lab.js";

const WIDTHS = [360, 390, 768, 1440, 1920];

describe("The page's layout", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
  });

  /** How far the page, or a part of it that nobody can scroll to, sticks out to the right. */
  const overhang = () =>
    nn.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const wide = [...document.querySelectorAll("main *, header *, footer *, [role=alert] *")].filter((element) => {
        const { right, width } = element.getBoundingClientRect();
        if (width <= 1 || right <= clientWidth + 0.5) return false;
        // Within a box of its own that scrolls or clips, anything may be wide.
        for (let box = element.parentElement; box !== null && box !== document.body; box = box.parentElement) {
          if (getComputedStyle(box).overflowX !== "visible") return false;
        }
        return true;
      });
      return { pixels: scrollWidth - clientWidth, wide: wide.map((element) => element.outerHTML.slice(0, 80)) };
    });

  async function fitsEverywhere() {
    for (const width of WIDTHS) {
      await nn.page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await overhang(), { pixels: 0, wide: [] }, `${width} px wide`);
    }
    await nn.page.setViewportSize({ width: 1440, height: 900 });
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

  test("needs none with a long alert", async () => {
    const name = `${"a-very-long-name-without-a-place-to-break".repeat(4)}.txt`;
    await nn.chooseFiles([{ name, buffer: Buffer.from("no digits") }]);
    await nn.alert.waitFor();
    await fitsEverywhere();
    await nn.alert.getByRole("button", { name: "Dismiss" }).click();
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
