import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { lacking } from "../../../www/start/ability.js";

/** @param {string} name of a file in www/start/ */
const read = (name) => readFile(new URL(`../../../www/start/${name}`, import.meta.url), "utf8");

test("what stands on the page before any script has run names the same browsers as what is found out later", async () => {
  const [, browsers] = /const BROWSERS = "(.*)";/.exec(await read("why.js")) ?? [];
  assert.ok(browsers && (await read("start.html")).includes(`${browsers} will do.`), browsers);
});

test("where there is WebAssembly with SIMD, nothing is lacking; without either, it is named", (t) => {
  assert.equal(lacking(), "");
  t.mock.method(WebAssembly, "validate", () => false);
  assert.equal(lacking(), "SIMD");
  const { WebAssembly: all } = globalThis;
  Reflect.deleteProperty(globalThis, "WebAssembly");
  t.after(() => Object.assign(globalThis, { WebAssembly: all }));
  assert.equal(lacking(), "WebAssembly");
});

test("the module that is tried needs SIMD and nothing else", (t) => {
  /** @type {Uint8Array[]} */
  const tried = [];
  t.mock.method(WebAssembly, "validate", (/** @type {Uint8Array} */ module) => tried.push(module) === 0);
  lacking();
  t.mock.restoreAll();
  // All instructions of SIMD begin with this byte; without it, none is left.
  const without = tried.map((module) => module.map((byte) => (byte === 0xfd ? 0x01 : byte)));
  assert.deepEqual(
    [...tried, ...without].map((module) => WebAssembly.validate(Uint8Array.from(module))),
    [true, false],
  );
});
