/**
 * Photographs the page: each state, three screens, light and dark. For the README, and for looking at.
 *
 *   CHROMIUM=/usr/bin/chromium node tests/tools/screenshots.js FOLDER
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { draw, handDrawn } from "../browser/support/drawings.js";
import { Lab } from "../browser/support/lab.js";

const SCREENS = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];
const SCHEMES = /** @type {const} */ (["light", "dark"]);

const folder = process.argv[2];
if (folder === undefined) {
  console.error("Say which folder the pictures go into: node tests/tools/screenshots.js FOLDER");
  process.exit(1);
}
await mkdir(folder, { recursive: true });

const lab = await Lab.open();
try {
  for (const viewport of SCREENS) await photograph(viewport);
} finally {
  await lab.close();
}

/** @param {{width: number, height: number}} viewport */
async function photograph(viewport) {
  const isPhone = viewport.width < 500;
  const nn = await lab.visit({ viewport, hasTouch: isPhone, isMobile: isPhone, deviceScaleFactor: isPhone ? 2 : 1 });
  const digits = await handDrawn();
  const strokesOf = (/** @type {number} */ label) => digits.find((digit) => digit.label === label)?.strokes ?? [];

  /** @param {string} state */
  async function picture(state) {
    for (const colorScheme of SCHEMES) {
      await nn.page.emulateMedia({ colorScheme });
      // The charts redraw themselves in the new colours.
      await nn.page.waitForTimeout(150);
      await nn.page.evaluate(() => scrollTo(0, 0));
      const name = `${viewport.width}-${state}-${colorScheme}.png`;
      await nn.page.screenshot({ path: join(String(folder), name) });
      // Below the first screen there is more to see on small ones.
      if (viewport.width < 1440) {
        await nn.page.screenshot({ path: join(String(folder), name.replace(".png", "-whole.png")), fullPage: true });
      }
      console.log(name);
    }
    await nn.page.emulateMedia({ colorScheme: "light" });
  }

  await nn.waitUntilLoaded();
  await picture("loaded");

  await draw(nn, strokesOf(3), { place: { size: 0.8, left: 0.1, top: 0.1 } });
  await nn.settledPrediction();
  await picture("untrained");

  await nn.choosePreset("Better answer");
  await nn.fill({ Epochs: 8, Seed: 1 });
  await nn.press("Train");
  await nn.page.getByRole("row").filter({ hasText: /^4/ }).waitFor({ timeout: 120_000 });
  await picture("training");
  await nn.press("Pause");
  await nn.waitFor("Paused");
  await picture("paused");
  await nn.press("Resume");
  await nn.waitFor("Finished", 120_000);
  await nn.testResult();
  await nn.settledPrediction();
  await picture("finished");

  await nn.view("By epoch");
  await nn.logScale(true);
  await picture("by-epoch-log");

  await nn.choosePreset("PyTorch twin");
  await nn.fill({ Epochs: "", Seed: "-1" });
  await nn.press("Train");
  await nn.chooseFiles([{ name: "holiday.png", buffer: Buffer.from("89504e470d0a1a0a", "hex") }]);
  await nn.alert.waitFor();
  await picture("errors");
  await nn.page.context().close();
}
