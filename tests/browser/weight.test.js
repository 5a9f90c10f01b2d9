import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { DIST } from "./support/site.js";

test("the module and its glue are under 200 KiB gzipped", async (t) => {
  const sizes = await Promise.all(
    ["hellonn_bg.wasm", "hellonn.js"].map(async (name) => gzipSync(await readFile(join(DIST, "wasm", name))).length),
  );
  const kib = sizes.reduce((sum, size) => sum + size) / 1024;
  t.diagnostic(`${kib.toFixed(1)} KiB: module and glue ${sizes.map((size) => (size / 1024).toFixed(1)).join(" + ")}`);
  assert.ok(kib < 200, `${kib} KiB`);
});
