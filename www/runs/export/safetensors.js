/**
 * Tensors in a file, in the format of Hugging Face's safetensors: eight bytes that say how long the header is, the
 * header as JSON, then the tensors' numbers, little-endian and without gaps.
 *
 * What is read may be anybody's: nothing in it is believed before it is checked.
 *
 * @typedef {import("./tensors.js").NamedTensor} NamedTensor
 *
 * @typedef {{dtype: string, shape: number[], bytes: Uint8Array}} Stored
 * @typedef {{metadata: Record<string, string>, tensors: Map<string, Stored>}} SafetensorsFile
 */
import { firstRepeatedName } from "./json-names.js";

/** A header says little: a longer one than this is none. */
const MOST_HEADER_BYTES = 1 << 20;

/** Bytes a number. @type {Record<string, number>} */
const SIZES = {
  ...{ BOOL: 1, U8: 1, I8: 1, F8_E4M3: 1, F8_E5M2: 1, I16: 2, U16: 2, F16: 2, BF16: 2 },
  ...{ I32: 4, U32: 4, F32: 4, I64: 8, U64: 8, F64: 8 },
};

/**
 * @param {NamedTensor[]} tensors of 32-bit floats
 * @param {Record<string, string>} metadata
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function writeSafetensors(tensors, metadata) {
  let end = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    const begin = end;
    end += values.byteLength;
    return [name, { dtype: "F32", shape, data_offsets: [begin, end] }];
  });
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const text = new TextEncoder().encode(json);
  // Padded with spaces, so that the numbers begin where a reader can take them as they lie.
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(length), true);
  bytes.fill(0x20, 8, 8 + length);
  bytes.set(text, 8);
  let at = 8 + length;
  for (const { values } of tensors) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * @param {Uint8Array} bytes
 * @returns {SafetensorsFile} throws where it is none
 */
export function readSafetensors(bytes) {
  const { header, numbers } = parts(bytes);
  /** @type {Record<string, string>} */
  let metadata = {};
  /** @type {[number, number, string][]} */
  const ranges = [];
  const tensors = new Map();
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") metadata = checkedMetadata(entry);
    else {
      const { dtype, shape, begin, end } = checkedEntry(name, entry, numbers.length);
      ranges.push([begin, end, name]);
      tensors.set(name, { dtype, shape, bytes: numbers.subarray(begin, end) });
    }
  }
  checkCoverage(ranges, numbers.length);
  return { metadata, tensors };
}

/** @param {Uint8Array} bytes */
function parts(bytes) {
  if (bytes.length < 8) throw refusal(`expected at least 8 bytes, found ${bytes.length}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(MOST_HEADER_BYTES)) {
    throw refusal(`expected a header of at most ${MOST_HEADER_BYTES} bytes, found one that claims ${length}`);
  }
  const end = 8 + Number(length);
  if (end > bytes.length) {
    throw refusal(`expected a header of ${length} bytes, found ${bytes.length - 8} left: the file is truncated`);
  }
  return { header: parsed(bytes.subarray(8, end)), numbers: bytes.subarray(end) };
}

/** @param {Uint8Array} bytes @returns {Record<string, unknown>} */
function parsed(bytes) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refusal("expected a header in UTF-8, found other bytes");
  }
  if (!text.startsWith("{")) throw refusal("expected a header that begins with {, found another one");
  let header;
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw refusal(`expected a header in JSON; ${/** @type {Error} */ (error).message}`);
  }
  // JSON.parse goes on with the last of several.
  const repeated = firstRepeatedName(text);
  if (repeated !== null) throw refusal(`expected each name once in the header, found ${quoted(repeated)} twice`);
  return header;
}

/** @param {unknown} metadata @returns {Record<string, string>} */
function checkedMetadata(metadata) {
  if (!isObject(metadata)) throw refusal("expected __metadata__ to be an object, found something else");
  for (const [name, value] of Object.entries(metadata)) {
    if (typeof value !== "string") throw refusal(`expected texts in __metadata__, found no text in ${quoted(name)}`);
  }
  return /** @type {Record<string, string>} */ (metadata);
}

/**
 * @param {string} name
 * @param {unknown} entry
 * @param {number} nBytes of all tensors
 */
function checkedEntry(name, entry, nBytes) {
  const refuse = (/** @type {string} */ message) => refusal(`${quoted(name)}: ${message}`);
  if (!isObject(entry)) throw refuse("expected an object, found something else");
  const { dtype, shape, data_offsets: offsets, ...others } = entry;
  const [other] = Object.keys(others);
  if (other !== undefined) throw refuse(`expected dtype, shape and data_offsets, found ${quoted(other)} too`);
  const size = typeof dtype === "string" && Object.hasOwn(SIZES, dtype) ? SIZES[dtype] : undefined;
  if (typeof dtype !== "string" || size === undefined) {
    throw refuse(`expected a dtype such as F32, found ${JSON.stringify(dtype)?.slice(0, 40)}`);
  }
  if (!isListOfCounts(shape)) throw refuse("expected a shape of whole numbers from 0 on, found something else");
  if (!isListOfCounts(offsets) || offsets.length !== 2) {
    throw refuse("expected two data_offsets, whole numbers from 0 on, found something else");
  }
  const [begin = 0, end = 0] = offsets;
  if (begin > end) throw refuse(`expected data_offsets in order, found ${begin} before ${end}`);
  if (end > nBytes) {
    throw refuse(`expected data_offsets within the ${nBytes} bytes that follow the header, found ${end}`);
  }
  // Numbers beyond 2⁵³ lose digits when they are multiplied as they are; and the file has fewer bytes.
  const expected = shape.reduce((product, n) => product * BigInt(n), BigInt(size));
  if (expected !== BigInt(end - begin)) {
    throw refuse(`expected ${expected} bytes for ${dtype} of shape [${shape.join(", ")}], found ${end - begin}`);
  }
  return { dtype, shape, begin, end };
}

/**
 * Every byte belongs to one tensor.
 * @param {[number, number, string][]} ranges
 * @param {number} nBytes
 */
function checkCoverage(ranges, nBytes) {
  let at = 0;
  for (const [begin, end, name] of ranges.sort(([a, aEnd], [b, bEnd]) => a - b || aEnd - bEnd)) {
    if (begin > at) throw refusal(`expected no gap between tensors, found ${begin - at} bytes before ${quoted(name)}`);
    if (begin < at) throw refusal(`expected each byte to belong to one tensor, found ${quoted(name)} over another`);
    at = end;
  }
  if (at < nBytes) throw refusal(`expected nothing behind the last tensor, found ${nBytes - at} bytes`);
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {value is number[]} */
const isListOfCounts = (value) => Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);

/** A name from a file, as far as it can be read in a sentence. @param {string} name */
export const quoted = (name) => JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);

/** @param {string} message */
const refusal = (message) => new Error(`safetensors: ${message}`);
