/**
 * Weights from a file, this page's or PyTorch's, as what the worker takes for a run of its own.
 *
 * @typedef {import("../../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../../protocol/requests.js").RunSummary} RunSummary
 *
 * @typedef {object} Imported
 * @property {string} name of the run that it was; "": the file does not say
 * @property {RunSummary} summary of the run that it makes; its recipe has a seed
 * @property {Float32Array<ArrayBuffer>} parameters for the request "openWeights"
 * @property {string | null} checksum that the weights had when they were exported
 * @property {string} warning "": there is none
 */
import { openWeightsFile, parametersIn } from "./weights.js";

/**
 * @param {Uint8Array} bytes of a safetensors file; throws where it is none, or does not fit its recipe
 * @param {Recipe | null} given what to take for a recipe where the file has none
 * @param {import("./files.js").Ask} ask throws where the recipe is none, or does not fit the data
 * @returns {Promise<Imported>}
 */
export async function importWeights(bytes, given, ask) {
  const { file, recipe, name, checksum } = openWeightsFile(bytes);
  const own = /** @type {Recipe | null} */ (recipe) ?? given;
  if (own === null) throw new Error("safetensors: expected a recipe in its metadata, found none: choose one first");
  const summary = await ask({ type: "describe", recipe: own });
  const { parameters, warning } = parametersIn(file, own.layers, summary.network);
  return { name: name ?? "", summary, parameters, checksum, warning };
}
