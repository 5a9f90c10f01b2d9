/**
 * What several runs scored on the test set.
 * @typedef {import("../protocol/requests.js").ScoresSummary} ScoresSummary
 */
import { summary, wilson } from "../wasm/hellonn.js";

/**
 * @param {readonly {nCorrect: number, nImages: number}[]} scores at least one, all of as many images
 * @returns {ScoresSummary}
 */
export function summaryOf(scores) {
  const of = summary(Float64Array.from(scores, ({ nCorrect, nImages }) => nCorrect / nImages));
  const nImages = scores[0]?.nImages ?? 0;
  const [low, high] = wilson(Math.round(of.mean * nImages), nImages);
  return { summary: of, low, high };
}
