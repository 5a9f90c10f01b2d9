/** The module itself, in Node: what only it knows is not repeated in a test. */
import { readFile } from "node:fs/promises";
import init, { Session } from "../../../dist/wasm/hellonn.js";
import { bands } from "../../browser/support/idx.js";

/**
 * A session with a small data set.
 * @param {Parameters<typeof bands>[0]} shape
 */
export async function sessionWith(shape) {
  await loadModule();
  const session = new Session();
  for (const { name, buffer } of bands(shape)) session.stageFile(name, buffer);
  session.loadStaged();
  return session;
}

/** From then on the module's functions can be called. */
export async function loadModule() {
  const module_or_path = await readFile(new URL("../../../dist/wasm/hellonn_bg.wasm", import.meta.url));
  await init({ module_or_path });
}
