import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

const PRESETS = ["By hand", "PyTorch twin", "Network wars", "Better answer", "Best dense", "Convolutional"];

describe("What stands on the page can be read whole", () => {
  const lab = useLab();

  /** @type {HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitSmall();
  });

  /*
   * Steps: choose Convolutional, 1440 px wide.
   * Seen: "Conv2d 16@5…".
   * Wanted: the layers of every preset are named whole, and in one line.
   */
  test("the layers of every preset, each in a line", async () => {
    for (const width of [1440, 390]) {
      await nn.page.setViewportSize({ width, height: 900 });
      for (const preset of PRESETS) {
        await nn.choosePreset(preset);
        await nn.waitUntilLoaded();
        const rows = nn.region("Network").getByRole("button", { name: /^Layer \d+: .* output \d/ });
        await rows.first().waitFor();
        const cut = await rows.evaluateAll((buttons) =>
          buttons
            .filter((button) => {
              const parts = [.../** @type {NodeListOf<HTMLElement>} */ (button.querySelectorAll("span"))];
              const isCut = parts.some((part) => part.clientWidth > 1 && part.scrollWidth > part.clientWidth);
              return isCut || button.clientHeight > 24;
            })
            .map((button) => button.textContent),
        );
        assert.deepEqual(cut, [], `${preset} at ${width} px`);
      }
    }
    await nn.page.setViewportSize({ width: 1440, height: 900 });
  });

  /*
   * Steps: make the window narrower.
   * Seen: "28 ×" at the end of a line and "28" on the next.
   * Wanted: a size is never broken.
   */
  test("the size of the images, at every width", async () => {
    for (let width = 320; width <= 1600; width += 40) {
      await nn.page.setViewportSize({ width, height: 900 });
      const tops = await nn.dataStatus.evaluate((status) => {
        const range = document.createRange();
        const texts = document.createTreeWalker(status, NodeFilter.SHOW_TEXT);
        for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
          const at = text.textContent?.indexOf("28 × 28") ?? -1;
          if (at < 0) continue;
          range.setStart(text, at);
          range.setEnd(text, at + "28 × 28".length);
        }
        return [...new Set([...range.getClientRects()].map(({ top }) => top))];
      });
      assert.equal(tops.length, 1, `${width} px`);
    }
    await nn.page.setViewportSize({ width: 1440, height: 900 });
  });

  /*
   * Steps: train six epochs, or more.
   * Seen: the first row slid half under the table's head.
   * Wanted: with the newest row in sight each row is seen whole, or not at all.
   */
  test("the rows of the table, with the newest in sight", async () => {
    for (const [width, epochs] of /** @type {const} */ ([
      [1440, 6],
      [1440, 15],
      [768, 15],
      [390, 15],
    ])) {
      await nn.page.setViewportSize({ width, height: 900 });
      await nn.choosePreset("Better answer");
      await nn.fill({ Epochs: epochs, Seed: 1 });
      await nn.run(60_000);
      await eventually(async () => assert.equal((await nn.epochs()).length, epochs));
      const cut = await nn.epochsTable.evaluate((table) => {
        const [head, ...rows] = [.../** @type {HTMLTableElement} */ (table).rows].map((row) =>
          /** @type {Element} */ (row.cells[0]).getBoundingClientRect(),
        );
        const edge = head?.bottom ?? 0;
        return rows.filter(({ top, bottom }) => top < edge - 1.5 && bottom > edge + 1.5).length;
      });
      assert.equal(cut, 0, `${epochs} epochs, ${width} px`);
    }
    await nn.page.setViewportSize({ width: 1440, height: 900 });
  });

  /*
   * Steps: open the page on a small phone.
   * Seen: one of the header's links was cut.
   * Wanted: the name and the four views stand whole in one line.
   */
  test("the header of a small phone, in one line", async () => {
    for (const width of [320, 360, 390]) {
      const phone = await lab().visit({ viewport: { width, height: 640 }, hasTouch: true, isMobile: true });
      const name = await phone.page.getByRole("heading", { name: "HelloNN" }).boundingBox();
      assert.ok(name && name.x >= 0);
      for (const view of /** @type {const} */ (["Train", "Runs", "Inside", "Learn"])) {
        const box = await phone.link(view).boundingBox();
        assert.ok(box && box.x >= name.x + name.width && box.x + box.width <= width, `${view}, ${width} px`);
        assert.ok(box.y <= name.y && box.y + box.height >= name.y + name.height, `${view}, ${width} px: another line`);
      }
      await phone.page.context().close();
    }
  });
});

