/** Times the real page, as it is in dist/: its load, and its answers to a drawing. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { serve } from "./server.js";

/** So few that reading them takes hardly any time: what is timed is the page, not MNIST. */
const N_TEST = 100;
/** Some more than the 5,000 that a preset may set aside to validate on. */
const N_TRAINING = 5_100;

/** Still fewer, where sending them takes its time. */
export const N_ON_A_SLOW_LINE = 200;

/**
 * The page with a few images in place of MNIST.
 * @param {string} dist
 * @param {{nTraining?: number, compressed?: boolean}} [options]
 */
export async function serveLightPage(dist, { nTraining = N_TRAINING, compressed = false } = {}) {
  const overlay = new Map();
  for (const [name, nImages, headerBytes, itemBytes] of /** @type {const} */ ([
    ["train-images-idx3-ubyte.gz", nTraining, 16, 784],
    ["train-labels-idx1-ubyte.gz", nTraining, 8, 1],
    ["t10k-images-idx3-ubyte.gz", N_TEST, 16, 784],
    ["t10k-labels-idx1-ubyte.gz", N_TEST, 8, 1],
  ])) {
    const bytes = gunzipSync(await readFile(join(dist, "data", name))).subarray(0, headerBytes + nImages * itemBytes);
    bytes.writeUInt32BE(nImages, 4);
    overlay.set(`/data/${name}`, gzipSync(bytes));
  }
  return serve({ "/": dist }, { overlay, compressed });
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @returns {Promise<number>} seconds from the start of the navigation, with a cold cache
 */
export async function timePageLoad(browser, url) {
  return withUsablePage(browser, url, async (_, usableAt) => usableAt / 1000);
}

/**
 * Draws with the mouse, and times each of its events until the meters have changed.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {[number, number][][][]} drawings strokes of points in the unit square
 * @returns {Promise<number[]>} seconds
 */
export async function timeStrokes(browser, url, drawings) {
  return withUsablePage(browser, url, async (page) => {
    await page.evaluate(() => {
      /** @type {number | null} */
      let start = null;
      window.strokeTimes = [];
      const note = () => (start ??= performance.now());
      for (const type of ["pointerdown", "pointermove"]) addEventListener(type, note, { capture: true });
      new MutationObserver(() => {
        if (start !== null) window.strokeTimes.push((performance.now() - start) / 1000);
        start = null;
      }).observe(document, { subtree: true, attributeFilter: ["aria-valuenow"] });
    });
    const canvas = page.getByRole("region", { name: "Draw", exact: true }).getByLabel("Draw a digit", { exact: true });
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    if (box === null) throw new Error("there is nothing to draw on");
    for (const strokes of drawings) {
      for (const points of strokes) {
        const at = points.map(([x, y]) => /** @type {const} */ ([box.x + x * box.width, box.y + y * box.height]));
        await page.mouse.move(...at[0]);
        await page.mouse.down();
        for (const point of at) await page.mouse.move(...point);
        await page.mouse.up();
      }
      await page.getByRole("button", { name: "Clear", exact: true }).click();
    }
    return page.evaluate(() => window.strokeTimes);
  });
}

/**
 * Opens the page in a profile of its own and waits until its data is there and "Train" can be pressed.
 * @template T
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {(page: import("playwright-core").Page, usableAt: number) => Promise<T>} use
 */
async function withUsablePage(browser, url, use) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const watch = new MutationObserver(() => {
        const statuses = [...document.querySelectorAll("[role=status]")];
        const isLoaded = statuses.some((each) => /^[\d,]+ training images/.test(each.textContent ?? ""));
        const train = document.querySelector("button[name=train]");
        if (!isLoaded || !(train instanceof HTMLButtonElement) || train.disabled) return;
        watch.disconnect();
        window.usableAt = performance.now();
      });
      watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    await page.goto(url);
    const usable = await page.waitForFunction(() => window.usableAt, undefined, { timeout: 60_000 });
    return await use(page, await usable.jsonValue());
  } finally {
    await context.close();
  }
}
