/** Crashes of the worker, on demand. */
import assert from "node:assert/strict";

/**
 * Overwrites the module's memory, stack, heap and all: whatever it does next goes wrong.
 * @param {import("./hellonn-page.js").HelloNN} nn
 */
export async function breakModule(nn) {
  const worker = nn.page.workers().at(-1);
  assert.ok(worker);
  await worker.evaluate(async (url) => {
    // The module that the worker runs, for it is loaded once a worker.
    const { default: init } = await import(url);
    const { memory } = await init();
    new Uint8Array(memory.buffer).fill(0xff);
  }, new URL("wasm/hellonn.js", nn.page.url()).href);
}
