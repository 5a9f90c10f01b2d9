import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { violations } from "./support/axe.js";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";
import { DIST } from "./support/site.js";

/**
 * @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").Route} Route
 */

const ABSENT = "Check that the server has all that “cargo xtask build” makes, then reload the page.";
const TYPE = "Have the server send .js files as text/javascript, then reload the page.";
const SILENT = "Check that the server is running, then reload the page.";
const BROWSERS = "Chrome and Edge from version 110 on, Firefox from 115 and Safari from 16.4";

const missing = (/** @type {Route} */ route) => route.fulfill({ status: 404, body: "no such file" });
const asHtml = (/** @type {Route} */ route) =>
  route.fulfill({ contentType: "text/html; charset=utf-8", body: "<!doctype html><p>Welcome" });
const unanswered = (/** @type {Route} */ route) => route.abort();
const asText = async (/** @type {Route} */ route) => {
  const response = await route.fetch();
  await route.fulfill({ response, headers: { ...response.headers(), "content-type": "text/plain" } });
};
/** The file with a line before it. @param {string} line */
const after = (line) => async (/** @type {Route} */ route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: `${line}\n${await response.text()}` });
};

/** What is wrong with which file, and what the page says of it. @type {[string, string, (route: Route) => unknown, string][]} */
const OF_THE_PAGE = [
  ["main.js is missing", "main.js", missing, `main.js did not come: the server answered 404. ${ABSENT}`],
  ["main.js comes as text", "main.js", asText, `main.js came as text/plain, not as text/javascript. ${TYPE}`],
  ["main.js is another page", "main.js", asHtml, `main.js came as text/html, not as text/javascript. ${ABSENT}`],
  [
    "a module of a module is missing",
    "recipe/words.js",
    missing,
    `recipe/words.js did not come: the server answered 404. ${ABSENT}`,
  ],
  ["a module gets no answer", "app/state.js", unanswered, `app/state.js did not come: there was no answer. ${SILENT}`],
  [
    "a module that the worker needs, too, is missing",
    "series/average.js",
    missing,
    `series/average.js did not come: the server answered 404. ${ABSENT}`,
  ],
  [
    "a module throws",
    "app/state.js",
    after('throw new Error("a screw is loose.");'),
    `The browser says: “Uncaught Error: a screw is loose”. Reload the page; if that does not help, use another ` +
      `browser. ${BROWSERS} will do.`,
  ],
];

/** @type {typeof OF_THE_PAGE} */
const OF_THE_WORKER = [
  [
    "its script is missing",
    "worker/index.js",
    missing,
    `worker/index.js did not come: the server answered 404. ${ABSENT}`,
  ],
  [
    "its script is text",
    "worker/index.js",
    asText,
    `worker/index.js came as text/plain, not as text/javascript. ${TYPE}`,
  ],
  [
    "a module of it is missing",
    "worker/engine.js",
    missing,
    `worker/engine.js did not come: the server answered 404. ${ABSENT}`,
  ],
  [
    "WebAssembly’s module is missing",
    "wasm/hellonn_bg.wasm",
    missing,
    `wasm/hellonn_bg.wasm did not come: the server answered 404. ${ABSENT}`,
  ],
  [
    "WebAssembly’s module is a page",
    "wasm/hellonn_bg.wasm",
    asHtml,
    `wasm/hellonn_bg.wasm came as text/html and holds no WebAssembly. ${ABSENT}`,
  ],
  [
    "there is no WebAssembly",
    "worker/index.js",
    after("delete self.WebAssembly;"),
    "This browser has no WebAssembly, or it is turned off, as Lockdown Mode does. HelloNN computes in it: allow it for " +
      `this page, or use another browser. ${BROWSERS} have it.`,
  ],
  [
    "WebAssembly has no SIMD",
    "worker/index.js",
    after(
      "WebAssembly.validate = () => false;" +
        'WebAssembly.instantiateStreaming = async () => { throw new WebAssembly.CompileError("wasm simd unsupported"); };',
    ),
    `This browser’s WebAssembly has no SIMD, which HelloNN computes with. ${BROWSERS} have it.`,
  ],
];

