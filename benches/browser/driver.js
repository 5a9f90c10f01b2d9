/**
 * Runs a contestant in a worker in headless Chromium: `node driver.js CONTESTANT DIST`, where CHROMIUM names the
 * browser. Each driver has a Chromium of its own, so that its memory is the contestant's alone.
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { answerLines, peakBytes } from "../lines.js";
import { N_ON_A_SLOW_LINE, serveLightPage, timePageLoad, timeStrokes } from "./real-page.js";
import { serve } from "./server.js";
import { LECTURE_HALL, slowLine } from "./slow-line.js";

// The browser's driver is the tests': there is no second copy of it to keep up to date.
const require = createRequire(new URL("../../tests/package.json", import.meta.url));
const { chromium } = /** @type {typeof import("playwright-core")} */ (require("playwright-core"));

/** @type {Record<string, {worker: string, type: WorkerType, isolated: boolean}>} */
const CONTESTANTS = {
  hellonn: { worker: "/bench/hellonn-worker.js", type: "module", isolated: false },
  tensorflowjs: { worker: "/peers/tensorflowjs/worker.js", type: "classic", isolated: true },
  "jax-js": { worker: "/peers/jax-js/worker.js", type: "module", isolated: true },
};

const [name = "", dist = ""] = process.argv.slice(2);
const contestant = CONTESTANTS[name];
if (contestant === undefined) throw new Error(`there is no contestant ${name}`);
const folder = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const [site, browser] = await Promise.all([
  serve({ "/bench/": folder("./"), "/peers/": folder("../peers/"), "/": dist }, { isolated: contestant.isolated }),
  chromium.launch({
    executablePath: process.env["CHROMIUM"],
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
  }),
]);

/** @type {import("playwright-core").Page | null} */
let page = null;

await answerLines(async (request) => {
  if (request.do === "pageLoad") return { values: [await onRealPage((url) => timePageLoad(browser, url))] };
  if (request.do === "slowPageLoad") return { values: [await onSlowLine((url) => timePageLoad(browser, url))] };
  if (request.do === "stroke")
    return { values: await onRealPage((url) => timeStrokes(browser, url, request.drawings)) };
  if (request.do === "peak") return { bytes: await rendererPeak() };
  page ??= await open();
  // @ts-expect-error: page.js defines it
  return page.evaluate((each) => window.ask(each), request);
});
await browser.close();
await site.close();

async function open() {
  const { worker, type } = /** @type {typeof CONTESTANTS[string]} */ (contestant);
  const opened = await (await browser.newContext()).newPage();
  opened.on("console", (message) => console.error(`${name}: ${message.text()}`));
  await opened.goto(`${site.origin}/bench/page.html?${new URLSearchParams({ worker, type })}`);
  return opened;
}

/**
 * @template T
 * @param {(url: string) => Promise<T>} measure
 */
async function onRealPage(measure) {
  const light = await serveLightPage(dist);
  try {
    return await measure(`${light.origin}/`);
  } finally {
    await light.close();
  }
}

/**
 * @template T
 * @param {(url: string) => Promise<T>} measure
 */
async function onSlowLine(measure) {
  const light = await serveLightPage(dist, { nTraining: N_ON_A_SLOW_LINE, compressed: true });
  const line = await slowLine(Number(new URL(light.origin).port), LECTURE_HALL);
  try {
    return await measure(`http://127.0.0.1:${line.port}/`);
  } finally {
    await light.close();
    await line.close();
  }
}

/** The peak of the largest renderer: the process that the worker is a thread of. */
async function rendererPeak() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const peaks = await Promise.all(renderers.map(({ id }) => peakBytes(id)));
  return peaks.includes(null) || peaks.length === 0 ? null : Math.max(...peaks.map(Number));
}
