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
 * @property {ReturnType<typeof import("./asker.js").asker>} ask
 * @property {() => void} showTrain
 */
export {};
