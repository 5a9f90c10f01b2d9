/**
 * A run on its way to somebody else: its recipe, as a link or as a file, with what whoever shares it saw of it. What
 * comes from somebody else is hostile until it is checked here; whether the recipe fits the data, the trainer says.
 *
 * A link's `recipe` is a version, a point, and in base64url (RFC 4648, 5) the CRC-32 of the text and the text itself,
 * deflated (RFC 1951). The text is the file's JSON, without its blanks and without what the recipe may leave out.
 *
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("./run.js").Run} Run
 *
 * @typedef {object} Shared
 * @property {number} hellonn the version of this form
 * @property {string} basis the preset that the recipe began as
 * @property {Recipe} recipe with its seed, as the fields hold it
 * @property {string} fingerprint of the data
 * @property {number} engineVersion of the arithmetic
 * @property {string | null} checksum of the weights at the end; null: the recipe alone is shared
 * @property {number | null} validationAccuracy 0 to 1, at the end
 * @property {{nCorrect: number, nImages: number} | null} test
 */
import { isEqual } from "../recipe/form.js";
import { writeRecipe } from "../recipe/json.js";
import { asFieldsHold } from "../recipe/normal.js";
import { aCount, aNumber, kindOfValue, object, orNull, shown, strictRecipe } from "../recipe/strict.js";
import { isHash, isText } from "./checks.js";
import { lastingEpoch } from "./run.js";

export const VERSION = 1;

/** No recipe that somebody made by hand comes near either. */
export const MOST_CHARACTERS = 8192;
export const MOST_BYTES = 65_536;
const MOST_BASIS = 100;

/** What the trainer takes as it usually is, where a recipe does not say it. */
const OPTIONAL = /** @type {const} */ ([
  "schedule",
  "weightDecay",
  "l1",
  "clipNorm",
  "augmentation",
  "validationImages",
  "earlyStopping",
]);

/**
 * @param {Run} run
 * @returns {Shared} with a claim where the recipe alone leads to the weights
 */
export function sharedOf(run) {
  const isWhole = whyNoClaim(run) === "";
  const { basis, recipe, fingerprint, engineVersion, checksum, test, isSealed } = run;
  return {
    hellonn: VERSION,
    basis: basis.slice(0, MOST_BASIS),
    recipe,
    fingerprint,
    engineVersion,
    checksum: isWhole ? checksum : null,
    validationAccuracy: isWhole ? (lastingEpoch(run)?.validationAccuracy ?? null) : null,
    test: isWhole && !isSealed && test !== null ? { nCorrect: test.nCorrect, nImages: test.nImages } : null,
  };
}

/** Why a run's weights cannot be come to again by its recipe alone; "": they can. @param {Run} run */
export function whyNoClaim({ state, checksum, handSet }) {
  if (handSet.length > 0) return "Its learning rate was set by hand, which no recipe says";
  if (state === "diverged") return "It diverged";
  if (state !== "finished" || checksum === null) return "It was not trained to its end";
  return "";
}

/** @param {Shared} shared @returns {string} what a file holds */
export function writeShared({ recipe, ...rest }) {
  const lines = Object.entries(rest).map(([name, value]) => `  "${name}": ${JSON.stringify(value)},\n`);
  return `{\n${lines.join("")}  "recipe": ${writeRecipe(recipe).trimEnd().replaceAll("\n", "\n  ")}\n}\n`;
}

const isShared = object(
  {
    hellonn: aCount,
    basis: kindOfValue(
      `a text of at most ${MOST_BASIS} characters`,
      (value) => isText(value) && String(value).length <= MOST_BASIS,
    ),
    recipe: strictRecipe,
    fingerprint: kindOfValue("16 hexadecimal digits", isHash),
    engineVersion: aCount,
  },
  {
    checksum: orNull(kindOfValue("16 hexadecimal digits", isHash)),
    validationAccuracy: orNull(aShare),
    test: orNull(object({ nCorrect: aCount, nImages: aCount })),
  },
);

/** @type {import("../recipe/strict.js").Check} */
function aShare(value, path) {
  aNumber(value, path);
  kindOfValue("a number from 0 to 1", (share) => Number(share) >= 0 && Number(share) <= 1)(value, path);
}

/** Whether a file's JSON means to be what `writeShared` writes. @param {unknown} value */
export function isMeantAsShared(value) {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "hellonn");
}

/**
 * @param {string} text a file's
 * @returns {Shared} throws, in words, where it is none
 */
export function readShared(text) {
  if (text.length > MOST_BYTES) {
    throw new Error(`expected at most ${MOST_BYTES} characters, found ${text.length}`);
  }
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`expected JSON; ${/** @type {Error} */ (error).message}`);
  }
  return sharedIn(value);
}

