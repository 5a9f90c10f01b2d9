/** The module itself, in Node: what only it knows is not repeated in a test. */
import { readFile } from "node:fs/promises";
import init, { Session } from "../../../dist/wasm/hellonn.js";
import { bands } from "../../browser/support/idx.js";

/**
 * A session with a small data set.
 * @param {Parameters<typeof bands>[0]} shape
 */
export async function sessionWith(shape) {
  const { session } = await sessionWithFiles(bands(shape).map(({ name, buffer }) => ({ name, bytes: buffer })));
  return session;
}

/** @param {readonly {name: string, bytes: Uint8Array}[]} files of a data set */
export async function sessionWithFiles(files) {
  await loadModule();
  const session = new Session();
  for (const { name, bytes } of files) session.stageFile(name, bytes);
  const summary = session.loadStaged();
  return { session, summary };
}

/** From then on the module's functions can be called. */
export async function loadModule() {
  const module_or_path = await readFile(new URL("../../../dist/wasm/hellonn_bg.wasm", import.meta.url));
  await init({ module_or_path });
}
