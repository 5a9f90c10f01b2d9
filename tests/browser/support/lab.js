/** One Chromium and one site for the tests of a file. Every page is watched: what it must never do fails the file. */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { eventually } from "./eventually.js";
import { HelloNN } from "./hellonn-page.js";
import { bands, SMALL } from "./idx.js";
import { serveSite } from "./site.js";
import { watch } from "./watch.js";

/**
 * @typedef {import("playwright-core").BrowserContextOptions} ContextOptions
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("./watch.js").Witness} Witness
 */

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The page is there at once; what takes longer is waited for by name. */
const ACTION_MS = 15_000;

export class Lab {
  #browser;
  /** @type {Witness[]} */ #witnesses = [];

  /**
   * @param {import("playwright-core").Browser} browser
   * @param {import("./site.js").Site} site
   */
  constructor(browser, site) {
    this.#browser = browser;
    this.site = site;
  }

  static async open() {
    const executablePath = process.env["CHROMIUM"];
    assert.ok(executablePath, "set CHROMIUM to the path of a Chromium, or run `cargo xtask test browser`");
    const [site, browser] = await Promise.all([
      serveSite(),
      chromium.launch({ executablePath, args: ARGUMENTS, headless: true }),
    ]);
    return new Lab(browser, site);
  }

  /**
   * Opens the page in a profile of its own.
   * @param {ContextOptions & {prepare?: (page: Page) => Promise<unknown>, url?: string}} [options] `prepare` runs before
   *   the page loads
   */
  async visit({ prepare, url = this.site.url, ...options } = {}) {
    const context = await this.#browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(ACTION_MS);
    const witness = await watch(page, this.site.origin);
    this.#witnesses.push(witness);
    await prepare?.(page);
    await page.goto(url);
    return new HelloNN(page, witness);
  }

  /** As `visit`, and the built-in data is there. @param {Parameters<Lab["visit"]>[0]} [options] */
  async visitLoaded(options) {
    const nn = await this.visit(options);
    await nn.waitUntilLoaded();
    return nn;
  }

  /** As `visit`, with a data set that a network has learnt after a moment. @param {Parameters<Lab["visit"]>[0]} [options] */
  async visitSmall(options) {
    const nn = await this.visitLoaded(options);
    await this.chooseSmall(nn);
    return nn;
  }

  /** Opens the page again in the same profile, whose page is gone. @param {HelloNN} nn */
  async revisit(nn) {
    const page = await nn.page.context().newPage();
    page.setDefaultTimeout(ACTION_MS);
    const witness = await watch(page, this.site.origin);
    this.#witnesses.push(witness);
    await page.goto(this.site.url);
    return new HelloNN(page, witness);
  }

  /** @param {HelloNN} nn that is to have such a data set */
  async chooseSmall(nn) {
    await nn.chooseFiles(bands(SMALL));
    await eventually(async () => assert.match((await nn.dataStatus.textContent()) ?? "", /^600 training/));
    await nn.waitUntilLoaded();
  }

  async close() {
    await this.#browser.close();
    await this.site.close();
  }

  /** Holds what every session owes: silence towards other hosts, and a quiet console. */
  assertClean() {
    assert.deepEqual(
      this.#witnesses.flatMap(({ otherOrigins }) => otherOrigins),
      [],
      "requests to another origin",
    );
    assert.deepEqual(
      this.#witnesses.flatMap(({ cspViolations }) => cspViolations),
      [],
      "violations of the policy",
    );
    assert.deepEqual(
      this.#witnesses.flatMap(({ errors }) => errors),
      [],
      "errors in the console",
    );
    assert.deepEqual(this.site.strays, [], "requests for files that are not part of the page");
  }
}

/** The lab of a `describe`: opened before its first test, checked and closed after its last. */
export function useLab() {
  /** @type {Lab | null} */
  let lab = null;
  before(async () => {
    lab = await Lab.open();
  });
  after(async () => {
    await lab?.close();
    lab?.assertClean();
  });
  return () => {
    assert.ok(lab, "the lab opens before the first test");
    return lab;
  };
}
