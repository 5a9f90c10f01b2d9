import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { bands, SMALL } from "./support/idx.js";
import { useLab } from "./support/lab.js";

describe("Nothing leaves the machine", () => {
  const lab = useLab();

  test("a whole session asks its own origin alone, for reading alone, and its console stays quiet", async (t) => {
    /** @type {string[]} */
    const methods = [];
    const nn = await lab().visit({
      prepare: async (page) => void page.context().on("request", (request) => methods.push(request.method())),
    });
    await nn.waitUntilLoaded();
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 1, Seed: 1 });
    await nn.press("Train");
    const [digit] = await handDrawn();
    await draw(nn, digit?.strokes ?? []);
    await nn.waitFor("Finished", 60_000);
    await nn.testResult();
    await nn.choosePreset("PyTorch twin");
    await nn.chooseFiles(bands(SMALL));
    await eventually(async () => assert.match((await nn.dataStatus.textContent()) ?? "", /^600/));
    await nn.waitUntilLoaded();
    await nn.fill({ Epochs: 3 });
    await nn.run(30_000);

    const { nRequests, otherOrigins, cspViolations, errors } = nn.witness;
    t.diagnostic(`${nRequests} requests, ${otherOrigins.length} of them to another origin`);
    // The page, its parts, the worker's parts, the module and four data files: the workers' requests are seen too.
    assert.ok(nRequests > 30, `${nRequests} requests were seen`);
    assert.deepEqual({ otherOrigins, cspViolations, errors }, { otherOrigins: [], cspViolations: [], errors: [] });
    assert.deepEqual([...new Set(methods)], ["GET"]);
    assert.deepEqual(await nn.page.context().cookies(), []);
    assert.deepEqual(await nn.page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  });

  test("the policy allows the page's own files alone, and the browser enforces it", async () => {
    const nn = await lab().visitLoaded();
    const policy = await nn.page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
    const directives = new Map(
      (policy ?? "").split(";").map((directive) => {
        const [name = "", ...sources] = directive.trim().split(/\s+/);
        return [name, sources];
      }),
    );
    assert.deepEqual(directives.get("default-src"), ["'none'"]);
    for (const [name, sources] of directives) {
      for (const source of sources)
        assert.ok(["'none'", "'self'", "'wasm-unsafe-eval'"].includes(source), `${name} ${source}`);
    }
    const reached = await reachElsewhere((url) => nn.page.evaluate(tryToReach, url));
    assert.deepEqual(reached, []);
    await eventually(() => assert.match(nn.witness.cspViolations.join(), /^connect-src: http/));
    forgive(nn);
    await nn.page.context().close();
  });
});

/** @param {string} url */
function tryToReach(url) {
  return fetch(url, { mode: "no-cors" }).then(
    () => undefined,
    () => undefined,
  );
}

/**
 * A second site, which nothing of the page may reach.
 * @param {(url: string) => Promise<void> | undefined} reach
 * @returns {Promise<string[]>} what was asked of it
 */
async function reachElsewhere(reach) {
  /** @type {string[]} */
  const reached = [];
  const server = createServer(({ url }, response) => {
    reached.push(url ?? "");
    response.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await reach(`http://127.0.0.1:${port}/leak`);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return reached;
}

/** What a test provoked itself is not held against the page. @param {import("./support/hellonn-page.js").HelloNN} nn */
function forgive({ witness }) {
  for (const log of [witness.cspViolations, witness.errors, witness.otherOrigins]) log.splice(0);
}
