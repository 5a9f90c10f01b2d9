/**
 * What an export takes of a run, from its checkpoint alone: which network the session has in training does not matter.
 * @typedef {import("../protocol/requests.js").Replies["export"]} Reply
 * @typedef {Pick<import("../wasm/hellonn.js").Session, UsedOfSession>} Session
 * @typedef {"parametersOf" | "samples" | "outputsOf" | "firstUpdates"} UsedOfSession
 */

/**
 * @param {Session} session
 * @param {Uint8Array} checkpoint
 * @param {number} nImages to be answered
 * @returns {Reply}
 */
export function exported(session, checkpoint, nImages) {
  const parameters = /** @type {Float32Array<ArrayBuffer>} */ (session.parametersOf(checkpoint));
  try {
    return { parameters, images: answered(session, checkpoint, nImages), complaint: "" };
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw error;
    // The weights are worth having without.
    return { parameters, images: null, complaint: /** @type {Error} */ (error).message };
  }
}

/**
 * @param {Session} session
 * @param {Uint8Array} checkpoint
 * @param {number} nImages
 * @returns {Reply["images"]}
 */
function answered(session, checkpoint, nImages) {
  const indices = Uint32Array.from({ length: nImages }, (_, i) => i);
  const test = session.samples("test", indices);
  const set = test.labels.length > 0 ? "test" : "training";
  const { pixels, labels } = set === "test" ? test : session.samples("training", indices);
  return { set, pixels, labels, outputs: session.outputsOf(checkpoint, pixels) };
}

/** As many images as one can look at. */
const MOST_SHOWN = 5;

/**
 * @param {Session} session
 * @param {import("../protocol/requests.js").Recipe} recipe with its seed
 * @param {number} learningRate
 * @returns {import("../protocol/requests.js").FirstUpdates}
 */
export function firstUpdates(session, recipe, learningRate) {
  const indices = Uint32Array.from({ length: MOST_SHOWN }, (_, i) => i);
  const { pixels, labels } = session.samples("training", indices);
  // One image at a time, as the recipe does, or else all at once.
  const batchSize = recipe.batchSize === 1 ? 1 : labels.length;
  const numbers = session.firstUpdates(recipe, learningRate, batchSize, pixels, labels);
  return { pixels, labels, batchSize, numbers };
}
