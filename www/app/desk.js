/**
 * What those who act share: the page as it is, and the ways to move on from there.
 *
 * @typedef {import("./state.js").Page} Page
 *
 * @typedef {object} Desk
 * @property {Page} page
 * @property {import("./panels.js").Panels} panels
 * @property {(page: Page) => void} become
 * @property {(page: Page) => void} take the fields take the recipe that has come with it
 * @property {import("../client/trainer-client.js").TrainerClient} client of Train's worker
 * @property {ReturnType<typeof import("./asker.js").asker>} ask shows what is refused where it belongs
 * @property {() => void} showTrain
 */
export {};
