import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { violations } from "./support/axe.js";
import { eventually } from "./support/eventually.js";
import { misfits } from "./support/fit.js";
import { useLab } from "./support/lab.js";
import { storedRuns } from "./support/stored-runs.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

const N_EPOCHS = 2;

/** @param {HelloNN} nn @param {"Accuracy compared" | "Loss compared"} name */
const figure = (nn, name) => nn.page.getByRole("region", { name: "Comparison" }).getByRole("figure", { name });

/** The labels of a figure, as they are heard. @param {HelloNN} nn @param {Parameters<typeof figure>[1]} name */
async function labels(nn, name) {
  const texts = await figure(nn, name).getByRole("toolbar").getByRole("button").allTextContents();
  return texts.map((text) => text.replace("\u00a0", " "));
}

/** The share of a canvas's pixels that are not as its first one. @param {HelloNN} nn */
const inked = (nn) =>
  figure(nn, "Accuracy compared")
    .locator("canvas")
    .evaluate((canvas) => {
      const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
      const pixels = /** @type {HTMLCanvasElement} */ (canvas).getContext("2d")?.getImageData(0, 0, width, height).data;
      return pixels === undefined ? 0 : pixels.filter((alpha, i) => i % 4 === 3 && alpha > 0).length / (width * height);
    });

