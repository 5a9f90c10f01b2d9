/**
 * From a data source to raw bytes: fetched or chosen, with progress, gunzipped where the content says so.
 * @typedef {import("../protocol/requests.js").DataSource} DataSource
 * @typedef {{name: string, size: number | null, open: () => ReadableStream<Uint8Array>, mayBe?: string}} Source
 *   `mayBe`: what it is likely to be if it cannot be read
 */
import { BUNDLED_FILES } from "../protocol/constants.js";
import { gunzip, isGzip, requireSize } from "./gunzip.js";

/** Browsers hand a folder over as if it were a file, and say no more than "network error" when it is read. */
const MAY_BE_FOLDER = "it may be a folder, or have been moved or changed since it was chosen";

/**
 * @param {DataSource} source
 * @param {{
 *   signal: AbortSignal,
 *   onProgress: (loadedBytes: number, totalBytes: number | null) => void,
 *   onFile: (name: string, bytes: Uint8Array) => void,
 * }} options `onFile` gets one file after the other, so that no two are held at once
 */
export async function readFiles(source, { signal, onProgress, onFile }) {
  const sources = source.kind === "bundled" ? await openBundled(signal) : source.files.map(openChosen);
  if (sources.length === 0) throw new Error("No file was chosen.");
  const sizes = sources.map((each) => each.size);
  const totalBytes = sizes.includes(null)
    ? null
    : sizes.reduce((/** @type {number} */ sum, size) => sum + (size ?? 0), 0);
  let loadedBytes = 0;
  for (const { name, size, open, mayBe } of sources) {
    requireSize(name, size ?? 0);
    const bytes = await explain(name, mayBe, () =>
      readAll(open(), size, (nBytes) => {
        signal.throwIfAborted();
        loadedBytes += nBytes;
        // A server that compresses on the way counts other bytes than arrive here: then there is no total.
        onProgress(loadedBytes, totalBytes !== null && loadedBytes <= totalBytes ? totalBytes : null);
      }),
    );
    const raw = isGzip(bytes) ? await gunzip(name, bytes) : bytes;
    signal.throwIfAborted();
    onFile(name, raw);
  }
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Source[]>}
 */
function openBundled(signal) {
  return Promise.all(
    BUNDLED_FILES.map(async (path) => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      const response = await explain(name, undefined, () => fetch(new URL(`../${path}`, import.meta.url), { signal }));
      if (!response.ok || response.body === null) {
        throw new Error(`${name} could not be loaded: the server answered ${response.status}.`);
      }
      const { body } = response;
      const length = Number(response.headers.get("content-length"));
      return { name, size: length > 0 ? length : null, open: () => body };
    }),
  );
}

/**
 * @param {File} file
 * @returns {Source}
 */
function openChosen(file) {
  return { name: file.name, size: file.size, open: () => file.stream(), mayBe: MAY_BE_FOLDER };
}

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @param {number | null} size where it is known, the bytes are gathered in place instead of in chunks
 * @param {(nBytes: number) => void} onBytes
 */
async function readAll(stream, size, onBytes) {
  let bytes = new Uint8Array(size ?? 0);
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, length);
    if (length + value.length > bytes.length) {
      const grown = new Uint8Array(Math.max(length + value.length, bytes.length * 2));
      grown.set(bytes.subarray(0, length));
      bytes = grown;
    }
    bytes.set(value, length);
    length += value.length;
    onBytes(value.length);
  }
}

/**
 * Lets an error of the browser's name the file that it is about.
 * @template T
 * @param {string} name
 * @param {string | undefined} mayBe
 * @param {() => Promise<T>} read
 * @returns {Promise<T>}
 */
async function explain(name, mayBe, read) {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${name} could not be read: ${mayBe === undefined ? reason : `${mayBe} (${reason})`}`);
  }
}
