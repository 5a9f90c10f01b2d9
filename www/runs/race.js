/**
 * A race: recipes times seeds, trained side by side, as many at a time as there are cores. Plain values; what there is
 * to train is `race-plan`, and who trains it `app/racing`.
 *
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {import("./run.js").Run} Run
 *
 * @typedef {object} Contestant
 * @property {string} basis the preset that the recipe began as
 * @property {string} changes from it, in words
 * @property {Recipe} recipe
 *
 * @typedef {object} Rules for all contestants alike
 * @property {number} nSeeds each, from 1 on
 * @property {number | null} epochs each; null: as many as its recipe says
 * @property {number} validationImages set aside, since that is what ranks
 *
 * @typedef {object} Entry
 * @property {string} key of the contestant's group
 * @property {readonly string[]} runs of its seeds, those too that were there before
 *
 * @typedef {object} Race
 * @property {"preparing" | "racing" | "paused" | "over"} state
 * @property {string} id of the race that is under way, or was the last; "" before the first
 * @property {readonly Contestant[]} contestants of the next, or the one under way
 * @property {Rules} rules
 * @property {readonly Entry[]} entries of its contestants, in their order
 * @property {readonly string[]} runs that it trains, their ids in the order in which they begin
 * @property {number} nWorkers that are at work
 * @property {string} refusal why it cannot start; "": nothing is wrong
 */

/** Six pairs are the fewest that can tell anything from luck: 2 of 2⁶ ways to swap names are 3 %. */
export const USUAL_SEEDS = 8;
export const MOST_SEEDS = 100;

/** @type {Race} */
export const NO_RACE = {
  state: "preparing",
  id: "",
  contestants: [],
  rules: { nSeeds: USUAL_SEEDS, epochs: null, validationImages: 5000 },
  entries: [],
  runs: [],
  nWorkers: 0,
  refusal: "",
};

/** Whether its runs are under way. @param {Race} race */
export function isUnderWay({ state }) {
  return state === "racing" || state === "paused";
}
