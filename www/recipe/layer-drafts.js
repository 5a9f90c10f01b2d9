/**
 * The layers while they are being edited: what the fields hold, whether or not it makes a layer.
 *
 * @typedef {import("../protocol/requests.js").Recipe["layers"][number]} Layer
 * @typedef {import("./form.js").FieldError} FieldError
 * @typedef {import("./form.js").Texts} Texts
 * @typedef {{id: number, kind: string, texts: Texts}} LayerDraft `id` stays a layer's own wherever it is moved
 */
import { readSettings, textOf } from "./form.js";
import { LAYERS } from "./schema.js";

let lastId = 0;

/**
 * @param {string} kind
 * @param {Partial<Record<string, unknown>>} [values] its settings, where they are other than usual
 * @returns {LayerDraft}
 */
export function draftOf(kind, values = {}) {
  /** @type {Texts} */
  const texts = {};
  for (const { name, initial } of LAYERS[kind]?.settings ?? []) {
    texts[name] = textOf(/** @type {number | boolean | null} */ (values[name] ?? initial));
  }
  return { id: ++lastId, kind, texts };
}

/** @param {Layer[]} layers @returns {LayerDraft[]} */
export function draftsOf(layers) {
  return layers.map(({ kind, ...values }) => draftOf(kind, values));
}

/**
 * @param {LayerDraft[]} drafts
 * @returns {{layers: Layer[], errors: FieldError[]}} `layers` ends before the first that is none
 */
export function readLayers(drafts) {
  /** @type {Layer[]} */
  const layers = [];
  /** @type {FieldError[]} */
  const errors = [];
  drafts.forEach(({ kind, texts }, i) => {
    const read = readSettings(LAYERS[kind]?.settings ?? [], texts);
    errors.push(...read.errors.map(({ field, message }) => ({ field: `layers[${i}].${field}`, message })));
    const values = Object.entries(read.values).filter(([, value]) => value !== null);
    if (errors.length === 0) layers.push(/** @type {Layer} */ ({ kind, ...Object.fromEntries(values) }));
  });
  return { layers, errors };
}

/**
 * @template T
 * @param {T[]} list
 * @param {number} at
 * @param {T} item
 */
export function inserted(list, at, item) {
  return list.toSpliced(at, 0, item);
}

/**
 * @template T
 * @param {T[]} list
 * @param {number} from
 * @param {number} to where it is afterwards; beyond the ends, at the end
 */
export function moved(list, from, to) {
  const item = list[from];
  if (item === undefined) return list;
  return list.toSpliced(from, 1).toSpliced(Math.max(0, Math.min(to, list.length - 1)), 0, item);
}

/**
 * Another kind keeps what both have, such as the kernel of a pooling.
 * @param {LayerDraft} draft
 * @param {string} kind
 * @returns {LayerDraft}
 */
export function withKind({ id, texts }, kind) {
  const fresh = draftOf(kind);
  for (const name of Object.keys(fresh.texts)) {
    if (name !== "stride" && texts[name] !== undefined) fresh.texts[name] = texts[name];
  }
  return { ...fresh, id };
}

/**
 * Layers made for so many classes, for other data.
 * @param {Layer[]} layers
 * @param {number} before
 * @param {number} after
 */
export function withClasses(layers, before, after) {
  const at = layers.findLastIndex((layer) => layer.kind === "dense");
  const last = layers[at];
  return last?.kind === "dense" && last.units === before ? layers.with(at, { ...last, units: after }) : layers;
}

/**
 * What a row calls a layer, at most as long as there is room for.
 * @param {LayerDraft} draft
 */
export function layerTitle({ kind, texts }) {
  const label = LAYERS[kind]?.label ?? kind;
  switch (kind) {
    case "dense":
      return `${label} ${texts["units"]}`;
    case "conv2d":
      return `${label} ${texts["channels"]}@${texts["kernel"]}×${texts["kernel"]}`;
    case "maxPool2d":
    case "avgPool2d":
      return `${label} ${texts["kernel"]}×${texts["kernel"]}`;
    case "dropout":
      return `${label} ${texts["rate"]}`;
    case "leakyRelu":
      return `${label} ${texts["slope"]}`;
    case "elu":
      return `${label} ${texts["alpha"]}`;
    default:
      return label;
  }
}

/**
 * What a row says of a layer besides: what is other than usual of what its title leaves out.
 * @param {LayerDraft} draft
 */
export function layerDetails({ kind, texts }) {
  const usual = kind === "conv2d" ? "1" : texts["kernel"];
  const { stride = "", padding = "0", bias = true } = texts;
  const words = [
    stride !== "" && stride !== usual ? `stride ${stride}` : "",
    padding !== "0" ? `padding ${padding}` : "",
    bias ? "" : "no bias",
  ];
  return words.filter(Boolean).join(", ");
}

/** @param {LayerDraft} draft */
export function layerLabel({ kind }) {
  return LAYERS[kind]?.label ?? kind;
}
