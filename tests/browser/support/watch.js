/** Writes down what a page and its workers do that they should not. */

/**
 * @typedef {object} Witness
 * @property {string[]} otherOrigins URLs asked for beyond the page's own origin
 * @property {string[]} cspViolations
 * @property {string[]} errors of the console, and exceptions that nobody caught
 * @property {number} nRequests that were seen at all
 */

/**
 * @param {import("playwright-core").Page} page before it loads
 * @param {string} origin
 * @returns {Promise<Witness>}
 */
export async function watch(page, origin) {
  /** @type {Witness} */
  const witness = { otherOrigins: [], cspViolations: [], errors: [], nRequests: 0 };
  page.context().on("request", (request) => {
    const url = new URL(request.url());
    // data: and blob: ask nobody.
    if (!["http:", "https:", "ws:", "wss:"].includes(url.protocol)) return;
    witness.nRequests += 1;
    if (url.origin !== origin) witness.otherOrigins.push(url.href);
  });
  page.on("websocket", (socket) => witness.otherOrigins.push(socket.url()));
  page.on("pageerror", (error) => witness.errors.push(String(error)));
  // Chromium tells the violations of a worker here too.
  page.on("console", (message) => {
    if (message.type() === "error") witness.errors.push(message.text());
  });
  await page.exposeFunction("reportViolation", (/** @type {string} */ violation) => {
    witness.cspViolations.push(violation);
  });
  await page.addInitScript(() => {
    const { reportViolation } = /** @type {{reportViolation: (violation: string) => void}} */ (
      /** @type {unknown} */ (globalThis)
    );
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      reportViolation(`${violatedDirective}: ${blockedURI}`),
    );
  });
  return witness;
}
