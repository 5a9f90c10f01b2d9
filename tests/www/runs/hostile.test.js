import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { readJson, writeRecipe } from "../../../www/recipe/json.js";
import { readArchive, writeArchive } from "../../../www/runs/archive.js";
import { curveRecordOf, recordOf, runOf } from "../../../www/runs/record.js";
import { runAfter } from "../../../www/runs/run.js";
import { SMALL } from "../../browser/support/idx.js";
import { sessionWith } from "../support/module.js";
import { epoch, progress, RECIPE, run } from "../support/values.js";

const N_CASES = 2000;

/** Numbers that are the same in each run of the test: a linear congruential generator. @param {number} seed */
function dice(seed) {
  let state = seed;
  return (/** @type {number} */ n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const WORDS = [
  "null",
  "-1",
  "1e308",
  "1e-320",
  "NaN",
  "[]",
  "{}",
  '""',
  "true",
  '"constructor"',
  '"__proto__"',
  "[[[[",
];

/** A text with some of it changed. @param {string} text @param {(n: number) => number} roll */
function spoilt(text, roll) {
  let hostile = text;
  for (let n = roll(3) + 1; n > 0; n--) {
    const at = roll(hostile.length);
    const word = WORDS[roll(WORDS.length)] ?? "";
    const way = roll(4);
    if (way === 0) hostile = hostile.slice(0, at) + String.fromCharCode(roll(0x250)) + hostile.slice(at + 1);
    else if (way === 1) hostile = hostile.slice(0, at) + hostile.slice(at + roll(40));
    else if (way === 2) hostile = hostile.slice(0, at) + word + hostile.slice(at);
    else
      hostile = hostile.replace(/: ("[^"]*"|[-\d.e]+|true|false|null)/, (found) =>
        roll(2) === 0 ? found : `: ${word}`,
      );
  }
  return hostile;
}

/** What refuses says so in a sentence that a person can read, and the module lives on. @param {unknown} error */
function assertSentence(error) {
  assert.ok(error instanceof Error, String(error));
  assert.ok(!(error instanceof WebAssembly.RuntimeError), error.message);
  assert.ok(error.message.length > 5 && error.message.length < 600, error.message);
  assert.doesNotMatch(error.message, /undefined|\[object|call stack|is not a function|Cannot read/, error.message);
}

describe(`Of ${N_CASES} spoilt files each is read whole or refused in a sentence:`, () => {
  test("recipes, by the page and by the trainer", async () => {
    const session = await sessionWith(SMALL);
    const roll = dice(1);
    const text = writeRecipe({ ...RECIPE, validationImages: 50, seed: 1 });
    let nRead = 0;
    for (let i = 0; i < N_CASES; i++) {
      try {
        session.describe(/** @type {any} */ (readJson(spoilt(text, roll))));
        nRead += 1;
      } catch (error) {
        assertSentence(error);
      }
    }
    assert.ok(nRead > 0 && nRead < N_CASES / 2, `${nRead} were read`);
    assert.equal(session.describe({ ...RECIPE, validationImages: 50, seed: 1 }).nTraining, SMALL.nTraining - 50);
  });

  test("files of runs", async () => {
    const points = [0.25, 0.5].map((x) => ({ x, nBatches: 3, loss: 1 - x, accuracy: x }));
    const own = { ...runAfter(run({ id: "0123456789abcdef" }), progress({ points })), epochs: [epoch(1)] };
    const weights = { checkpoint: Uint8Array.from({ length: 300 }, (_, i) => i % 251), epochs: [], secondsInEpoch: 0 };
    async function* entries() {
      yield { run: recordOf(own), curve: curveRecordOf(own), weights };
    }
    const file = new Uint8Array(await (await writeArchive(entries())).arrayBuffer());
    const plain = gunzipSync(file);
    const roll = dice(2);
    let nRead = 0;
    for (let i = 0; i < N_CASES; i++) {
      const isPacked = i % 4 === 0;
      const bytes = Uint8Array.from(isPacked ? file : plain);
      for (let n = roll(4) + 1; n > 0; n--) bytes[roll(bytes.length)] = roll(256);
      const cut = i % 5 === 0 ? bytes.slice(0, roll(bytes.length)) : bytes;
      const hostile = isPacked ? cut : new Uint8Array(gzipSync(cut, { level: 1 }));
      try {
        for await (const { run: read, record } of readArchive(new Blob([hostile]))) {
          assert.deepEqual(runOf(record), read);
        }
        nRead += 1;
      } catch (error) {
        assertSentence(error);
      }
    }
    // A byte of the weights, of a name or of a number can be another and still be one.
    assert.ok(nRead < N_CASES, `${nRead} were read`);
  });
});
