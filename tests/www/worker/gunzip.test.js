import assert from "node:assert/strict";
import test from "node:test";
import { gzipSync, inflateRawSync } from "node:zlib";
import { gunzip, MAX_BYTES, requireSize } from "../../../www/worker/gunzip.js";
import { bomb, joined } from "../../browser/support/gzip.js";
import { IMAGES_MAGIC, idx } from "../../browser/support/idx.js";

const IMAGES = idx(
  [IMAGES_MAGIC, 100, 10, 10],
  Uint8Array.from({ length: 10_000 }, (_, i) => (i * 7919) % 251),
);

/** @param {Uint8Array} packed */
const unpacked = async (packed) => Buffer.from(await gunzip("a.gz", packed));

/** As browsers do, and Node does not: one member, and nothing after it. */
class OneMember extends TransformStream {
  constructor() {
    const header = 10;
    const trailer = 8;
    /** @type {Uint8Array[]} */
    const chunks = [];
    super({
      transform: (chunk) => void chunks.push(chunk),
      flush(controller) {
        const packed = Buffer.concat(chunks);
        // The types do not know what "info" changes.
        const { buffer, engine } = /** @type {any} */ (inflateRawSync(packed.subarray(header), { info: true }));
        if (header + engine.bytesWritten + trailer !== packed.length) throw new TypeError("junk after the end");
        controller.enqueue(buffer);
      },
    });
  }
}

/** @param {() => Promise<void>} check */
async function asInABrowser(check) {
  const ofNode = globalThis.DecompressionStream;
  globalThis.DecompressionStream = /** @type {any} */ (OneMember);
  try {
    await check();
  } finally {
    globalThis.DecompressionStream = ofNode;
  }
}

test("a file of one member is what was packed", async () => {
  assert.deepEqual(await unpacked(gzipSync(IMAGES)), IMAGES);
  await asInABrowser(async () => assert.deepEqual(await unpacked(gzipSync(IMAGES)), IMAGES));
});

test("members follow one another, wherever they were cut", async () => {
  const cuts = [0, 3, 16, 17, 4000, 4000, 10_016];
  const parts = cuts.map((cut, i) => IMAGES.subarray(cuts[i - 1] ?? 0, cut));
  await asInABrowser(async () => assert.deepEqual(await unpacked(joined(parts)), IMAGES));
});

test("what only looks like the start of a member is none", async () => {
  const start = Buffer.from("1f8b0800", "hex");
  const images = idx([IMAGES_MAGIC, 10, 2, 4], Buffer.concat(Array.from({ length: 20 }, () => start)));
  // Stored as they are, the bytes lie open in the packed file.
  const parts = [images.subarray(0, 50), images.subarray(50)];
  const packed = Buffer.concat(parts.map((part) => gzipSync(part, { level: 0 })));
  await asInABrowser(async () => assert.deepEqual(await unpacked(packed), images));
});

test("a member that is damaged or cut short makes the file a damaged one", async () => {
  const good = joined([IMAGES.subarray(0, 5000), IMAGES.subarray(5000)]);
  const junk = Buffer.concat([good, Buffer.from("and then some")]);
  await asInABrowser(async () => {
    for (const bad of [good.subarray(0, -20), junk])
      await assert.rejects(unpacked(bad), /a\.gz is a damaged gzip file/);
  });
});

test("no more is unpacked than the header stands for, and the message says how much that is", async () => {
  const head = idx([IMAGES_MAGIC, 6, 4, 4], new Uint8Array(96));
  const message = /a\.gz: expected 112 bytes, as its header says, found [\d,]+ bytes and more/;
  const before = process.memoryUsage().arrayBuffers;
  const packed = bomb(head, 2.35e9);
  await assert.rejects(unpacked(packed), message);
  assert.ok(process.memoryUsage().arrayBuffers - before < packed.length + 100e6, "it has taken the memory");
  await assert.rejects(
    unpacked(joined([head, new Uint8Array(1)])),
    /expected 112 bytes, as its header says, found 113/,
  );
});

test("a header that stands for more than the page takes is refused, with its size and the most there may be", async () => {
  const head = idx([IMAGES_MAGIC, 60_000, 200, 200], new Uint8Array(100));
  await assert.rejects(
    unpacked(bomb(head, 2.4e9)),
    /a\.gz: expected a file of at most 1 GiB \(1,073,741,824 bytes\), found 2,400,000,016 bytes/,
  );
  assert.throws(() => requireSize("b", MAX_BYTES + 1), /b: expected .* found 1,073,741,825 bytes/);
  requireSize("b", MAX_BYTES);
});

test("of what holds neither images nor labels, no more is unpacked than shows it", async () => {
  const start = (await unpacked(bomb(Buffer.from("Hello, MNIST"), 2.35e9))).subarray(0, 12);
  assert.equal(start.toString(), "Hello, MNIST");
});
