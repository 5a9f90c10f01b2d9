/** Gzip files as they are seldom made. */
import { constants, deflateRawSync, gzipSync } from "node:zlib";

/** Each part packed on its own, and all of them joined: one gzip file of several members. @param {Uint8Array[]} parts */
export function joined(parts) {
  return Buffer.concat(parts.map((part) => gzipSync(part)));
}

const HEADER = Buffer.from("1f8b08000000000000ff", "hex");
const BLOCK_BYTES = 2 ** 24;

/**
 * A small file that holds a head and then gigabytes of nothing. Its trailer is a lie: nobody is to come so far.
 * @param {Uint8Array} head
 * @param {number} nBytes at least, unpacked
 */
export function bomb(head, nBytes) {
  // Each block ends at a whole byte, so that it can be repeated.
  const packed = (/** @type {Uint8Array} */ part) => deflateRawSync(part, { finishFlush: constants.Z_FULL_FLUSH });
  const nothing = packed(new Uint8Array(BLOCK_BYTES));
  const blocks = Array.from({ length: Math.ceil(nBytes / BLOCK_BYTES) }, () => nothing);
  return Buffer.concat([HEADER, packed(head), ...blocks, Buffer.alloc(8)]);
}
