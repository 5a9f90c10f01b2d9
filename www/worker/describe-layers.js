/**
 * What layers make of the data's images, as far as they fit: the shapes up to the first that does not, and what is
 * wrong with that one.
 *
 * @typedef {import("../wasm/hellonn.js").Session} Session
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../protocol/requests.js").LayersSummary} LayersSummary
 */

/** Nothing in it can be wrong but its layers. */
const AROUND = /** @type {Omit<Recipe, "layers">} */ ({
  start: "heNormal",
  loss: { kind: "mse" },
  optimizer: { kind: "sgd" },
  learningRate: 0.01,
  batchSize: 1,
  epochs: 1,
  shuffle: false,
  seed: 0,
});

/**
 * @param {Pick<Session, "describe">} session
 * @param {Recipe["layers"]} layers
 * @param {number} nClasses
 * @returns {LayersSummary}
 */
export function describeLayers(session, layers, nClasses) {
  const describe = (/** @type {Recipe["layers"]} */ some) => session.describe({ ...AROUND, layers: some });
  try {
    return { ...describe(layers), error: null };
  } catch (error) {
    const { message, field } = /** @type {Error & {field?: string}} */ (error);
    if (field === undefined || !field.startsWith("layers")) throw error;
    return { ...longestFit(), nParameters: null, error: { field, message } };
  }

  function longestFit() {
    // A dense layer fits whatever comes before it; with as many units as classes, it makes a network of any start.
    const end = /** @type {const} */ ({ kind: "dense", units: nClasses });
    for (let n = layers.length; n > 0; n--) {
      try {
        const { inputShape, layers: summaries } = describe([...layers.slice(0, n), end]);
        return { inputShape, layers: summaries.slice(0, n) };
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) throw error;
      }
    }
    return { inputShape: describe([end]).inputShape, layers: [] };
  }
}
