/**
 * Where a new layer goes: where it makes a network whose layers still fit one another, and where one would look for it.
 *
 * @typedef {import("./layer-drafts.js").LayerDraft} LayerDraft
 * @typedef {readonly [rows: number, cols: number]} Size of the images
 *
 * @typedef {object} Around
 * @property {number} openIdx of the layer that is open, behind which a new one is looked for first; -1: none is
 * @property {Size | null} size of the images that go in; null: not known
 */
import { draftOf, inserted, layerTitle } from "./layer-drafts.js";
import { LAYER_GROUPS } from "./schema.js";

/** They slide over an image; what is flat has none any more. */
const WINDOWS = ["conv2d", "maxPool2d", "avgPool2d"];
const FLATTENING = ["dense", "flatten"];
const LEARNING = ["dense", "conv2d"];
const ACTIVATIONS = Object.keys(LAYER_GROUPS["Activations"] ?? {});

/**
 * @param {string} kind of the new layer
 * @param {LayerDraft[]} drafts
 * @param {Around} around
 * @returns {number} the position that it takes
 */
export function placeOf(kind, drafts, { openIdx, size }) {
  if (openIdx >= 0 && fits(kind, drafts, openIdx + 1, size)) return openIdx + 1;
  const kinds = drafts.map((draft) => draft.kind);
  if (WINDOWS.includes(kind)) return placeOfWindow(kind, drafts, size);
  if (kind === "flatten") return imageEnd(kinds);
  if (kind === "batchNorm") return placeBehindOneWithout([kind], kinds) ?? outputOf(kinds);
  if (ACTIVATIONS.includes(kind)) return placeBehindOneWithout(ACTIVATIONS, kinds) ?? outputOf(kinds);
  return outputOf(kinds);
}

/**
 * "behind layer 2, ReLU"
 * @param {number} at
 * @param {LayerDraft[]} drafts as they are without the new one
 */
export function placeInWords(at, drafts) {
  const before = drafts[at - 1];
  const [first] = drafts;
  if (first === undefined) return "as the only layer";
  return before === undefined ? `in front of ${layerTitle(first)}` : `behind layer ${at}, ${layerTitle(before)}`;
}

/**
 * @param {string} kind
 * @param {LayerDraft[]} drafts
 * @param {number} at
 * @param {Size | null} size
 */
function fits(kind, drafts, at, size) {
  const kinds = drafts.map((draft) => draft.kind);
  if (ACTIVATIONS.includes(kind)) return true;
  if (WINDOWS.includes(kind)) return at <= imageEnd(kinds) && windowsFit(inserted(drafts, at, draftOf(kind)), size);
  const needsImages = kinds.slice(at).some((each) => WINDOWS.includes(each));
  return at <= outputOf(kinds) && !(FLATTENING.includes(kind) && needsImages);
}

/**
 * As far back as there is an image, and a large enough one.
 * @param {string} kind
 * @param {LayerDraft[]} drafts
 * @param {Size | null} size
 */
function placeOfWindow(kind, drafts, size) {
  const end = imageEnd(drafts.map((draft) => draft.kind));
  for (let at = end; at >= 0; at--) {
    if (windowsFit(inserted(drafts, at, draftOf(kind)), size)) return at;
  }
  return end;
}

/**
 * Behind the last hidden layer with weights that has none of these kinds behind it. An activation comes after the
 * normalisation.
 * @param {string[]} wanted
 * @param {string[]} kinds
 */
function placeBehindOneWithout(wanted, kinds) {
  const output = outputOf(kinds);
  for (let i = output - 1; i >= 0; i--) {
    if (!LEARNING.includes(kinds[i] ?? "")) continue;
    const next = kinds.findIndex((kind, j) => j > i && LEARNING.includes(kind));
    const behind = kinds.slice(i + 1, next < 0 ? undefined : next);
    if (!behind.some((kind) => wanted.includes(kind))) return i + (behind[0] === "batchNorm" ? 2 : 1);
  }
  return null;
}

/** Where the layer is that gives the classes their scores; without one, the end. @param {string[]} kinds */
function outputOf(kinds) {
  const at = kinds.lastIndexOf("dense");
  return at < 0 ? kinds.length : at;
}

/** Where the first layer is that makes the image flat. @param {string[]} kinds */
function imageEnd(kinds) {
  const at = kinds.findIndex((kind) => FLATTENING.includes(kind));
  return at < 0 ? kinds.length : at;
}

/** Whether each kernel fits what is left of the image. @param {LayerDraft[]} drafts @param {Size | null} size */
function windowsFit(drafts, size) {
  if (size === null) return true;
  let sides = [...size];
  for (const { kind, texts } of drafts) {
    if (FLATTENING.includes(kind)) return true;
    if (!WINDOWS.includes(kind)) continue;
    const [kernel, padding] = [Number(texts["kernel"]), Number(texts["padding"] ?? 0)];
    const stride = Number(texts["stride"]) || kernel;
    if (sides.some((side) => side + 2 * padding < kernel)) return false;
    sides = sides.map((side) => Math.floor((side + 2 * padding - kernel) / stride) + 1);
  }
  return true;
}
