import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { readSafetensors } from "../../../../www/runs/export/safetensors.js";
import { EXPORTS, writtenFiles } from "../../support/exports.js";

/** As Python's library has read it: tests/reference/exports.py. */
const WRITTEN = (await writtenFiles()).get("hellonn.safetensors") ?? new Uint8Array();

/** @param {string} header @param {number} [nBytes] that follow it @param {bigint} [length] that it claims */
function file(header, nBytes = 0, length) {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + nBytes);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

/** @param {string} entry of a tensor "a" @param {number} [nBytes] */
const tensor = (entry, nBytes = 8) => file(`{"a":${entry}}`, nBytes);

/** @param {Uint8Array} bytes */
function refusal(bytes) {
  let message = "";
  assert.throws(
    () => readSafetensors(bytes),
    (/** @type {unknown} */ error) => {
      assert.ok(error instanceof Error && error.constructor === Error, String(error));
      message = error.message;
      return true;
    },
  );
  return message;
}

describe("safetensors", () => {
  test("the file is the one that Python's library has read", async () => {
    assert.deepEqual(Buffer.from(WRITTEN), await readFile(new URL("hellonn.safetensors", EXPORTS)));
  });

  test("what is written is read again, wherever it lies in memory", () => {
    const bytes = WRITTEN;
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    const { metadata, tensors } = readSafetensors(shifted);
    assert.deepEqual(metadata, { format: "pt", hellonn: '{"a":"ä"}' });
    assert.deepEqual([...tensors.keys()], ["0.weight", "0.bias", "empty"]);
    assert.deepEqual(tensors.get("0.weight")?.shape, [2, 3]);
    assert.deepEqual(tensors.get("0.bias")?.bytes, Uint8Array.of(0, 0, 0x80, 0x7f, 0, 0, 0xc0, 0x7f));
  });

  test("a file truncated anywhere, or with something behind it, is refused", () => {
    const bytes = WRITTEN;
    for (let n = 0; n < bytes.length; n++) assert.match(refusal(bytes.subarray(0, n)), /^safetensors: .*expected/);
    assert.match(refusal(Uint8Array.of(...bytes, 0)), /expected nothing behind the last tensor, found 1 bytes/);
  });

  test("what a header claims is checked before it is believed", () => {
    const f32 = (/** @type {string} */ rest) => tensor(`{"dtype":"F32",${rest}}`);
    /** @type {[Uint8Array, RegExp][]} */
    const cases = [
      [file("{}", 0, 2n ** 64n - 1n), /a header of at most 1048576 bytes, found one that claims 18446744073709551615/],
      [file("{}", 0, 3n), /expected a header of 3 bytes, found 2 left/],
      [file(" {}"), /begins with \{/],
      [file("[]"), /begins with \{/],
      [file("{"), /in JSON/],
      [Uint8Array.of(...[2, 0, 0, 0, 0, 0, 0, 0], 0x7b, 0xff), /in UTF-8/],
      [file('{"__metadata__":[]}'), /__metadata__ to be an object/],
      [file('{"__metadata__":{"a":1}}'), /no text in "a"/],
      [tensor("null"), /"a": expected an object/],
      [tensor('{"dtype":"F32","shape":[2]}'), /two data_offsets/],
      [f32('"shape":[2],"data_offsets":[0,8],"more":1'), /found "more" too/],
      [tensor('{"dtype":"F33","shape":[2],"data_offsets":[0,8]}'), /found "F33"/],
      [tensor('{"dtype":"toString","shape":[2],"data_offsets":[0,8]}'), /found "toString"/],
      [tensor('{"dtype":4,"shape":[2],"data_offsets":[0,8]}'), /found 4/],
      [f32('"shape":[-2],"data_offsets":[0,8]'), /whole numbers from 0/],
      [f32('"shape":[1.5],"data_offsets":[0,8]'), /whole numbers from 0/],
      [f32('"shape":[1e300],"data_offsets":[0,8]'), /whole numbers from 0/],
      [f32('"shape":[4294967296,4294967296,2],"data_offsets":[0,8]'), /expected 147573952589676412928 bytes/],
      [f32('"shape":[2],"data_offsets":[8,0]'), /in order/],
      [f32('"shape":[2],"data_offsets":[4,12]'), /within the 8 bytes/],
      [f32('"shape":[3],"data_offsets":[0,8]'), /expected 12 bytes for F32 of shape \[3\], found 8/],
      [f32('"shape":[1],"data_offsets":[4,8]'), /no gap between tensors, found 4 bytes before "a"/],
      [f32('"shape":[1],"data_offsets":[0,4]'), /nothing behind the last tensor, found 4/],
      [
        file(
          '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}',
          8,
        ),
        /found "b" over another/,
      ],
      [
        file(
          '{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"\\u0061":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}',
          4,
        ),
        /found "a" twice/,
      ],
      [f32('"shape":[2],"shape":[2],"data_offsets":[0,8]'), /found "shape" twice/],
    ];
    for (const [bytes, message] of cases) assert.match(refusal(bytes), message);
  });

  test("a tensor may be called like what every object has", () => {
    const { tensors } = readSafetensors(file('{"__proto__":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}', 1));
    assert.deepEqual([...tensors.keys()], ["__proto__"]);
  });

  test("two thousand damaged files are read or refused, and nothing else", () => {
    let state = 7;
    const random = (/** @type {number} */ n) => (state = (state * 48271) % 0x7fffffff) % n;
    const bytes = WRITTEN;
    for (let i = 0; i < 2000; i++) {
      const damaged = bytes.slice();
      for (let n = 1 + random(4); n > 0; n--) damaged[random(bytes.length)] = random(256);
      try {
        readSafetensors(damaged);
      } catch (error) {
        assert.ok(error instanceof Error && error.message.startsWith("safetensors: "), String(error));
      }
    }
  });
});