describe("A page that cannot start", () => {
  const lab = useLab();

  for (const [name, file, answer, sentence] of OF_THE_PAGE) {
    test(`says why: ${name}`, async () => {
      const nn = await lab().visit({ prepare: (page) => page.route(`**/${file}`, answer) });
      await saysWhy(nn, ["HelloNN could not start.", sentence]);
      assert.deepEqual(await violations(nn.page), []);
      await leave(nn);
    });
  }

  test("names three files of many", async () => {
    const nn = await lab().visit({ prepare: (page) => page.route("**/panels/**", missing) });
    await eventually(async () => {
      const [, sentence = ""] = await paragraphs(nn);
      assert.match(
        sentence,
        /^(panels\/\S+\.js did not come: the server answered 404\. ){3}Nor did \d+ more files come as expected\. /,
      );
      assert.ok(sentence.endsWith(ABSENT), sentence);
    });
    await leave(nn);
  });

  test("says why where there is no WebAssembly for the page and its worker", async () => {
    const nn = await lab().visit({
      prepare: async (page) => {
        await page.addInitScript("delete self.WebAssembly;");
        await page.route("**/worker/index.js", after("delete self.WebAssembly;"));
      },
    });
    await saysInAlert(nn, /^The trainer could not start. This browser has no WebAssembly, or it is turned off/);
    await leave(nn);
  });

  test("says how to serve it when it is opened as a file", async () => {
    const nn = await lab().visit({ url: pathToFileURL(join(DIST, "index.html")).href });
    await saysWhy(nn, [
      "HelloNN could not start.",
      "It was opened as a file, and browsers run no modules from a file. Serve the folder instead: with “cargo xtask " +
        "serve” in the project, or with “python3 -m http.server” in the folder of this page. Then open the address " +
        "that is printed there.",
    ]);
    await leave(nn);
  });

  test("says that it needs JavaScript where that is off, above all else", async () => {
    const nn = await lab().visit({ javaScriptEnabled: false });
    await saysWhy(nn, [
      "HelloNN needs JavaScript.",
      "It trains a network in your browser, where JavaScript is turned off. Turn it on for this page, then reload the page.",
    ]);
    assert.ok(await nn.button("Train").isHidden());
    await leave(nn);
  });

  for (const [name, files, passes] of /** @type {const} */ ([
    ["in time, even if the script that would say why is missing, too", /\/(main|boot)\.js$/, true],
    ["at once, if the script that tells why is missing, too", /\/(main|tell)\.js$/, false],
  ])) {
    test(`says what is true in any case ${name}`, async () => {
      const nn = await lab().visit({ prepare: (page) => page.route(files, missing) });
      if (passes) {
        assert.equal(await nn.alert.count(), 0);
        await passTime(nn);
      }
      await saysWhy(nn, [
        "HelloNN has not started yet.",
        "On a slow line it may still be loading; if not, reload the page. It needs a web server, as it cannot start when " +
          `it is opened as a file, and a browser that is not too old: ${BROWSERS} will do.`,
      ]);
      await leave(nn);
    });
  }

  test("says what it can, if the reason cannot be looked up", async () => {
    const nn = await lab().visit({ prepare: (page) => page.route(/\/(main|why)\.js$/, missing) });
    await saysWhy(nn, [
      "HelloNN could not start.",
      "Its scripts cannot be loaded. Check that its server is running, then reload the page.",
    ]);
    await leave(nn);
  });
});

