import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { bands } from "./support/idx.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

/**
 * Drags a file of the disk to the middle of a part of the page.
 * @param {HelloNN} nn
 * @param {import("playwright-core").Locator} target
 * @param {string} path
 */
async function drop(nn, target, path) {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  assert.ok(box);
  const session = await nn.page.context().newCDPSession(nn.page);
  for (const type of /** @type {const} */ (["dragEnter", "dragOver", "drop"])) {
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    await session.send("Input.dispatchDragEvent", { type, x: box.x + box.width / 2, y: box.y + 20, data });
  }
}

describe("Dragging", () => {
  const lab = useLab();
  let folder = "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "mnist-"));
    await writeFile(join(folder, "notes.txt"), "no digits here");
  });
  after(() => rm(folder, { recursive: true }));

  test("a folder to the data or the recipe is refused with what it is", async () => {
    const nn = await lab().visitLoaded();
    await drop(nn, nn.region("Data"), folder);
    await eventually(async () =>
      assert.match((await nn.alert.textContent()) ?? "", /mnist-.* could not be read: it may be a folder/),
    );
    await drop(nn, nn.region("Training"), folder);
    const refusal = nn.page.getByRole("dialog").getByRole("alert");
    await eventually(async () =>
      assert.match((await refusal.textContent()) ?? "", /mnist-.* could not be read: .*folder/),
    );
  });

  test("a file to where nothing takes it does nothing, and the pointer says so", async () => {
    const nn = await lab().visitLoaded();
    const effects = await nn.page.evaluate(() => {
      const over = (/** @type {string} */ selector) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["x"], "digit.png"));
        const event = new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer });
        // What a page says before the pointer is over it, so that a change can be seen.
        Object.defineProperty(dataTransfer, "dropEffect", { value: "copy", writable: true });
        document.querySelector(selector)?.dispatchEvent(event);
        return [event.defaultPrevented, dataTransfer.dropEffect];
      };
      return { draw: over("#draw h2"), data: over("#data h2"), training: over("#training h2") };
    });
    assert.deepEqual(effects, { draw: [true, "none"], data: [true, "copy"], training: [true, "copy"] });
  });

  test("a piece of text into the recipe's field puts it there", async () => {
    const nn = await lab().visitLoaded();
    await nn.button("Open recipe").click();
    const heading = nn.page.getByRole("heading", { name: "Open a recipe" });
    await heading.evaluate((element) => getSelection()?.selectAllChildren(element));
    const from = await heading.boundingBox();
    const to = await nn.page.getByLabel("Recipe as text").boundingBox();
    assert.ok(from && to);
    const { mouse } = nn.page;
    await mouse.move(from.x + 20, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(from.x + 60, from.y + 40, { steps: 5 });
    await mouse.move(to.x + 50, to.y + 30, { steps: 5 });
    await mouse.up();
    await eventually(async () =>
      assert.equal(await nn.page.getByLabel("Recipe as text").inputValue(), "Open a recipe"),
    );
  });
});

describe("Typing and pressing", () => {
  const lab = useLab();

  test("a decimal comma is a decimal point, and one between thousands is none", async () => {
    const nn = await lab().visitLoaded();
    for (const [field, text, value] of /** @type {const} */ ([
      ["Learning rate", "0,01", "0.01"],
      ["Weight decay", "0,5", "0.5"],
      ["Epochs", "1,000", "1000"],
    ])) {
      await nn.field(field).focus();
      await nn.page.keyboard.press("ControlOrMeta+A");
      await nn.page.keyboard.insertText(text);
      assert.equal(await nn.field(field).inputValue(), value, text);
      await nn.page.keyboard.press("ControlOrMeta+A");
      await nn.page.keyboard.press("Delete");
      await nn.page.keyboard.type(text);
      assert.equal(await nn.field(field).inputValue(), value, `${text}, typed`);
    }
  });

  test("the browser's own keys stay the browser's on the paper", async () => {
    const nn = await lab().visitLoaded();
    const taken = await nn.canvas.evaluate((canvas) =>
      [{ altKey: true }, { metaKey: true }, { ctrlKey: true }, {}].map((modifier) => {
        const event = new KeyboardEvent("keydown", { key: "ArrowLeft", cancelable: true, bubbles: true, ...modifier });
        canvas.dispatchEvent(event);
        return event.defaultPrevented;
      }),
    );
    assert.deepEqual(taken, [false, false, false, true]);
  });

  test("Train, where there is no layer left, leads to where one is added", async () => {
    const nn = await lab().visitSmall({ viewport: { width: 390, height: 844 } });
    await nn.fill({ Epochs: 1 });
    await nn.run(60_000);
    const rows = nn.region("Network").getByRole("list", { name: "Layers in order" }).getByRole("listitem");
    while ((await rows.count()) > 0) {
      await rows.first().getByRole("button", { expanded: false }).click();
      await rows
        .first()
        .getByRole("button", { name: /remove$/ })
        .click();
    }
    await nn.region("Network").getByText("expected at least one layer").first().waitFor();
    await nn.press("Train");
    const add = nn.region("Network").getByRole("combobox", { name: "Add a layer" });
    await eventually(async () => assert.ok(await add.evaluate((list) => list === document.activeElement)));
  });

  test("what was copied is no longer said to be, once something else stands in the fields", async () => {
    const nn = await lab().visitLoaded();
    await nn.button("Copy recipe").click();
    const news = nn.region("Training").getByText(/^Copied|does not let this page copy/);
    await news.waitFor();
    await nn.fill({ Epochs: 3 });
    await eventually(async () => assert.equal(await news.count(), 0));
  });
});

describe("With 256 classes", () => {
  const lab = useLab();

  test("the likeliest is in sight among the scores, which can be scrolled by keyboard", async () => {
    const nn = await lab().visitLoaded();
    await nn.chooseFiles(bands({ rows: 16, cols: 16, nClasses: 256, nTraining: 512, nTest: 256 }));
    await eventually(async () => assert.match((await nn.dataStatus.textContent()) ?? "", /256 classes/));
    await nn.waitUntilLoaded();
    const [digit] = await handDrawn();
    await draw(nn, digit?.strokes ?? []);
    const best = Number(await nn.settledPrediction());
    const list = nn.region("Draw").getByRole("list", { name: "Scores" });
    const [box, row] = [await list.boundingBox(), await nn.meters.nth(best).boundingBox()];
    assert.ok(box && row && row.y >= box.y && row.y + row.height <= box.y + box.height, `class ${best}`);
    await list.focus();
    const before = await list.evaluate(({ scrollTop }) => scrollTop);
    await nn.page.keyboard.press(best > 128 ? "Home" : "End");
    await eventually(async () => assert.notEqual(await list.evaluate(({ scrollTop }) => scrollTop), before));
  });
});
