/** Serves folders under prefixes of the URL, to this machine alone. */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { gzipSync } from "node:zlib";

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** What shared memory, and with it more than one thread, asks of a page. HelloNN needs neither. */
const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/**
 * @param {Record<string, string>} folders by the prefix of the path, the longest first
 * @param {object} [options]
 * @param {boolean} [options.isolated]
 * @param {Map<string, Uint8Array>} [options.overlay] goes before the folders
 * @param {boolean} [options.compressed] as static hosts send what is not compressed already
 * @returns {Promise<{origin: string, close: () => Promise<void>}>}
 */
export async function serve(folders, { isolated = false, overlay = new Map(), compressed = false } = {}) {
  const headers = isolated ? ISOLATION : {};
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname);
    const typeOf = (/** @type {string} */ name) => TYPES[extname(name)] ?? "application/octet-stream";
    const bytes = overlay.get(path);
    if (bytes !== undefined) {
      response.writeHead(200, { "content-type": typeOf(path), "content-length": bytes.length, ...headers }).end(bytes);
      return;
    }
    const file = await find(folders, path);
    if (file === null) {
      response.writeHead(404).end();
      return;
    }
    if (compressed) {
      const bytes = gzipSync(await readFile(file.path));
      const encoded = { "content-encoding": "gzip", "content-length": bytes.length, ...headers };
      response.writeHead(200, { "content-type": typeOf(file.path), ...encoded }).end(bytes);
      return;
    }
    response.writeHead(200, { "content-type": typeOf(file.path), "content-length": file.size, ...headers });
    createReadStream(file.path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * @param {Record<string, string>} folders
 * @param {string} path
 */
async function find(folders, path) {
  const prefix = Object.keys(folders).find((each) => path.startsWith(each));
  if (prefix === undefined) return null;
  const inside = normalize(path.slice(prefix.length) || "index.html");
  if (inside.startsWith(`..${sep}`)) return null;
  const file = join(folders[prefix] ?? "", inside);
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? { path: file, size: found.size } : null;
}
