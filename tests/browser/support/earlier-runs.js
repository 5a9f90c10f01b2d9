/** Runs as an earlier visit has left them in the browser's database. */
import assert from "node:assert/strict";
import { recordOf } from "../../../www/runs/record.js";
import { eventually } from "./eventually.js";

/**
 * @typedef {import("../../../www/runs/run.js").Run} Run
 * @typedef {import("./hellonn-page.js").HelloNN} HelloNN
 */

/**
 * Puts runs into the database of a page, which has them after the reload that follows.
 * @param {HelloNN} nn
 * @param {readonly Run[]} runs
 */
export async function leaveRuns(nn, runs) {
  await nn.show("Train");
  // The page makes it once it is usable.
  await eventually(async () => {
    const names = await nn.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    assert.ok(names.includes("hellonn"), "there is no database yet");
  });
  await nn.page.evaluate(
    async (records) => {
      const database = await new Promise((/** @type {(database: IDBDatabase) => void} */ resolve, reject) => {
        const opening = indexedDB.open("hellonn");
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const change = database.transaction("runs", "readwrite");
      for (const { answers, ...record } of records) {
        // Bytes do not cross as such.
        change.objectStore("runs").put({ ...record, answers: answers && Uint8Array.from(answers) });
      }
      await new Promise((resolve) => (change.oncomplete = resolve));
      database.close();
    },
    runs.map((run) => ({ ...recordOf(run), answers: run.answers && [...run.answers] })),
  );
  await nn.page.reload();
  await nn.waitUntilLoaded();
}
