import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { eventually } from "./support/eventually.js";
import { bands, images, labels, SMALL } from "./support/idx.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

describe("The page says that it is ready when it is", () => {
  const lab = useLab();

  test("at no moment does the data's status count its images while Train cannot be pressed", async () => {
    const nn = await lab().visit({ prepare: (page) => page.addInitScript(noteLostClicks) });
    const lost = () => nn.page.evaluate(() => /** @type {any} */ (globalThis).lostClicks);
    const counted = (/** @type {RegExp} */ status) =>
      eventually(async () => assert.match((await nn.dataStatus.textContent()) ?? "", status), 30_000);
    await counted(/^60,000 training images/);
    assert.ok(await nn.button("Train").isEnabled());
    for (const preset of await nn.choice("Preset").getByRole("option").allTextContents()) {
      await nn.choosePreset(preset);
      assert.ok(await nn.button("Train").isEnabled(), preset);
    }
    await nn.chooseFiles(bands(SMALL));
    await counted(/^600 training images/);
    await nn.region("Data").getByRole("button", { name: "Use the built-in MNIST" }).click();
    await counted(/^60,000 training images/);
    assert.deepEqual(await lost(), []);
    await nn.page.context().close();
  });

  test("Train that is pressed at the first moment trains, and so it does right after a preset is chosen", async () => {
    const nn = await lab().visit({ prepare: (page) => page.addInitScript(pressTrainAtOnce) });
    await nn.waitFor("Training", 30_000);
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
    await nn.page.evaluate(() => {
      const preset = /** @type {HTMLSelectElement} */ (document.querySelector("#preset"));
      preset.value = "PyTorch twin";
      preset.dispatchEvent(new Event("change"));
      /** @type {HTMLButtonElement} */ (document.querySelector("[name=train]")).click();
    });
    await nn.waitFor("Training");
    await nn.page.getByRole("banner").getByText("PyTorch twin").waitFor();
    await nn.page.context().close();
  });
});

describe("Data that the settings make no network of", () => {
  const lab = useLab();

  /** @type {HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
    await nn.chooseFiles(ofSize(400));
    await eventually(async () => assert.match((await nn.dataStatus.textContent()) ?? "", /^20 training images/));
  });

  const whereOneLooks = async () => ({
    status: (await nn.trainingStatus.textContent()) ?? "",
    answer: (await nn.region("Draw").locator(".note").textContent()) ?? "",
    reason: (await nn.page.locator("#training-reason").textContent()) ?? "",
  });

  /** @param {RegExp} cause */
  async function saysWhy(cause) {
    await eventually(async () => {
      for (const [place, text] of Object.entries(await whereOneLooks())) assert.match(text, cause, place);
    });
    assert.ok(await nn.button("Train").isDisabled());
  }

  test("is the cause that status, drawing and Train's reason name", async () => {
    await saysWhy(/at most [\d,]+ parameters, found [\d,]+/);
    for (const text of Object.values(await whereOneLooks())) assert.doesNotMatch(text, /waiting|no data|is loaded/i);
    // What cannot come is not promised.
    await nn.figure("Loss").getByText("There is no network to train yet.", { exact: true }).waitFor();
  });

  test("and so is a layer that does not fit it, by its number", async () => {
    await nn.chooseFiles(bands(SMALL));
    await eventually(async () => assert.match((await nn.trainingStatus.textContent()) ?? "", /^Untrained and ready/));
    await nn.choosePreset("Convolutional");
    await nn.region("Network").getByRole("combobox", { name: "Add a layer" }).selectOption("Dropout");
    await nn.button("Add").click();
    await nn.chooseFiles(bands({ ...SMALL, rows: 4, cols: 4, nClasses: 2 }));
    await saysWhy(/Layer 1: Conv2d kernel 5 does not fit an input of 4 × 4/);
    await nn.button("Restore its settings").click();
    await eventually(async () => assert.match((await nn.trainingStatus.textContent()) ?? "", /^Untrained and ready/));
  });

  test("what goes in is the data's images, whatever the layers make of them", async () => {
    const input = nn.region("Network").locator(".layer-input .layer-shape");
    for (const size of [1000, 400, 28]) {
      await nn.chooseFiles(ofSize(size));
      const shape = `1 × ${size.toLocaleString("en-US")} × ${size.toLocaleString("en-US")}`;
      await eventually(async () => assert.equal(await input.textContent(), shape), 30_000);
    }
  });

  test("settings that fit it make the page ready", async () => {
    await eventually(async () => assert.match((await nn.trainingStatus.textContent()) ?? "", /^Untrained and ready/));
    assert.ok(await nn.button("Train").isEnabled());
  });
});

/** Twenty images, packed: large ones are more than the browser's driver takes as they are. @param {number} size */
function ofSize(size) {
  const files = {
    "train-images": images(20, size, size, (imageIdx) => (imageIdx % 2) * 255),
    "train-labels": labels(Array.from({ length: 20 }, (_, imageIdx) => imageIdx % 2)),
  };
  return Object.entries(files).map(([name, buffer]) => ({ name, buffer: gzipSync(buffer) }));
}

/** Writes down each moment in which the page says that there is data and Train does nothing. */
function noteLostClicks() {
  /** @type {string[]} */
  const lost = [];
  Object.assign(globalThis, { lostClicks: lost });
  const look = () => {
    const status = document.querySelector(".data-status")?.textContent ?? "";
    const train = /** @type {HTMLButtonElement | null} */ (document.querySelector("[name=train]"));
    if (/^[\d,]+ training images/.test(status) && train?.disabled) lost.push(`${performance.now()}: ${status}`);
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
}

/** Presses Train as soon as the data's status counts its images, once. */
function pressTrainAtOnce() {
  const observer = new MutationObserver(() => {
    if (!/^[\d,]+ training images/.test(document.querySelector(".data-status")?.textContent ?? "")) return;
    observer.disconnect();
    /** @type {HTMLButtonElement} */ (document.querySelector("[name=train]")).click();
  });
  observer.observe(document, { subtree: true, childList: true, characterData: true });
}
