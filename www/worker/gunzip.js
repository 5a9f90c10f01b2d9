/**
 * Gzip files (RFC 1952), unpacked by the browser; and no more of them than there is use for, whatever they claim: one
 * of two megabytes may hold gigabytes of nothing.
 */

/** The most that a file may have, unpacked. */
export const MAX_BYTES = 2 ** 30;

/** Enough to see what a file is. */
const HEAD_BYTES = 64;

/** So much is unpacked at once. A browser takes the memory for all that comes of it, up to a thousand times more. */
const PIECE_BYTES = 2 ** 12;

/** A gzip file's least header and trailer. */
const LEAST_MEMBER_BYTES = 18;

/** So often may what looks like the start of a member be none: by chance it is so once in many gigabytes. */
const MAX_FAILURES = 32;

/** @param {Uint8Array} bytes */
export function isGzip(bytes) {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * @param {string} name
 * @param {Uint8Array} packed
 * @returns {Promise<Uint8Array>} all of a file of images or labels; of anything else, enough to see what it is
 */
export async function gunzip(name, packed) {
  const file = new Unpacked(name);
  if (await unpack(packed, file)) return file.bytes();
  // Several files packed one by one and joined are one gzip file, too, which browsers refuse as a whole.
  let start = 0;
  let nFailures = 0;
  for (const end of memberEnds(packed)) {
    if (end - start < LEAST_MEMBER_BYTES) continue;
    if (await unpack(packed.subarray(start, end), file)) start = end;
    else nFailures += 1;
    if (file.isEnough) return file.bytes();
    if (nFailures > MAX_FAILURES) break;
  }
  if (start === packed.length) return file.bytes();
  throw new Error(`${name} is a damaged gzip file: it could not be unpacked. Was the download cut short?`);
}

/**
 * @param {string} name
 * @param {number} nBytes
 */
export function requireSize(name, nBytes) {
  if (nBytes <= MAX_BYTES) return;
  throw new TooLarge(`${name}: expected a file of at most 1 GiB (${inWords(MAX_BYTES)}), found ${inWords(nBytes)}`);
}

class TooLarge extends Error {}

/** What of a file is unpacked so far. */
class Unpacked {
  #name;
  /** @type {Uint8Array[]} */ #chunks = [];
  #nBytes = 0;
  /** @type {Head | null} null: so few are there that nobody knows */ #head = null;

  /** @param {string} name */
  constructor(name) {
    this.#name = name;
  }

  /** Whether the rest would tell nothing more. */
  get isEnough() {
    return this.#head !== null && this.#head.nWanted === null;
  }

  /** How much there is, to come back to. */
  get mark() {
    return { nChunks: this.#chunks.length, nBytes: this.#nBytes };
  }

  /** @param {{nChunks: number, nBytes: number}} mark */
  rewind({ nChunks, nBytes }) {
    this.#chunks.length = nChunks;
    this.#nBytes = nBytes;
    this.#head = null;
  }

  /** @param {Uint8Array} chunk throws where there is more than the file may have */
  add(chunk) {
    this.#chunks.push(chunk);
    this.#nBytes += chunk.length;
    if (this.#head === null && this.#nBytes >= HEAD_BYTES) this.#head = headOf(this.#name, this.bytes());
    const nWanted = this.#head?.nWanted ?? null;
    if (nWanted === null || this.#nBytes <= nWanted) return;
    throw new TooLarge(
      `${this.#name}: expected ${inWords(nWanted)}, as its header says, ` +
        `found ${inWords(this.#nBytes)} and more when it was unpacked`,
    );
  }

  bytes() {
    const [first = new Uint8Array()] = this.#chunks;
    if (this.#chunks.length <= 1) return first;
    const bytes = new Uint8Array(this.#nBytes);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }
}

/**
 * @typedef {{nWanted: number | null}} Head how many bytes the file has by its own account; null: it holds neither
 *   images nor labels, and there is no use for the rest of it
 *
 * @param {string} name
 * @param {Uint8Array} bytes
 * @returns {Head}
 */
function headOf(name, bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const nDimensions = { 2049: 1, 2051: 3 }[view.getUint32(0)];
  if (nDimensions === undefined) return { nWanted: null };
  let nElements = 1;
  for (let i = 1; i <= nDimensions; i += 1) nElements *= view.getUint32(4 * i);
  const nWanted = 4 + 4 * nDimensions + nElements;
  requireSize(name, nWanted);
  return { nWanted };
}

/**
 * @param {Uint8Array} member
 * @param {Unpacked} file that gets what is in it
 * @returns {Promise<boolean>} whether it is one that is whole; if not, the file has what it had before
 */
async function unpack(member, file) {
  const { mark } = file;
  const reader = inPieces(member).pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return true;
      file.add(value);
      if (!file.isEnough) continue;
      void reader.cancel();
      return true;
    }
  } catch (error) {
    if (error instanceof TooLarge) {
      void reader.cancel();
      throw error;
    }
    file.rewind(mark);
    return false;
  }
}

/** @param {Uint8Array} bytes */
function inPieces(bytes) {
  let at = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(at, (at += PIECE_BYTES)));
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * Where a member may end: before what looks like another, and at the end of the file.
 * @param {Uint8Array} packed
 */
function* memberEnds(packed) {
  for (let at = packed.indexOf(0x1f, 1); at >= 0; at = packed.indexOf(0x1f, at + 1)) {
    // The deflate method, and none of the flags that are reserved.
    const [, magic, method, flags = 0xff] = packed.subarray(at, at + 4);
    if (magic === 0x8b && method === 8 && flags < 0x20) yield at;
  }
  yield packed.length;
}

/** @param {number} nBytes */
function inWords(nBytes) {
  return `${nBytes.toLocaleString("en-US")} bytes`;
}
