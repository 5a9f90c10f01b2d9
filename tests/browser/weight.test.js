import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { useLab } from "./support/lab.js";
import { DIST } from "./support/site.js";

const MOST_KIB = 345;

/** What the page fetches once it is usable: what keeps the runs. */
const LATER = /^(app\/keeping|runs\/(store|record|checks)|vendor\/idb\/)/;

/** A source file of the standard library, whose path is in a module that writes floating-point numbers its way. */
const FLOATS_AS_TEXT = "flt2dec";

describe("The page's weight", () => {
  const lab = useLab();

  test(`all that is loaded until the page is usable, MNIST aside, is under ${MOST_KIB} KiB gzipped`, async (t) => {
    const nn = await lab().visitLoaded();
    await nn.page.context().close();
    const places = [...lab().site.served].filter((place) => !place.startsWith("data") && !LATER.test(place)).sort();
    const weights = await Promise.all(
      places.map(async (place) => ({ place, kib: gzipSync(await readFile(join(DIST, place))).length / 1024 })),
    );
    const total = (/** @type {RegExp} */ kind) =>
      weights.filter(({ place }) => kind.test(place)).reduce((sum, { kib }) => sum + kib, 0);
    const kib = total(/./);
    t.diagnostic(`${kib.toFixed(1)} KiB in ${places.length} files`);
    t.diagnostic(`module and glue: ${total(/^wasm/).toFixed(1)} KiB, uPlot ${total(/^vendor/).toFixed(1)} KiB`);
    assert.ok(places.includes(join("wasm", "hellonn_bg.wasm")) && places.includes("styles.css"), places.join(" "));
    const module = await readFile(join(DIST, "wasm", "hellonn_bg.wasm"), "latin1");
    assert.ok(!module.includes(FLOATS_AS_TEXT), "a number is written without src/decimal.rs");
    assert.ok(
      kib < MOST_KIB,
      `${kib} KiB: ${weights.map((each) => `${each.place} ${each.kib.toFixed(1)}`).join(", ")}`,
    );
  });
});
