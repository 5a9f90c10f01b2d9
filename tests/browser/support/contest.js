/** Groups of runs with the results that a test needs. */
import { createHash } from "node:crypto";
import { epoch, RECIPE, run } from "../../www/support/values.js";

/** @typedef {import("../../../www/runs/run.js").Run} Run */

/** Of the built-in data. */
export const MNIST = "e7cccc2dc66f0263";

/**
 * A run a seed, with these validation accuracies at the end.
 * @param {string} basis
 * @param {readonly number[]} accuracies
 * @param {Partial<Run> & {rate?: number, answersOf?: (seed: number) => Uint8Array<ArrayBuffer>, firstSeed?: number}} [of]
 * @returns {Run[]}
 */
export function contest(basis, accuracies, { rate = 0.001, answersOf, firstSeed = 1, ...differences } = {}) {
  return accuracies.map((validationAccuracy, i) => {
    const seed = firstSeed + i;
    const recipe = { ...RECIPE, learningRate: rate, epochs: 2, seed };
    const answers = answersOf?.(seed) ?? null;
    return run({
      id: idOf(`${basis} ${rate} ${seed}`),
      name: i === 0 ? basis : `${basis} ${i + 1}`,
      basis,
      recipe,
      fingerprint: MNIST,
      begunAt: 1_000 * i,
      state: "finished",
      nTraining: 55_000,
      nValidation: 5_000,
      isSealed: true,
      epochs: [
        epoch(1, { validationAccuracy: validationAccuracy - 0.01, validationLoss: 0.2, seconds: 1.5 }),
        epoch(2, { validationAccuracy, validationLoss: 0.1, seconds: 1.5 }),
      ],
      seconds: 3,
      checksum: "0123456789abcdef",
      answers,
      ...differences,
    });
  });
}

/** Sixteen hex digits that no other name has. @param {string} name */
function idOf(name) {
  return createHash("sha256").update(name).digest("hex").slice(0, 16);
}
