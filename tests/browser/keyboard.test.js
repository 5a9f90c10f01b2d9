import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("playwright-core").Locator} Locator */

const MOST_TABS = 60;

describe("By keyboard alone", () => {
  const lab = useLab();

  test("one chooses a preset, sets a run up, trains, pauses, goes on, draws, undoes, clears, evaluates and resets", async () => {
    const nn = await lab().visitLoaded();
    const { keyboard } = nn.page;

    const hasFocus = (/** @type {Locator} */ locator) =>
      locator.evaluate((element) => element === document.activeElement);
    /** @param {Locator} target @param {"Tab" | "Shift+Tab"} [key] */
    async function tabTo(target, key = "Tab") {
      for (let i = 0; i < MOST_TABS; i += 1) {
        if (await hasFocus(target)) return assert.ok(await isFocusShown(target), `no focus ring at ${target}`);
        await keyboard.press(key);
      }
      assert.fail(`${target} is not reached by ${key}`);
    }

    await tabTo(nn.choice("Preset"));
    await keyboard.type("PyTorch");
    await eventually(async () => assert.equal(await nn.choice("Loss").inputValue(), "mse"));

    await tabTo(nn.field("Epochs"));
    await keyboard.press("ControlOrMeta+A");
    await keyboard.type("500");
    await tabTo(nn.field("Learning rate"));
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowUp");
    assert.equal(await nn.field("Learning rate").inputValue(), "0.01");
    await tabTo(nn.field("Seed"));
    await keyboard.type("7");

    await tabTo(nn.button("Train"), "Shift+Tab");
    await keyboard.press("Enter");
    await nn.waitFor("Training");
    // The focus goes where the next press makes sense, rather than nowhere.
    await eventually(async () => assert.ok(await hasFocus(nn.button("Pause"))));
    await keyboard.press("Space");
    await nn.waitFor("Paused");
    await eventually(async () => assert.ok(await hasFocus(nn.button("Resume"))));
    await keyboard.press("Enter");
    await nn.waitFor("Training");

    await tabTo(nn.canvas);
    await keyboard.press("Space");
    for (let i = 0; i < 12; i += 1) await keyboard.press("ArrowDown");
    await keyboard.press("Space");
    await eventually(async () => assert.match((await nn.prediction.textContent()) ?? "", /^\d$/));
    await keyboard.press("ArrowRight");
    await keyboard.press("Space");
    await keyboard.press("ArrowRight");
    await keyboard.press("Space");
    await keyboard.press("ControlOrMeta+Z");
    assert.ok(await nn.button("Undo").isEnabled(), "the first stroke is still there");
    await tabTo(nn.button("Clear"), "Shift+Tab");
    await keyboard.press("Enter");
    await eventually(async () => assert.equal(await nn.prediction.textContent(), ""));

    await tabTo(nn.button("Stop"), "Shift+Tab");
    await keyboard.press("Enter");
    await nn.waitFor("Stopped");
    await tabTo(nn.button("Evaluate on the test set"));
    await keyboard.press("Enter");
    await nn.testResult();
    await tabTo(nn.button("Reset"), "Shift+Tab");
    await keyboard.press("Enter");
    await nn.waitFor("Untrained and ready");
  });

  test("one dismisses an alert and comes to the file input", async () => {
    const nn = await lab().visitLoaded();
    await nn.chooseFiles([{ name: "notes.txt", buffer: Buffer.from("no digits here") }]);
    await nn.alert.waitFor();
    const dismiss = nn.alert.getByRole("button", { name: "Dismiss" });
    await dismiss.focus();
    await nn.page.keyboard.press("Enter");
    assert.equal(await nn.alert.count(), 0);
    await nn.files.focus();
    assert.ok(await isFocusShown(nn.region("Data").getByText("MNIST files")), "the file input's label shows no focus");
  });
});

/** Whether an outline is drawn at the element, or at the one that stands in for it. @param {Locator} locator */
function isFocusShown(locator) {
  return locator.evaluate((element) => {
    for (const each of [element, element.parentElement]) {
      if (each === null) continue;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
      if ((outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none") return true;
    }
    return false;
  });
}
