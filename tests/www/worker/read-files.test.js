import assert from "node:assert/strict";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { readFiles } from "../../../www/worker/read-files.js";

/** @param {File[]} files */
async function read(files) {
  /** @type {Record<string, number[]>} */
  const found = {};
  let progress = [0, 0];
  await readFiles(
    { kind: "files", files },
    {
      signal: new AbortController().signal,
      onProgress: (loaded, total) => (progress = [loaded, total ?? -1]),
      onFile: (name, bytes) => (found[name] = [...bytes]),
    },
  );
  return { found, progress };
}

/** @param {Uint8Array} bytes @param {string} name */
const file = (bytes, name) => new File([/** @type {BlobPart} */ (bytes)], name);

test("a gzipped file is recognised by its first bytes, whatever its name", async () => {
  const raw = Uint8Array.from({ length: 1000 }, (_, i) => i);
  const packed = gzipSync(raw);
  const { found, progress } = await read([file(packed, "a"), file(raw, "b.gz")]);
  assert.deepEqual(found, { a: [...raw], "b.gz": [...raw] });
  assert.deepEqual(progress, [packed.length + 1000, packed.length + 1000]);
});

test("a damaged gzip is an error that names the file", async () => {
  const packed = gzipSync("0123456789 ".repeat(50)).fill(0xff, 12);
  await assert.rejects(read([file(packed, "labels.gz")]), /labels\.gz is a damaged gzip file/);
});

test("an empty file and no file at all are passed on and refused", async () => {
  assert.deepEqual((await read([file(new Uint8Array(), "empty")])).found, { empty: [] });
  await assert.rejects(read([]), /No file was chosen/);
});

test("a file that cannot be read is named", async () => {
  const broken = file(new Uint8Array(3), "folder");
  broken.stream = () => {
    throw new Error("is a directory");
  };
  await assert.rejects(read([broken]), /folder could not be read: it may be a folder, .+ \(is a directory\)/);
});

test("a load that is given up hands over nothing more", async () => {
  const controller = new AbortController();
  /** @type {string[]} */
  const names = [];
  const load = readFiles(
    { kind: "files", files: [file(new Uint8Array(3), "a"), file(new Uint8Array(3), "b")] },
    {
      signal: controller.signal,
      onProgress: () => {},
      onFile(name) {
        names.push(name);
        controller.abort();
      },
    },
  );
  await assert.rejects(load, { name: "AbortError" });
  assert.deepEqual(names, ["a"]);
});