/*
 * Steps: press Tab from the top of the page; look at the page on a phone.
 * Seen: Train was the 14th stop, and on a phone curves and drawing lay two screens below.
 * Wanted: a first stop that leads to Train; on a phone what is watched comes first, for the keyboard, too.
 */
describe("The way to Train", () => {
  const lab = useLab();

  test("is one stop of the keyboard and Enter, which leads to Pause while a run is under way", async () => {
    const nn = await lab().visitSmall();
    const { keyboard } = nn.page;
    const hasFocus = (/** @type {import("playwright-core").Locator} */ locator) =>
      locator.evaluate((element) => element === document.activeElement);
    const skip = nn.page.getByRole("link", { name: "Skip to Train", exact: true });
    await nn.page.locator("body").focus();
    await keyboard.press("Tab");
    assert.ok(await hasFocus(skip));
    const box = await skip.boundingBox();
    assert.ok(box && box.x >= 0 && box.y >= 0 && box.height > 20, "it is seen while it has the focus");
    await keyboard.press("Enter");
    assert.ok(await hasFocus(nn.button("Train")));
    assert.equal(await nn.page.evaluate(() => location.hash), "");
    await nn.fill({ Epochs: 100_000 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await skip.focus();
    await keyboard.press("Enter");
    assert.ok(await hasFocus(nn.button("Pause")));
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    await nn.show("Runs");
    await nn.page.getByRole("link", { name: "Skip to the content", exact: true }).focus();
    await keyboard.press("Enter");
    await keyboard.press("Tab");
    // Its first panel is the one where races are started.
    assert.ok(await nn.region("Race").evaluate((region) => region.contains(document.activeElement)));
    await nn.page.context().close();
  });

  test("on a phone is always there, with drawing and curves beside it", async () => {
    const screen = { width: 390, height: 844 };
    const nn = await lab().visitSmall({ viewport: screen, hasTouch: true, isMobile: true });
    const bottomOf = async (/** @type {import("playwright-core").Locator} */ part) => {
      const box = await part.boundingBox();
      return box === null ? Infinity : box.y + box.height;
    };
    assert.ok((await bottomOf(nn.button("Train"))) <= screen.height);
    assert.ok((await bottomOf(nn.canvas)) <= screen.height);
    assert.ok((await bottomOf(nn.prediction)) <= screen.height);
    assert.ok((await bottomOf(nn.figure("Loss"))) <= 1.6 * screen.height);
    assert.ok((await bottomOf(nn.figure("Accuracy"))) <= 2 * screen.height);
    const links = await nn.page.getByRole("navigation", { name: "Sections" }).getByRole("link").allTextContents();
    const tops = await Promise.all(
      links.map(async (name) => {
        const region = nn.region(/** @type {import("./support/hellonn-page.js").Region} */ (name));
        return (await region.boundingBox())?.y ?? NaN;
      }),
    );
    assert.deepEqual(
      tops,
      [...tops].sort((a, b) => a - b),
      `the sections' order: ${links}`,
    );
    await nn.page.context().close();
  });

  test("on a phone goes by keyboard from panel to panel as the eye does", async () => {
    const nn = await lab().visitSmall({ viewport: { width: 390, height: 844 } });
    /** @type {string[]} */
    const regions = [];
    await nn.page.getByRole("navigation", { name: "Sections" }).getByRole("link").last().focus();
    for (let i = 0; i < 60; i += 1) {
      await nn.page.keyboard.press("Tab");
      const id = await nn.page.evaluate(() => document.activeElement?.closest("section")?.id ?? "");
      if (id !== "" && regions.at(-1) !== id) regions.push(id);
      if (id === "data") break;
    }
    assert.deepEqual(regions, ["draw", "test", "curves", "training", "network", "data"]);
    await nn.page.context().close();
  });
});
