/**
 * What a shared run claims, against what training it again here came to. The same recipe on the same data with the same
 * engine gives the same bits, so that a difference says something.
 *
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("./share.js").Shared} Shared
 * @typedef {{isSame: boolean, title: string, detail: string}} Finding
 */
import { lastingEpoch } from "./run.js";

/**
 * What is known without training anything.
 * @param {Shared} shared
 * @param {{fingerprint: string, engineVersion: number}} here of the data that is loaded, and of this page
 * @returns {Finding | null} null: it has to be trained
 */
export function knownBefore(shared, here) {
  if (shared.checksum === null) {
    return different(
      "There is nothing to verify.",
      "It came without a checksum: whoever shared it had no weights that the recipe alone leads to.",
    );
  }
  if (shared.engineVersion !== here.engineVersion) {
    return different(
      "Another version of HelloNN: no verdict.",
      `It was trained by version ${shared.engineVersion} of the arithmetic, and this page has version ` +
        `${here.engineVersion}, which rounds otherwise: its bits cannot be compared.`,
    );
  }
  if (shared.fingerprint !== here.fingerprint) {
    return different(
      "Other data: no verdict.",
      `It was trained on data with the fingerprint ${inGroups(shared.fingerprint)}; what is loaded here has ` +
        `${inGroups(here.fingerprint)}. Load the same files, and verify then.`,
    );
  }
  return null;
}

/**
 * @param {Shared} shared
 * @param {Run} found
 * @param {boolean} hasTest whether the data has test images
 * @returns {Finding}
 */
export function findingOf(shared, found, hasTest) {
  if (found.state === "diverged") {
    return different(
      "It diverged here.",
      "The loss was no longer a finite number, so that there are no weights as the claimed ones: " +
        "the claim is not this recipe’s.",
    );
  }
  if (found.checksum !== shared.checksum) {
    return different(
      "Not verified: other weights.",
      `The same recipe on the same data came to the checksum ${inGroups(found.checksum ?? "")} here; ` +
        `${inGroups(shared.checksum ?? "")} was claimed. The recipe or the claim was changed.`,
    );
  }
  const scores = wrongScores(shared, found, hasTest);
  if (scores.length > 0) {
    return different(
      `The same weights, but not the claimed ${scores.join(" and ")}.`,
      "The weights agree to the last bit; what was claimed of them does not.",
    );
  }
  const n = found.network.nParameters.toLocaleString("en-US");
  return {
    isSame: true,
    title: `Verified: the same ${n} weights, to the last bit.`,
    detail:
      "Trained again here from the recipe alone. It says that this recipe gives these weights; not who had it first.",
  };
}

/** @param {Shared} shared @param {Run} found @param {boolean} hasTest */
function wrongScores({ validationAccuracy, test }, found, hasTest) {
  const validation = lastingEpoch(found)?.validationAccuracy ?? null;
  const isOtherTest =
    test !== null &&
    hasTest &&
    (found.test === null || found.test.nCorrect !== test.nCorrect || found.test.nImages !== test.nImages);
  return [
    ...(validationAccuracy !== null && validationAccuracy !== validation ? ["validation accuracy"] : []),
    ...(isOtherTest ? ["test accuracy"] : []),
  ];
}

/** @param {string} title @param {string} detail @returns {Finding} */
const different = (title, detail) => ({ isSame: false, title, detail });

/** "1cf0 ea68 7f29 f045": as people compare it. @param {string} hash */
export function inGroups(hash) {
  return hash.replace(/(.{4})(?=.)/g, "$1 ");
}
