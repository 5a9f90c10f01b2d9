/**
 * What an export takes of a run, from its checkpoint alone: which network the session has in training does not matter.
 * @typedef {import("../protocol/requests.js").Replies["export"]} Reply
 * @typedef {Pick<import("../wasm/hellonn.js").Session, "parametersOf" | "samples" | "outputsOf">} Session
 */

/**
 * @param {Session} session
 * @param {Uint8Array} checkpoint
 * @param {number} nImages to be answered
 * @returns {Reply}
 */
export function exported(session, checkpoint, nImages) {
  const parameters = /** @type {Float32Array<ArrayBuffer>[]} */ (session.parametersOf(checkpoint));
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
