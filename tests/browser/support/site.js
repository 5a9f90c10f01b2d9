/** Serves dist/ as the plainest static host would: under a sub-path, with a type for each file and no other header. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const DIST = fileURLToPath(new URL("../../../dist/", import.meta.url));

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

const SUB_PATH = "/lessons/hello nn/";

/**
 * @typedef {object} Site
 * @property {string} url of the page
 * @property {string} origin
 * @property {string[]} strays paths that were asked for outside the page's folder or are not there
 * @property {Set<string>} served places in dist/ of what was asked for
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Site>} on a port that nobody else has */
export async function serveSite() {
  /** @type {string[]} */
  const strays = [];
  /** @type {Set<string>} */
  const served = new Set();
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname);
    const file = await find(path);
    if (file === null) {
      strays.push(path);
      response.writeHead(404).end();
      return;
    }
    served.add(relative(DIST, file.path));
    const type = TYPES[extname(file.path)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-length": file.size });
    createReadStream(file.path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    url: origin + encodeURI(SUB_PATH),
    origin,
    strays,
    served,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @param {string} path as asked for */
async function find(path) {
  if (!path.startsWith(SUB_PATH)) return null;
  const inside = normalize(path.slice(SUB_PATH.length) || "index.html");
  if (inside.startsWith(`..${sep}`)) return null;
  const file = join(DIST, inside);
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? { path: file, size: found.size } : null;
}
