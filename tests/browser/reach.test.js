import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { misfitsAtAllWidths } from "./support/fit.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

const PHONE = { width: 390, height: 844 };
/** A window of 1280 × 1024 at 400 %, WCAG 1.4.10. */
const ENLARGED = { width: 320, height: 256 };
const MOST_TABS = 90;

/**
 * Every stop of the keyboard on the way through the page.
 * @param {HelloNN} nn
 * @returns {Promise<{name: string, region: string, isHidden: boolean}[]>} `isHidden`: something lies over all of it
 */
async function stops(nn) {
  await nn.page.evaluate(() => scrollTo(0, 0));
  const found = [];
  for (let i = 0; i < MOST_TABS; i += 1) {
    await nn.page.keyboard.press("Tab");
    const stop = await nn.page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const { activeElement } = document;
      if (activeElement === null || activeElement === document.body) return null;
      // What is chosen in the place of an invisible control is its label.
      const shown = activeElement.matches("[type=file], [type=radio]") ? activeElement.parentElement : activeElement;
      const { left, right, top, bottom } = (shown ?? activeElement).getBoundingClientRect();
      const at = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ share) =>
        from + (to - from) * share;
      const isSeenAt = (/** @type {number} */ share) => {
        const there = document.elementFromPoint(at(left, right, 0.5), at(top, bottom, share));
        return there !== null && (shown?.contains(there) || there.contains(activeElement));
      };
      return {
        name: activeElement.getAttribute("aria-label") ?? activeElement.textContent?.trim() ?? "",
        region: activeElement.closest("section")?.id ?? "",
        isHidden: ![0.1, 0.5, 0.9].some(isSeenAt),
      };
    });
    if (stop === null) return found;
    found.push(stop);
  }
  return found;
}

/** @param {{region: string}[]} found the regions as they are come to, each once */
function regionsOf(found) {
  return [...new Set(found.map(({ region }) => region))].filter((region) => region !== "");
}

describe("What somebody wants to reach", () => {
  const lab = useLab();

  for (const viewport of [PHONE, ENLARGED]) {
    test(`by keyboard is never hidden behind what is fixed, ${viewport.width} × ${viewport.height}`, async () => {
      const nn = await lab().visitLoaded({ viewport });
      const hidden = (await stops(nn)).filter(({ isHidden }) => isHidden);
      assert.deepEqual(hidden, []);
    });
  }

  test("comes by keyboard in the order in which it is seen, on a phone and on a wide screen", async () => {
    const nn = await lab().visitLoaded({ viewport: PHONE });
    const seenFromTop = () =>
      nn.page.evaluate(() =>
        [...document.querySelectorAll("[data-view=train] section:not([hidden])")]
          .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
          .map(({ id }) => id),
      );
    assert.deepEqual(await seenFromTop(), ["draw", "test", "curves", "training", "network", "data"]);
    // So it is in every browser, whatever it makes of an order that only a style sheet knows.
    const inDocument = await nn.page.evaluate(() =>
      [...document.querySelectorAll("[data-view=train] section:not([hidden])")].map(({ id }) => id),
    );
    assert.deepEqual(inDocument, await seenFromTop());
    // The buttons that move training are fixed; where they belong to is their region.
    assert.deepEqual(regionsOf(await stops(nn)), await seenFromTop());
    await nn.page.setViewportSize({ width: 1440, height: 900 });
    await nn.page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
    assert.deepEqual(regionsOf(await stops(nn)), ["data", "network", "training", "curves", "draw", "test"]);
  });

  test("keeps the focus, and what is in it, when the phone is turned", async () => {
    const nn = await lab().visitLoaded({ viewport: PHONE });
    await nn.field("Epochs").fill("12");
    await nn.page.setViewportSize({ width: 844, height: 390 });
    await nn.page.keyboard.type("3");
    assert.equal(await nn.field("Epochs").inputValue(), "123");
  });

  test("is not covered for good where the window is low: the page scrolls as a whole", async () => {
    const nn = await lab().visitLoaded({ viewport: ENLARGED });
    const fixed = await nn.page.evaluate(() =>
      [...document.body.querySelectorAll("*")]
        .filter((element) => element.checkVisibility() && element.matches(":not(.skip, dialog *)"))
        .filter((element) => ["fixed", "sticky"].includes(getComputedStyle(element).position))
        // The head of a table stays within the table.
        .filter((element) => element.closest(".epochs") === null)
        .map((element) => element.className),
    );
    assert.deepEqual(fixed, []);
  });

  test("stands beneath the header where a link to a section leads, also while something trains", async () => {
    const nn = await lab().visitLoaded({ viewport: PHONE });
    await nn.fill({ Epochs: 500 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await nn.page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Curves" }).click();
    await eventually(async () => {
      const header = await nn.page.getByRole("banner").boundingBox();
      const title = await nn.page.getByRole("heading", { name: "Curves" }).boundingBox();
      assert.ok(header && title);
      assert.ok(title.y >= header.y + header.height, `${title.y} is above ${header.height}`);
      assert.ok(title.y < 400, `${title.y} is far down`);
    });
  });
});

describe("With the spacing of text that WCAG 1.4.12 asks for", () => {
  const lab = useLab();

  test("nothing is cut off, and nothing needs horizontal scrolling", async () => {
    const nn = await lab().visitSmall();
    await nn.fill({ Epochs: 8 });
    await nn.run(60_000);
    await nn.page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
         p { margin-bottom: 2em !important }`,
      );
      document.adoptedStyleSheets = [sheet];
    });
    assert.deepEqual(await misfitsAtAllWidths(nn.page), {});
    await nn.show("Runs");
    assert.deepEqual(await misfitsAtAllWidths(nn.page), {});
  });
});

describe("On paper", () => {
  const lab = useLab();

  test("stands what came out of it, all epochs among it, and no button", async () => {
    const nn = await lab().visitSmall();
    await nn.fill({ Epochs: 12 });
    await nn.run(60_000);
    await nn.page.emulateMedia({ media: "print" });
    for (const viewport of [PHONE, { width: 794, height: 1123 }]) {
      await nn.page.setViewportSize(viewport);
      assert.equal(
        await nn.page
          .getByRole("button")
          .filter({ hasText: /Train|Pause|Add|Evaluate|Undo|Copy/ })
          .count(),
        0,
      );
      const last = await nn.epochsTable.getByRole("row").last().boundingBox();
      const box = await nn.page.getByRole("group", { name: "The numbers behind the curves" }).boundingBox();
      assert.ok(last && box && last.y + last.height <= box.y + box.height + 1, "rows are cut off");
    }
  });
});
