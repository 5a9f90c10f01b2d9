/**
 * What a race trains, in which order, and how long it will take.
 *
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("./race.js").Contestant} Contestant
 * @typedef {import("./race.js").Rules} Rules
 * @typedef {import("./run.js").Run} Run
 */
import { groupKeyOf } from "./groups.js";

/**
 * What a contestant trains with each of its seeds. The same seed is the same draw of first weights for equal shapes and
 * the same order of images, so that what differs comes from what was changed.
 * @param {Contestant} contestant
 * @param {Rules} rules
 * @returns {Recipe[]}
 */
export function recipesOf({ recipe }, { nSeeds, epochs, validationImages }) {
  const ruled = { ...recipe, epochs: epochs ?? recipe.epochs, validationImages };
  return Array.from({ length: nSeeds }, (_, i) => ({ ...ruled, seed: i + 1 }));
}

/**
 * The order in which runs begin: the short ones first; of equally long ones each contestant's first seed before
 * anybody's second.
 * @param {readonly Run[]} runs
 */
export function inOrder(runs) {
  return runs.toSorted((a, b) => costOf(a) - costOf(b) || (a.recipe.seed ?? 0) - (b.recipe.seed ?? 0));
}

/**
 * What is there already need not be trained again, as it would come to the same bits.
 * @param {readonly Run[]} planned
 * @param {readonly Run[]} there
 * @returns {Run[]} as planned, those that are there in place of their like
 */
export function withThose(planned, there) {
  const wanted = new Set(planned.map(({ recipe }) => recipe.seed));
  const finished = there.filter(({ state, recipe }) => state === "finished" && wanted.has(recipe.seed ?? null));
  const done = new Map(finished.map((run) => [identityOf(run), run]));
  return planned.map((run) => done.get(identityOf(run)) ?? run);
}

/** @param {Run} run what makes it the same run */
function identityOf(run) {
  return `${run.recipe.seed} ${groupKeyOf(run)}`;
}

/** Updates cost by themselves, where a batch is small: about as much as so many multiply-adds. */
const UPDATE_COST = 100_000;

/** How long a run takes, in multiply-adds and their like. @param {Run} run */
export function costOf({ network, recipe, nTraining, nValidation }) {
  const { nMultiplyAdds, nParameters } = network;
  const nUpdates = nTraining / recipe.batchSize;
  // Forward, and back to the weights and to the input.
  const learning = 3 * nMultiplyAdds * nTraining + (UPDATE_COST + nParameters) * nUpdates;
  return recipe.epochs * (learning + nMultiplyAdds * nValidation);
}

/** Where nothing has been measured: costs that a core does in a second. */
const USUAL_SPEED = 4e10;

/**
 * About how long runs will take on so many cores, by how long others took.
 * @param {readonly Run[]} runs
 * @param {readonly Run[]} finished
 * @param {number} nWorkers
 */
export function secondsFor(runs, finished, nWorkers) {
  const measured = finished.filter(({ state, seconds }) => state === "finished" && seconds > 0);
  const speed = (/** @type {Run} */ run) => {
    const alike = measured.filter(
      ({ network, recipe }) =>
        network.nMultiplyAdds === run.network.nMultiplyAdds && recipe.batchSize === run.recipe.batchSize,
    );
    const speeds = (alike.length > 0 ? alike : measured).map((other) => costOf(other) / other.seconds);
    speeds.sort((a, b) => a - b);
    return speeds[speeds.length >> 1] ?? USUAL_SPEED;
  };
  const seconds = runs.reduce((sum, run) => sum + costOf(run) / speed(run), 0);
  return seconds / Math.max(1, Math.min(nWorkers, runs.length));
}