/** @param {any} value @returns {Shared} throws, in words, where it is none */
export function sharedIn(value) {
  // A later version may have other fields, so that its number is looked at before them.
  const version = isMeantAsShared(value) ? value.hellonn : 0;
  if (Number.isInteger(version) && version > VERSION) throw new Error(laterVersion(version));
  isShared(value, "");
  if (version !== VERSION) throw new Error(`hellonn: expected version ${VERSION}, found ${shown(version)}`);
  const { checksum = null, validationAccuracy = null, test = null, ...rest } = value;
  if (test !== null && test.nCorrect > test.nImages) {
    throw new Error(`test.nCorrect: expected at most ${test.nImages}, found ${test.nCorrect}`);
  }
  const recipe = asFieldsHold(value.recipe);
  if (recipe === null) throw new Error("recipe: expected numbers that a recipe can have, found others");
  if (recipe.seed === null) throw new Error("recipe.seed: expected a whole number, found none");
  return { ...rest, recipe, checksum, validationAccuracy, test };
}

/** @param {number | string} version */
const laterVersion = (version) =>
  `it is of version ${version}, which this page does not know yet: it knows version ${VERSION}`;

/** @param {Recipe} recipe @returns {Recipe} without what means the same left out */
function brief(recipe) {
  let short = recipe;
  for (const name of OPTIONAL) {
    const { [name]: _, ...rest } = short;
    const without = /** @type {Recipe} */ (rest);
    if (isEqual(asFieldsHold(without), asFieldsHold(recipe))) short = without;
  }
  const layers = recipe.layers.map((layer) => {
    if (!("bias" in layer) || layer.bias !== true) return layer;
    const { bias: _, ...rest } = layer;
    return /** @type {typeof layer} */ (rest);
  });
  return { ...short, layers };
}

/** @param {Shared} shared @returns {Promise<string>} for a link; throws where the browser cannot deflate */
export async function encodeShared(shared) {
  const said = Object.entries({ ...shared, recipe: brief(shared.recipe) }).filter(([, value]) => value !== null);
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(said)));
  const deflated = await piped(text, new CompressionStream("deflate-raw"), Infinity);
  const bytes = new Uint8Array(4 + deflated.length);
  new DataView(bytes.buffer).setUint32(0, crc32(text));
  bytes.set(deflated, 4);
  return `${VERSION}.${base64url(bytes)}`;
}

/**
 * @param {string} code a link's
 * @returns {Promise<Shared>} throws, in words, where it is none
 */
export async function decodeShared(code) {
  if (code.length > MOST_CHARACTERS) {
    throw new Error(`expected at most ${MOST_CHARACTERS} characters, found ${code.length}`);
  }
  const [, version, packed] = /^([1-9]\d{0,5})\.([\w-]*)$/.exec(code) ?? [];
  if (version === undefined || packed === undefined) {
    throw new Error(`expected a version, a point, and letters, digits, - or _, found ${shown(code)}`);
  }
  if (Number(version) !== VERSION) throw new Error(laterVersion(version));
  const bytes = fromBase64url(packed);
  const text = await inflated(bytes.slice(4));
  if (crc32(text) !== new DataView(bytes.buffer).getUint32(0)) throw new Error(DAMAGED);
  return readShared(decoded(text));
}

const DAMAGED = "it is damaged: some of its characters were lost or changed on the way";

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function inflated(bytes) {
  /** @type {DecompressionStream} */
  let stream;
  try {
    stream = new DecompressionStream("deflate-raw");
  } catch {
    throw new Error("this browser cannot unpack it: ask for the file, or open it in a newer browser");
  }
  const text = await piped(bytes, stream, MOST_BYTES).catch(() => {
    throw new Error(DAMAGED);
  });
  if (text.length > MOST_BYTES) throw new Error(`expected at most ${MOST_BYTES} bytes once unpacked, found more`);
  return text;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} stream
 * @param {number} most bytes that are wanted: beyond, the rest is left
 */
async function piped(bytes, stream, most) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let n = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    n += value.length;
    if (n <= most) continue;
    await reader.cancel();
    break;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** @param {Uint8Array} bytes */
function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error("expected UTF-8 once unpacked, found other bytes");
  }
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text of letters, digits, - and _ */
function fromBase64url(text) {
  let binary = "";
  try {
    binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw new Error(DAMAGED);
  }
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  // Bits beyond the last byte say nothing, and are 0 unless somebody changed them.
  if (bytes.length <= 4 || base64url(bytes) !== text) throw new Error(DAMAGED);
  return bytes;
}

/** CRC-32 as in zip and PNG: of the reflected polynomial 0xEDB88320. @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
