/**
 * Many runs in one file, with their curves and weights, for another browser. Gzipped, and within:
 *
 * - the line "HelloNN runs 1", whose number is the version of this form;
 * - for each run a length (32 bits, little-endian), so many bytes of JSON, and then, as long as the JSON says, the
 *   answers for the test images, the curve's numbers and the checkpoint;
 * - a length of 0, and how many runs there are (32 bits).
 *
 * It is written and read run by run, so that the weights of all of them are never in memory at once. Whoever reads one
 * trusts nothing of it.
 *
 * @typedef {import("./store.js").Stored} Stored
 * @typedef {import("../protocol/events.js").Weights} Weights
 * @typedef {import("./run.js").Run} Run
 *
 * @typedef {object} Entry
 * @property {Stored} run
 * @property {Stored | null} curve
 * @property {Weights | null} weights
 */
import { ByteReader, FileError } from "./byte-reader.js";
import * as is from "./checks.js";
import { areEpochs, isCurveRecord, runOf } from "./record.js";

const TITLE = "HelloNN runs ";
const VERSION = "1";

/** Bytes; more than any run needs. */
const MOST = { header: 2 ** 26, answers: 2 ** 24, curve: 2 ** 24, checkpoint: 2 ** 29 };

/** @param {AsyncIterable<Entry>} entries @returns {Promise<Blob>} */
export async function writeArchive(entries) {
  const plain = new ReadableStream({ start: (to) => written(entries, to).catch((error) => to.error(error)) });
  return new Response(plain.pipeThrough(new CompressionStream("gzip"))).blob();
}

/** @param {AsyncIterable<Entry>} entries @param {ReadableStreamDefaultController<Uint8Array>} to */
async function written(entries, to) {
  const text = new TextEncoder();
  to.enqueue(text.encode(`${TITLE}${VERSION}\n`));
  let n = 0;
  for await (const { run, curve, weights } of entries) {
    const { answers, ...record } = run;
    const { numbers = null, ...restOfCurve } = /** @type {Partial<Stored>} */ (curve ?? {});
    const { checkpoint = null, ...restOfWeights } = weights ?? {};
    const parts = [
      /** @type {Uint8Array<ArrayBuffer> | null} */ (answers ?? null),
      numbers === null ? null : new Uint8Array(/** @type {any} */ (numbers)),
      checkpoint,
    ];
    const header = text.encode(
      JSON.stringify(
        {
          run: record,
          curve: curve && restOfCurve,
          weights: weights && restOfWeights,
          sizes: parts.map((part) => part?.length ?? null),
        },
        asText,
      ),
    );
    to.enqueue(length(header.length));
    to.enqueue(header);
    for (const part of parts) if (part !== null && part.length > 0) to.enqueue(part);
    n += 1;
  }
  to.enqueue(length(0));
  to.enqueue(length(n));
  to.close();
}

/**
 * The runs of a file, one by one; throws a sentence where it is none, or damaged.
 * @param {Blob} file
 * @returns {AsyncGenerator<{run: Run, record: Stored, curve: Stored | null, weights: Weights | null}>}
 */
export async function* readArchive(file) {
  const reader = new ByteReader(file.stream().pipeThrough(new DecompressionStream("gzip")));
  try {
    const title = new TextDecoder().decode(await reader.take(TITLE.length + VERSION.length + 1));
    if (!title.startsWith(TITLE))
      throw new FileError("Expected a file of runs that HelloNN exported, found another file.");
    if (title !== `${TITLE}${VERSION}\n`) throw new FileError("The file was written by another version of HelloNN.");
    let n = 0;
    for (;;) {
      const nBytes = await reader.number();
      if (nBytes === 0) break;
      n += 1;
      yield await entryFrom(reader, nBytes, n);
    }
    const nExpected = await reader.number();
    if (nExpected !== n) throw new FileError(`Expected ${nExpected} runs in the file, found ${n}.`);
    if (!(await reader.isOver())) throw new FileError("Expected the file to end after its runs, found more.");
  } catch (error) {
    if (error instanceof FileError) throw error;
    // What the browser says of a stream that is not gzipped, or is cut short, is for nobody.
    throw new FileError("Expected a whole gzipped file of runs, found another file or a part of one.");
  } finally {
    await reader.cancel();
  }
}

/** @param {ByteReader} reader @param {number} nBytes of its JSON @param {number} n which run of the file it is */
async function entryFrom(reader, nBytes, n) {
  const damaged = (/** @type {string} */ what) => new FileError(`Run ${n} of the file: ${what}.`);
  if (nBytes > MOST.header) throw damaged(`expected at most ${MOST.header} bytes of JSON, found ${nBytes}`);
  const header = parsed(await reader.take(nBytes));
  if (!isHeader(header)) throw damaged("expected a run, its curve and its weights, found something else");
  const { run: bare, curve: bareCurve, weights: bareWeights, sizes } = /** @type {any} */ (header);
  const names = /** @type {const} */ (["answers", "curve", "checkpoint"]);
  for (const [i, name] of names.entries()) {
    if (sizes[i] > MOST[name]) throw damaged(`expected at most ${MOST[name]} bytes of ${name}, found ${sizes[i]}`);
  }
  const [answers, numbers, checkpoint] = [
    await part(reader, sizes[0]),
    await part(reader, sizes[1]),
    await part(reader, sizes[2]),
  ];
  const record = { ...bare, answers };
  const run = runOf(record);
  const recipe = is.recipeIn(bare.recipe);
  if (run === null || recipe === null)
    throw damaged("expected a run of this version, found a field that it cannot have");
  const curve = bareCurve && { ...bareCurve, id: run.id, numbers: numbers?.buffer ?? null };
  if (curve !== null && !isCurveRecord(curve)) throw damaged("expected a curve, found something else");
  const weights = bareWeights && { ...bareWeights, checkpoint: checkpoint ?? new Uint8Array() };
  return { run: { ...run, recipe }, record: { ...record, recipe }, curve, weights };
}

const isHeader = is.fields({
  run: is.isObject,
  curve: is.orNull(is.isObject),
  weights: is.orNull(is.fields({ epochs: areEpochs, secondsInEpoch: is.isNumber })),
  sizes: (value) => is.listOf(is.orNull(is.isCount))(value) && /** @type {unknown[]} */ (value).length === 3,
});

/** @param {ByteReader} reader @param {number | null} nBytes null: there is none */
async function part(reader, nBytes) {
  return nBytes === null ? null : reader.take(nBytes);
}

/** @param {Uint8Array} bytes @returns {unknown} null: it is no JSON */
function parsed(bytes) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), fromText);
  } catch {
    return null;
  }
}

/** JSON has no word for numbers that are none, and losses can be. @param {string} _ @param {unknown} value */
function asText(_, value) {
  return typeof value === "number" && !Number.isFinite(value) ? { number: String(value) } : value;
}

const NUMBERS = new Map(["NaN", "Infinity", "-Infinity"].map((text) => [text, Number(text)]));

/** @param {string} _ @param {any} value */
function fromText(_, value) {
  return is.isObject(value) && Object.keys(value).join() === "number"
    ? (NUMBERS.get(String(value["number"])) ?? null)
    : value;
}

/** @param {number} value */
function length(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
