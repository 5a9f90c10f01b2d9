import assert from "node:assert/strict";
import test from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { readArchive, writeArchive } from "../../../www/runs/archive.js";
import { curveRecordOf, recordOf } from "../../../www/runs/record.js";
import { runAfter } from "../../../www/runs/run.js";
import { epoch, progress, run } from "../support/values.js";

const points = [0.25, 0.5].map((x) => ({ x, nBatches: 3, loss: 1 - x, accuracy: x }));
const WEIGHTS = {
  checkpoint: Uint8Array.from({ length: 1000 }, (_, i) => i % 251),
  epochs: [epoch(1)],
  secondsInEpoch: 0.5,
};
const RUN = {
  ...runAfter(run({ id: "0123456789abcdef" }), progress({ points })),
  name: "<b>ä\u202e",
  epochs: [epoch(1, { validationAccuracy: 0.9 }), epoch(2, { trainingLoss: NaN, validationLoss: -Infinity })],
  answers: Uint8Array.of(7, 2, 1),
};
const OTHER = run({ id: "00000000000000ff", state: "finished" });
const ENTRIES = [
  { run: recordOf(RUN), curve: curveRecordOf(RUN), weights: WEIGHTS },
  { run: recordOf(OTHER), curve: null, weights: null },
];

async function* given(entries = ENTRIES) {
  yield* entries;
}

/** @param {Uint8Array} bytes */
async function read(bytes) {
  const found = [];
  for await (const entry of readArchive(new Blob([new Uint8Array(bytes)]))) found.push(entry);
  return found;
}

const file = new Uint8Array(await (await writeArchive(given())).arrayBuffer());
const plain = new Uint8Array(gunzipSync(file));

test("runs come back with curves, answers, weights, and numbers that are none", async () => {
  const [first, second, ...more] = await read(file);
  assert.deepEqual(more, []);
  assert.deepEqual(first?.record, ENTRIES[0]?.run);
  assert.deepEqual(first?.curve, ENTRIES[0]?.curve);
  assert.deepEqual(first?.weights, WEIGHTS);
  assert.deepEqual([second?.run.id, second?.curve, second?.weights], [OTHER.id, null, null]);
  assert.equal(first?.run.name, RUN.name);
});

test("a file of no runs has none", async () => {
  const empty = await writeArchive(given([]));
  assert.deepEqual(await read(new Uint8Array(await empty.arrayBuffer())), []);
});

test("what is no file of runs is refused in a sentence", async () => {
  const text = new TextEncoder();
  for (const [bytes, sentence] of /** @type {[Uint8Array, RegExp][]} */ ([
    [new Uint8Array(), /gzipped|end of the file/],
    [text.encode("{}"), /gzipped/],
    [gzipSync("something else altogether"), /another file/],
    [gzipSync("HelloNN runs 2\nand more"), /another version/],
    [gzipSync(text.encode("HelloNN runs 1\n")), /end of the file/],
  ])) {
    await assert.rejects(read(bytes), sentence);
  }
});

test("cut short, longer, or changed anywhere it is refused or means the same, and nothing else happens", async () => {
  for (let nBytes = 0; nBytes < plain.length; nBytes += 37) {
    await assert.rejects(read(gzipSync(plain.subarray(0, nBytes))), /\.$/, `${nBytes} bytes`);
  }
  for (let nBytes = 0; nBytes < file.length; nBytes += 11) await assert.rejects(read(file.subarray(0, nBytes)), /\.$/);
  await assert.rejects(read(gzipSync(Buffer.concat([plain, Uint8Array.of(0)]))), /to end after its runs/);
  let state = 1;
  const random = (/** @type {number} */ below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let i = 0; i < 500; i += 1) {
    const changed = plain.slice();
    changed[random(changed.length)] = random(256);
    await read(gzipSync(changed)).catch((error) => assert.match(error.message, /^[A-Z].*\.$/s));
  }
});

test("lengths that promise more than there is are refused before memory is taken for them", async () => {
  const at = "HelloNN runs 1\n".length;
  for (const nBytes of [0xffffffff, 2 ** 26 + 1, 2 ** 26]) {
    const changed = plain.slice();
    new DataView(changed.buffer).setUint32(at, nBytes, true);
    await assert.rejects(read(gzipSync(changed)), /at most|end of the file/);
  }
  const nBytes = new DataView(plain.buffer).getUint32(at, true);
  const header = JSON.parse(new TextDecoder().decode(plain.subarray(at + 4, at + 4 + nBytes)));
  for (const change of [
    { sizes: [3, 48, 2 ** 40] },
    { sizes: [3, 48] },
    { sizes: [3, 47, 1000] },
    { sizes: [-1, 48, 1000] },
    { run: null },
    { run: { ...header.run, recipe: { layers: 3 } } },
    { run: { ...header.run, id: "../../x" } },
    { run: { ...header.run, version: 2 } },
    { curve: { ...header.curve, lastX: "1" } },
    { weights: { epochs: [{}], secondsInEpoch: 0 } },
  ]) {
    const text = new TextEncoder().encode(JSON.stringify({ ...header, ...change }));
    const size = new Uint8Array(Uint32Array.of(text.length).buffer);
    const spoilt = Buffer.concat([plain.subarray(0, at), size, text, plain.subarray(at + 4 + nBytes)]);
    await assert.rejects(read(gzipSync(spoilt)), /\.$/, JSON.stringify(change));
  }
});