describe("The comparison", () => {
  const lab = useLab();

  /** @type {HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitSmall();
    await nn.show("Runs");
  });

  test("shows PyTorch's own curves before there is anything else, and says so", async () => {
    await eventually(async () => {
      const names = (await labels(nn, "Accuracy compared")).map((text) => text.replace(/ \d.*/, ""));
      assert.deepEqual(names, ["Better answer", "PyTorch twin", "Network wars", "By hand"]);
    });
    const region = nn.page.getByRole("region", { name: "Comparison" });
    assert.match((await region.textContent()) ?? "", /Nothing of yours yet.*PyTorch 2\.\d+\.\d+/);
    assert.ok(await region.getByRole("checkbox", { name: "PyTorch’s own curves" }).isChecked());
    assert.ok((await inked(nn)) > 0.01);
    assert.deepEqual(await violations(nn.page), []);
  });

  test("lays the groups of a race over each other, a label each with what the runs say", async () => {
    const race = nn.region("Race");
    for (const recipe of ["Better answer", "PyTorch twin"]) {
      await race.getByLabel("Add a recipe").selectOption(recipe);
    }
    await race.getByRole("spinbutton", { name: "Seeds each" }).fill("2");
    await race.getByRole("spinbutton", { name: "Epochs each" }).fill(String(N_EPOCHS));
    await race.getByRole("spinbutton", { name: "Epochs each" }).press("Tab");
    await nn.button("Start race").click();
    await eventually(async () => {
      const runs = await storedRuns(nn.page);
      assert.equal(runs.filter(({ state, test }) => state === "finished" && test !== null).length, 4);
    }, 60_000);
    const means = new Map();
    for (const { basis, validationAccuracies } of await storedRuns(nn.page)) {
      const last = validationAccuracies.at(-1) ?? 0;
      means.set(basis, (means.get(basis) ?? 0) + last / 2);
    }
    const expected = [...means].map(([basis, mean]) => `${basis} ${(100 * mean).toFixed(2)} %, 2 seeds`).sort();
    await eventually(async () => assert.deepEqual((await labels(nn, "Accuracy compared")).sort(), expected));
  });

  test("keeps its labels in sight and apart, beside the lines and on a phone below them", async () => {
    for (const width of [1440, 390]) {
      await nn.page.setViewportSize({ width, height: 900 });
      await eventually(async () => {
        const region = nn.page.getByRole("region", { name: "Comparison" });
        const boxes = await region
          .getByRole("toolbar")
          .getByRole("button")
          .evaluateAll((buttons) =>
            buttons.map((button) => {
              const { left, right, top, bottom } = button.getBoundingClientRect();
              const figure = button.closest("figure")?.getBoundingClientRect();
              return { left, right, top, bottom, isWithin: figure !== undefined && right <= figure.right + 1 };
            }),
          );
        assert.equal(boxes.length, 3);
        boxes.forEach((box, i) => {
          assert.ok(box.isWithin);
          for (const other of boxes.slice(i + 1)) {
            const areApart = box.right <= other.left || other.right <= box.left;
            assert.ok(areApart || box.bottom <= other.top + 0.5 || other.bottom <= box.top + 0.5);
          }
        });
      });
    }
    await nn.page.setViewportSize({ width: 1440, height: 900 });
  });

  test("never puts losses of two kinds on one axis", async () => {
    assert.match((await labels(nn, "Loss compared")).join(), /^Better answer [\d.e-]+, 2 seeds$/);
    const loss = figure(nn, "Loss compared");
    await loss.getByRole("radio", { name: "MSE 1" }).check();
    await eventually(async () =>
      assert.match((await labels(nn, "Loss compared")).join(), /^PyTorch twin [^,]+, 2 seeds$/),
    );
    assert.ok(await loss.getByRole("radio", { name: "Cross-entropy 1" }).isVisible());
  });

  test("is read along the way by keyboard, in both figures at once", async () => {
    const sliders = ["Accuracies along the way", "Losses along the way"].map((name) =>
      nn.page.getByRole("slider", { name }),
    );
    const [accuracies, losses] = sliders;
    assert.ok(accuracies !== undefined && losses !== undefined);
    await accuracies.focus();
    await nn.page.keyboard.press("Home");
    for (const slider of sliders) {
      assert.match((await slider.getAttribute("aria-valuetext")) ?? "", /^at epoch 1: .*twin \d/);
      assert.equal(await slider.getAttribute("aria-valuenow"), "1");
    }
    await nn.page.keyboard.press("ArrowRight");
    assert.match((await losses.getAttribute("aria-valuetext")) ?? "", /^at epoch 2: /);
    await nn.page.getByText("Values at epoch 2").waitFor();
    await nn.page.keyboard.press("Escape");
    assert.match((await losses.getAttribute("aria-valuetext")) ?? "", /^at the end: /);
  });

  test("has one stop of the keyboard for a figure's labels, and a press shows a group's seeds", async () => {
    const buttons = figure(nn, "Accuracy compared").getByRole("toolbar").getByRole("button");
    const stops = await buttons.evaluateAll((all) =>
      all.filter((each) => /** @type {HTMLElement} */ (each).tabIndex === 0),
    );
    assert.equal(stops.length, 1);
    const focused = () => nn.page.evaluate(() => document.activeElement?.textContent?.split(/ \d/)[0]);
    await buttons.first().focus();
    await nn.page.keyboard.press("Home");
    const first = await focused();
    await nn.page.keyboard.press("ArrowDown");
    assert.notEqual(await focused(), first);
    await nn.page.keyboard.press("Enter");
    const name = await focused();
    await nn.page
      .getByRole("button", { name: new RegExp(`^${name}`), pressed: true })
      .first()
      .waitFor();
  });

  test("goes over images and seconds, too", async () => {
    const over = nn.page.getByRole("combobox", { name: "Over" });
    await over.selectOption("Images");
    const slider = nn.page.getByRole("slider", { name: "Accuracies along the way" });
    await slider.focus();
    await nn.page.keyboard.press("End");
    await eventually(async () =>
      assert.match((await slider.getAttribute("aria-valuetext")) ?? "", /^at 1,100 images: /),
    );
    await over.selectOption("Seconds");
    await slider.focus();
    await nn.page.keyboard.press("End");
    await eventually(async () => assert.match((await slider.getAttribute("aria-valuetext")) ?? "", /^at \d+\.\d+ s: /));
  });

  test("tells whoever hears the page what the lines come to", async () => {
    const table = nn.page.getByRole("table", { name: "Compared groups at the end" });
    const rows = await table.getByRole("row").allTextContents();
    assert.equal(rows.length, 3);
    assert.match(rows.slice(1).join("\n"), /Better answer\s*2\s*50 validation images\s*[\d.]+\u00a0% ± /);
  });

  test("fits a phone, and axe-core finds nothing there", async () => {
    for (const width of [390, 320]) {
      await nn.page.setViewportSize({ width, height: 844 });
      await eventually(async () => assert.deepEqual(await misfits(nn.page), []));
      assert.deepEqual(await violations(nn.page), []);
    }
  });
});
