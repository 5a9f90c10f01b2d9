/**
 * A run's weights as a safetensors file, and back: from such a file, this page's or one that PyTorch has written, to
 * parameters that a network of HelloNN can take.
 *
 * @typedef {import("../../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../../protocol/requests.js").NetworkSummary} NetworkSummary
 * @typedef {import("./safetensors.js").SafetensorsFile} SafetensorsFile
 *
 * What is exported of a run, whichever file it goes to.
 * @typedef {object} Exported
 * @property {string} name of the run
 * @property {Recipe} recipe with its seed
 * @property {NetworkSummary} network
 * @property {string | null} checksum of the weights
 * @property {Float32Array} parameters as HelloNN keeps them, one after another
 *
 * @typedef {object} ReadWeights
 * @property {Float32Array<ArrayBuffer>} parameters as HelloNN keeps them, one after another
 * @property {string} warning "": there is none
 */
import { readJson } from "../../recipe/json.js";
import { quoted, readSafetensors, writeSafetensors } from "./safetensors.js";
import { fromPyTorch, modulesOf, toPyTorch } from "./tensors.js";

/** PyTorch counts the batches of each batch normalisation; HelloNN has no use for it. */
const COUNTER = /^\d+\.num_batches_tracked$/;

/** @param {Exported} exported */
export function weightsFile({ name, recipe, network, checksum, parameters }) {
  /** @type {Record<string, string>} */
  const metadata = { format: "pt", hellonn: JSON.stringify(recipe), "hellonn.name": name };
  if (checksum !== null) metadata["hellonn.checksum"] = checksum;
  return writeSafetensors(toPyTorch(modulesOf(recipe.layers, network), parameters), metadata);
}

/**
 * The first half of reading a file: what it says of itself. Whether its recipe is one, and fits the data, is for the
 * trainer to say (`describe`); what it makes of the layers, the second half needs.
 * @param {Uint8Array} bytes throws where it is no such file
 * @returns {{file: SafetensorsFile, recipe: unknown, name: string | null, checksum: string | null}} `recipe` null: it
 *   has none, as it comes from elsewhere
 */
export function openWeightsFile(bytes) {
  const file = readSafetensors(bytes);
  const own = (/** @type {string} */ key) => (Object.hasOwn(file.metadata, key) ? (file.metadata[key] ?? null) : null);
  const json = own("hellonn");
  return {
    file,
    recipe: json === null ? null : recipeIn(json),
    name: own("hellonn.name"),
    checksum: own("hellonn.checksum"),
  };
}

/** @param {string} json */
function recipeIn(json) {
  try {
    return readJson(json);
  } catch (error) {
    throw new Error(`safetensors: the recipe in its metadata: ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * The second half: the tensors of a network of this recipe.
 * @param {SafetensorsFile} file throws where it has others
 * @param {Recipe["layers"]} layers
 * @param {NetworkSummary} network what they make of the data's images
 * @returns {ReadWeights}
 */
export function parametersIn({ tensors }, layers, network) {
  const modules = modulesOf(layers, network);
  const expected = new Map(modules.flatMap((module) => module.tensors.map((tensor) => [tensor.name, module])));
  for (const name of tensors.keys()) {
    if (expected.has(name) || COUNTER.test(name)) continue;
    const names = [...expected.keys()].join(", ");
    throw new Error(`safetensors: expected the tensors ${names}, found ${quoted(name)} too`);
  }
  let nBad = 0;
  const parameters = fromPyTorch(modules, ({ name, shape }) => {
    const stored = tensors.get(name);
    const { kind } = expected.get(name)?.spec ?? {};
    if (stored === undefined) throw new Error(`safetensors: expected "${name}" for a layer ${kind}, found none`);
    const [found, wanted] = [stored.shape, shape].map((each) => `[${each.join(", ")}]`);
    if (found !== wanted) {
      const isTransposed = found === `[${shape.toReversed().join(", ")}]`;
      const hint = isTransposed ? ": it lies the other way round" : "";
      throw new Error(`safetensors: "${name}": expected the shape ${wanted}, found ${found}${hint}`);
    }
    if (stored.dtype !== "F32") throw new Error(`safetensors: "${name}": expected F32, found ${stored.dtype}`);
    const values = floats(stored.bytes);
    nBad += values.filter((value) => !Number.isFinite(value)).length;
    return values;
  });
  const are = nBad === 1 ? "of the weights is no finite number" : "of the weights are no finite numbers";
  return { parameters, warning: nBad === 0 ? "" : `${nBad} ${are}: what such a network answers means nothing.` };
}

/** @param {Uint8Array} bytes */
function floats(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
