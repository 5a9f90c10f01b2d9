/**
 * All runs into one file, and those of a file into the list.
 * @typedef {import("./keeping.js").Keeping} Keeping
 * @typedef {import("../runs/run.js").Run} Run
 */
import { readArchive, writeArchive } from "../runs/archive.js";
import { FileError } from "../runs/byte-reader.js";
import { nameAmong } from "../runs/run.js";
import { count, counted, megabytes } from "../ui/format.js";

/** So many are taken into the list at a time. */
const BATCH = 20;

/** How long the browser may take to begin with saving a file. */
const SAVING_MS = 60_000;

const NOT_YET = "The runs are still being read: try again in a moment.";

/** @param {Keeping | null} keeping @param {readonly Run[]} runs @returns {Promise<string>} a sentence */
export async function exportRuns(keeping, runs) {
  if (keeping === null) return NOT_YET;
  const file = await writeArchive(keeping.entriesOf(runs));
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = `hellonn-runs-${new Date().toISOString().slice(0, 10)}.hellonn`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), SAVING_MS);
  return `Exported ${counted(runs.length, "run")} as ${link.download}, ${megabytes(file.size)} MB.`;
}

/**
 * Nothing of a file is taken before all of it has been read and found right.
 * @param {Keeping | null} keeping
 * @param {File} file
 * @param {() => readonly Run[]} runs that are there
 * @returns {Promise<string>} a sentence
 */
export async function importRuns(keeping, file, runs) {
  if (keeping === null) return NOT_YET;
  try {
    for await (const _ of readArchive(file));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return `${file.name} was not imported. ${error.message} The list is as it was.`;
  }
  const there = [...runs()];
  const [ids, names] = [new Set(there.map(({ id }) => id)), new Set(there.map(({ name }) => name))];
  const nBefore = there.length;
  let nKnown = 0;
  /** @type {Parameters<Keeping["take"]>[0][number][]} */
  const batch = [];
  for await (const { run, record, curve, weights } of readArchive(file)) {
    if (ids.has(run.id)) {
      nKnown += 1;
      continue;
    }
    const held = { ...run, name: names.has(run.name) ? nameAmong(there, run.basis) : run.name };
    there.push(held);
    ids.add(held.id);
    names.add(held.name);
    batch.push({ held, run: { ...record, name: held.name }, curve, weights });
    if (batch.length === BATCH) await keeping.take(batch.splice(0));
  }
  await keeping.take(batch);
  const rest = nKnown === 0 ? "" : ` ${count(nKnown)} ${nKnown === 1 ? "was" : "were"} there already.`;
  return `Imported ${counted(there.length - nBefore, "run")} from ${file.name}.${rest}`;
}
