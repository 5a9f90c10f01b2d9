import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { presets } from "../../../dist/wasm/hellonn.js";
import { asFieldsHold } from "../../../www/recipe/normal.js";
import {
  decodeShared,
  encodeShared,
  MOST_BYTES,
  MOST_CHARACTERS,
  readShared,
  sharedOf,
  writeShared,
} from "../../../www/runs/share.js";
import { loadModule } from "../support/module.js";
import { epoch, RECIPE, run } from "../support/values.js";

/** @typedef {import("../../../www/runs/share.js").Shared} Shared */

const FINISHED = run({
  state: "finished",
  checksum: "1cf0ea687f29f045",
  epochs: [epoch(1), epoch(2, { validationAccuracy: 0.9698 })],
  test: { loss: 0.1, nCorrect: 9612, nImages: 10_000, nTotal: 10_000, atEpoch: 2, done: true },
});
const SHARED = sharedOf(FINISHED);

/** The CRC-32 of zip and PNG, from a table, as another would write it. @param {Uint8Array} bytes */
function crc32(bytes) {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  return (bytes.reduce((crc, byte) => (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
}

/** A link's code of whatever text, as somebody with zlib would make it. @param {string | Buffer} text */
function packed(text, version = "1") {
  const bytes = Buffer.from(text);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(bytes));
  return `${version}.${Buffer.concat([crc, deflateRawSync(bytes)]).toString("base64url")}`;
}

/** A generator of Park and Miller's, so that a failure comes again. @param {number} seed */
function dice(seed) {
  let state = seed;
  return (/** @type {number} */ n) => {
    state = (state * 48271) % 0x7fffffff;
    return state % n;
  };
}

/** That it is refused in a sentence, or read as something whole. @param {() => Promise<Shared> | Shared} read */
async function holds(read, what = "") {
  let shared;
  try {
    shared = await read();
  } catch (error) {
    assert.ok(error instanceof Error && error.constructor === Error, `${what}: ${error}`);
    assert.match(error.message, /\w+.* \w+/, what);
    assert.ok(error.message.length < 600, `${what}: ${error.message}`);
    return null;
  }
  assert.deepEqual(asFieldsHold(shared.recipe), shared.recipe, what);
  assert.match(shared.fingerprint, /^[0-9a-f]{16}$/);
  return shared;
}

describe("A shared run", () => {
  before(loadModule);

  test("comes back from a link and from a file as it was", async () => {
    assert.deepEqual(SHARED.test, { nCorrect: 9612, nImages: 10_000 });
    assert.equal(SHARED.validationAccuracy, 0.9698);
    assert.deepEqual(await decodeShared(await encodeShared(SHARED)), SHARED);
    assert.deepEqual(readShared(writeShared(SHARED)), SHARED);
    const alone = { ...SHARED, checksum: null, validationAccuracy: null, test: null };
    assert.deepEqual(await decodeShared(await encodeShared(alone)), alone);
  });

  test("a link that zlib has packed is read", async () => {
    assert.deepEqual(await decodeShared(packed(JSON.stringify(SHARED))), SHARED);
  });

  test("every preset fits into an address of less than 1,000 characters", async () => {
    const data = { nImages: 60_000, rows: 28, cols: 28, nClasses: 10 };
    for (const { name, recipe } of presets(data)) {
      const held = asFieldsHold({ ...recipe, seed: 4_294_967_295 });
      assert.ok(held);
      const shared = { ...SHARED, basis: name, recipe: held, validationAccuracy: 1 / 3 };
      const code = await encodeShared(shared);
      assert.deepEqual(await decodeShared(code), shared);
      assert.ok(`https://somebody.example/a/folder/#train?recipe=${code}`.length < 1000, `${name}: ${code.length}`);
    }
  });

  test("claims nothing that its recipe alone does not lead to, and no sealed test result", () => {
    for (const differences of /** @type {Partial<import("../../../www/runs/run.js").Run>[]} */ ([
      { state: "stopped" },
      { state: "diverged" },
      { handSet: [{ epoch: 1, rate: 0.1 }] },
    ])) {
      const { checksum, validationAccuracy, test } = sharedOf({ ...FINISHED, ...differences });
      assert.deepEqual([checksum, validationAccuracy, test], [null, null, null], JSON.stringify(differences));
    }
    const sealed = sharedOf({ ...FINISHED, isSealed: true });
    assert.deepEqual([sealed.test, sealed.checksum], [null, FINISHED.checksum]);
  });
});

describe("What is no shared run is refused in a sentence", () => {
  /** @type {string} */
  let code;
  before(async () => {
    code = await encodeShared(SHARED);
  });

  test("a link that was cut off, wherever", async () => {
    for (let n = 0; n < code.length; n++) await assert.rejects(decodeShared(code.slice(0, n)), Error, String(n));
  });

  test("a link with a bit of any byte flipped, but for those that deflate leaves unused at its end", async () => {
    const bytes = Buffer.from(code.slice(2), "base64url");
    for (let i = 0; i < bytes.length - 1; i++) {
      const flipped = Buffer.from(bytes);
      flipped[i] = (flipped[i] ?? 0) ^ (1 << (i % 8));
      await assert.rejects(decodeShared(`1.${flipped.toString("base64url")}`), /damaged|unpacked/, `byte ${i}`);
    }
    for (let bit = 0; bit < 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ (1 << bit);
      const shared = await holds(() => decodeShared(`1.${flipped.toString("base64url")}`));
      assert.deepEqual(shared ?? SHARED, SHARED);
    }
  });

  test("a link with any of its characters changed", async () => {
    for (let i = 0; i < code.length; i++) {
      const other = code[i] === "A" ? "B" : "A";
      const changed = code.slice(0, i) + other + code.slice(i + 1);
      await assert.rejects(decodeShared(changed), Error, `character ${i}`);
    }
  });

  /** @type {[what: string, code: string, why: RegExp][]} */
  const CODES = [
    ["nothing", "", /expected a version/],
    ["a blank", "1. ", /expected a version/],
    ["a later version", packed("{}", "2"), /version 2.*knows version 1/],
    ["a version of many digits", packed("{}", "99999999999999999999"), /expected a version/],
    ["too many characters", `1.${"A".repeat(MOST_CHARACTERS)}`, /at most 8192 characters/],
    ["a bomb", packed(Buffer.alloc(4_000_000, 32)), /at most 65536 bytes once unpacked/],
    ["just more than fits", packed(" ".repeat(MOST_BYTES + 1)), /once unpacked/],
    ["no UTF-8", packed(Buffer.from([0xff, 0xfe])), /UTF-8/],
    ["no JSON", packed("{"), /expected JSON/],
  ];
  for (const [what, hostile, why] of CODES) {
    test(`a link of ${what}`, () => assert.rejects(decodeShared(hostile), why));
  }

  const layer = (/** @type {unknown} */ layer) => ({ ...SHARED, recipe: { ...RECIPE, seed: 1, layers: [layer] } });
  const recipe = (/** @type {object} */ changes) => ({ ...SHARED, recipe: { ...RECIPE, seed: 1, ...changes } });
  const text = JSON.stringify(SHARED);
  /** @type {[what: string, value: unknown, why: RegExp][]} */
  const VALUES = [
    ["null", null, /expected an object, found null/],
    ["a list", [], /found a list/],
    ["an empty object", {}, /hellonn: expected a value/],
    ["a later version", { hellonn: 2, new: true }, /version 2/],
    ["version 0", { ...SHARED, hellonn: 0 }, /expected version 1, found 0/],
    ["an unknown field", { ...SHARED, more: 1 }, /found "more"/],
    ["an unknown field of the recipe", recipe({ rate: 1 }), /recipe: expected no fields but .* found "rate"/],
    ["a checksum that is none", { ...SHARED, checksum: "1cf0" }, /checksum: expected 16 hexadecimal digits/],
    ["a fingerprint that is none", { ...SHARED, fingerprint: 5 }, /fingerprint: expected 16/],
    ["an accuracy above 1", { ...SHARED, validationAccuracy: 1.1 }, /from 0 to 1, found 1.1/],
    ["more right than there are", { ...SHARED, test: { nCorrect: 2, nImages: 1 } }, /nCorrect: expected at most 1/],
    ["no seed", recipe({ seed: null }), /seed/],
    ["a seed below 0", recipe({ seed: -1 }), /seed: expected a whole number from 0/],
    ["half an epoch", recipe({ epochs: 0.5 }), /epochs: expected a whole number/],
    ["epochs beyond 32 bits", recipe({ epochs: 2 ** 32 }), /epochs: expected a whole number/],
    ["a text for a number", recipe({ learningRate: "0.1" }), /learningRate: expected a number, found "0.1"/],
    ["no layers", recipe({ layers: {} }), /layers: expected a list/],
    ["too many layers", recipe({ layers: Array(257).fill({ kind: "relu" }) }), /at most 256 layers/],
    ["a layer that objects inherit", layer({ kind: "constructor" }), /layers\[0\]\.kind: expected one of .*"construc/],
    ["a layer named __proto__", layer({ kind: "__proto__" }), /kind: expected one of/],
    ["a layer's unknown setting", layer({ kind: "dense", units: 3, toString: 1 }), /found "toString"/],
    ["a start that objects inherit", recipe({ start: "valueOf" }), /start: expected one of/],
    ["a loss that objects inherit", recipe({ loss: { kind: "hasOwnProperty" } }), /loss.kind: expected one of/],
    ["an optimizer of the page's own", recipe({ optimizer: { kind: "momentum", momentum: 1 } }), /optimizer.kind/],
    ["a long basis", { ...SHARED, basis: "a".repeat(101) }, /basis: expected a text of at most 100/],
  ];
  for (const [what, value, why] of VALUES) {
    test(`a file and a link of ${what}`, async () => {
      assert.throws(() => readShared(JSON.stringify(value)), why);
      await assert.rejects(decodeShared(packed(JSON.stringify(value))), why);
    });
  }

  test("names that would reach every object's prototype", () => {
    for (const path of ["{", '"recipe":{', '"augmentation":{', '"elastic":{', '"test":{']) {
      const start = text.indexOf(path) + path.length;
      const hostile = `${text.slice(0, start)}"__proto__":{"polluted":true},${text.slice(start)}`;
      assert.throws(() => readShared(hostile), /found "__proto__"/, path);
    }
    assert.equal(/** @type {any} */ ({}).polluted, undefined);
  });

  test("numbers that no finite one is", () => {
    assert.throws(() => readShared(text.replace('"learningRate":0.001', '"learningRate":1e999')), /beyond all bounds/);
  });

  test("what lies within itself a thousandfold", async () => {
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    await holds(() => readShared(text.replace('"layers":[', `"layers":[${deep},`)), "deep");
    await holds(() => readShared(deep), "deep alone");
  });

  test("2,000 that a seeded fuzzer has made of a true one give a sentence or a whole recipe, and nothing else", async () => {
    const roll = dice(20_261_124);
    const WORDS = [
      "null",
      "-1",
      "1e999",
      "[]",
      "{}",
      '""',
      "true",
      '"constructor"',
      '"__proto__"',
      "4294967296",
      "0.5",
    ];
    const base = JSON.stringify(SHARED, null, 1);
    const values = [...base.matchAll(/: ("[^"]*"|[-\d.e]+|true|false|null)/g)];
    let nRead = 0;
    for (let i = 0; i < 2000; i++) {
      let hostile = base;
      for (let n = roll(3) + 1; n > 0; n--) {
        const at = roll(hostile.length);
        const value = values[roll(values.length)];
        const word = WORDS[roll(WORDS.length)] ?? "";
        if (i % 4 === 0) hostile = hostile.slice(0, at) + String.fromCharCode(roll(0x250)) + hostile.slice(at + 1);
        else if (i % 4 === 1) hostile = hostile.slice(0, at) + hostile.slice(at + roll(40));
        else if (i % 4 === 2 && value) {
          hostile = base.slice(0, value.index + 2) + word + base.slice(value.index + value[0].length);
        } else hostile = `${hostile.slice(0, at)}${word}${hostile.slice(at)}`;
      }
      const fromFile = await holds(() => readShared(hostile), hostile);
      const fromLink = await holds(() => decodeShared(packed(hostile)), hostile);
      assert.deepEqual(fromFile, fromLink);
      nRead += fromFile === null ? 0 : 1;
    }
    assert.ok(nRead > 0 && nRead < 1000, `${nRead} were read`);
  });
});