describe("A worker that cannot start", () => {
  const lab = useLab();

  for (const [name, file, answer, sentence] of OF_THE_WORKER) {
    test(`is no crash, and the page says why: ${name}`, async () => {
      const nn = await lab().visit({ prepare: (page) => page.route(`**/${file}`, answer) });
      await saysInAlert(nn, `The trainer could not start. ${sentence}`);
      assert.equal(await nn.page.locator("#starting").count(), 0);
      await nn.chooseFiles([{ name: "images", buffer: Buffer.of(0) }]);
      await saysInAlert(nn, `The trainer could not start. ${sentence}`);
      await leave(nn);
    });
  }

  test("and crashes before the page listens: the data is loaded once", async () => {
    let nWorkers = 0;
    /** @type {string[]} */
    const asked = [];
    const nn = await lab().visit({
      prepare: async (page) => {
        page.context().on("request", (request) => asked.push(new URL(request.url()).pathname));
        await page.route("**/worker/index.js", (route) => {
          nWorkers += 1;
          if (nWorkers > 1) return route.continue();
          const body = 'postMessage({ type: "started" }); postMessage({ type: "crashed", message: "out of bounds" });';
          return route.fulfill({ contentType: "text/javascript", body });
        });
        const crashed = page.waitForEvent("worker").then((worker) => worker.waitForEvent("close"));
        await page.route("**/app/actions.js", (route) => crashed.then(() => route.continue()));
      },
    });
    await nn.waitUntilLoaded();
    assert.equal(nWorkers, 2);
    assert.equal(asked.filter((path) => path.endsWith("train-images-idx3-ubyte.gz")).length, 1);
    await leave(nn);
  });
});

describe("A page that starts", () => {
  const lab = useLab();

  test("says none of it, and has taken it away before the data has come", async () => {
    // Its requests are never answered.
    const nn = await lab().visit({ prepare: (page) => page.route("**/data/*.gz", () => {}) });
    await eventually(async () => assert.equal(await nn.page.locator("#starting").count(), 0));
    assert.equal(await nn.alert.count(), 0);
    assert.equal(await nn.dataStatus.textContent(), "Loading MNIST …");
    await nn.page.context().close();
  });

  test("does so without its style sheet, and says none of it", async () => {
    const nn = await lab().visit({ prepare: (page) => page.route("**/styles.css", missing) });
    await nn.waitUntilLoaded();
    assert.equal(await nn.alert.count(), 0);
    assert.equal(await nn.page.locator("#starting").count(), 0);
    await leave(nn);
  });

  test("late takes away what was said in the meantime", async () => {
    /** @type {() => void} */
    let arrive = () => {};
    const late = new Promise((resolve) => (arrive = () => resolve(undefined)));
    const nn = await lab().visit({
      prepare: (page) => page.route("**/*.wasm", (route) => late.then(() => route.continue())),
    });
    await eventually(async () => assert.equal(await nn.dataStatus.textContent(), "Loading MNIST …"));
    await passTime(nn);
    assert.equal((await paragraphs(nn))[0], "HelloNN has not started yet.");
    arrive();
    await nn.waitUntilLoaded();
    assert.equal(await nn.alert.count(), 0);
    await nn.page.context().close();
  });
});

/** The time that a page has to start is over. @param {HelloNN} nn */
async function passTime(nn) {
  await nn.page.locator("#starting").evaluate((box) => {
    const [animation] = box.getAnimations();
    if (animation === undefined) throw new Error("nothing is to come");
    animation.finish();
  });
}

/** @param {HelloNN} nn */
async function paragraphs(nn) {
  return (await nn.alert.locator("p").allTextContents()).map((text) => text.trim().replace(/\s+/g, " "));
}

/** The page says it, alone, and promises nothing. @param {HelloNN} nn @param {string[]} expected */
async function saysWhy(nn, expected) {
  await eventually(async () => assert.deepEqual(await paragraphs(nn), expected));
  assert.ok(await nn.alert.isVisible());
  await promisesNothing(nn);
}

/** @param {HelloNN} nn @param {string | RegExp} sentence */
async function saysInAlert(nn, sentence) {
  await eventually(async () => {
    const [text = ""] = await paragraphs(nn);
    if (typeof sentence === "string") assert.equal(text, sentence);
    else assert.match(text, sentence);
    await promisesNothing(nn);
  });
  assert.equal(await nn.dataStatus.textContent(), "No data is loaded.");
}

/** @param {HelloNN} nn */
async function promisesNothing(nn) {
  assert.equal(await nn.page.getByText("Loading MNIST").count(), 0);
  assert.equal(await nn.page.getByRole("progressbar", { name: "Loading progress" }).count(), 0);
}

/** What a test provoked itself is not held against the page. @param {HelloNN} nn */
async function leave(nn) {
  await nn.page.context().close();
  nn.witness.errors.splice(0);
}
