/** A line between a browser and a server on this machine, as slow as one that goes a long way. */
import { connect, createServer } from "node:net";

/** A laptop in a lecture hall, and a server on another continent. */
export const LECTURE_HALL = { roundTripMs: 100, bitsPerSecond: 10e6 };

/**
 * Stands between the browser and the server at `port`: all connections share the line's rate, each byte arrives half a
 * round trip after it left, and opening a connection takes a whole one.
 * @param {number} port
 * @param {{roundTripMs: number, bitsPerSecond: number}} line
 * @returns {Promise<{port: number, close: () => Promise<void>}>}
 */
export async function slowLine(port, { roundTripMs, bitsPerSecond }) {
  const halfTripMs = roundTripMs / 2;
  let isFreeAt = 0;
  const server = createServer((browser) => {
    const site = connect(port, "127.0.0.1");
    const openAt = performance.now() + roundTripMs;
    const deliver = (
      /** @type {import("node:net").Socket} */ to,
      /** @type {Buffer} */ bytes,
      /** @type {number} */ at,
    ) => setTimeout(() => to.writable && to.write(bytes), at - performance.now());
    browser.on("data", (bytes) => deliver(site, bytes, Math.max(openAt, performance.now()) + halfTripMs));
    site.on("data", (bytes) => {
      isFreeAt = Math.max(isFreeAt, performance.now()) + (bytes.length * 8000) / bitsPerSecond;
      deliver(browser, bytes, isFreeAt + halfTripMs);
    });
    for (const [one, other] of /** @type {const} */ ([
      [browser, site],
      [site, browser],
    ])) {
      one.on("close", () => setTimeout(() => other.destroy(), roundTripMs));
      one.on("error", () => other.destroy());
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the line has no port");
  return {
    port: address.port,
    close: () => new Promise((resolve) => server.close(() => resolve(undefined))),
  };
}
