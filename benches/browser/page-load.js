/** Times the real page from the start of its navigation until "Train" can be pressed. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { serve } from "./server.js";

/** So few images that reading them takes no time: what is timed is the page, not MNIST. */
const N_IMAGES = 100;

/**
 * The page with a hundred images in place of MNIST.
 * @param {string} dist
 */
export async function serveLightPage(dist) {
  const overlay = new Map();
  for (const [name, headerBytes, itemBytes] of /** @type {const} */ ([
    ["train-images-idx3-ubyte.gz", 16, 784],
    ["train-labels-idx1-ubyte.gz", 8, 1],
    ["t10k-images-idx3-ubyte.gz", 16, 784],
    ["t10k-labels-idx1-ubyte.gz", 8, 1],
  ])) {
    const bytes = gunzipSync(await readFile(join(dist, "data", name))).subarray(0, headerBytes + N_IMAGES * itemBytes);
    bytes.writeUInt32BE(N_IMAGES, 4);
    overlay.set(`/data/${name}`, gzipSync(bytes));
  }
  return serve({ "/": dist }, { overlay });
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @returns {Promise<number>} seconds, with a cold cache
 */
export async function timePageLoad(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const train = () => [...document.querySelectorAll("button")].find((each) => each.textContent?.trim() === "Train");
      const watch = new MutationObserver(() => {
        const button = train();
        if (button === undefined || button.disabled) return;
        watch.disconnect();
        window.usableAt = performance.now();
      });
      watch.observe(document, { subtree: true, childList: true, attributes: true });
    });
    await page.goto(url);
    const usable = await page.waitForFunction(() => window.usableAt, undefined, { timeout: 60_000 });
    return (await usable.jsonValue()) / 1000;
  } finally {
    await context.close();
  }
}
