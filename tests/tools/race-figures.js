/**
 * What races and keeping runs cost, measured in the page: `CHROMIUM=… node tests/tools/race-figures.js`. On a machine
 * with nothing else to do; the figures are in docs/measurements.md.
 */
import { Lab } from "../browser/support/lab.js";
import { storedRuns } from "../browser/support/stored-runs.js";

/** @typedef {import("../browser/support/hellonn-page.js").HelloNN} HelloNN */

const TWIN = "PyTorch twin";

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/**
 * Races in a fresh profile.
 * @param {Lab} lab
 * @param {string[]} recipes
 * @param {{seeds: number, epochs: number}} rules
 */
async function race(lab, recipes, rules) {
  const nn = await lab.visitLoaded();
  await nn.prepareRace(recipes, rules);
  const begun = performance.now();
  await nn.button("Start race").click();
  const nRuns = recipes.length * rules.seeds;
  for (;;) {
    const runs = await storedRuns(nn.page);
    if (runs.filter(({ checksum, test }) => checksum !== null && test !== null).length === nRuns) break;
    await nn.page.waitForTimeout(50);
  }
  return { nn, seconds: (performance.now() - begun) / 1000 };
}

/** Seconds of each epoch of the page's run. @param {HelloNN} nn @param {number} epochs */
async function epochsOf(nn, epochs) {
  await nn.choosePreset(TWIN);
  await nn.fill({ Epochs: epochs, Seed: 1 });
  await nn.run(120_000);
  return (await nn.epochs()).map(({ seconds }) => Number(seconds));
}

const lab = await Lab.open();

const alone = await race(lab, [TWIN], { seeds: 1, epochs: 10 });
await alone.nn.page.context().close();
const both = await race(lab, [TWIN], { seeds: 2, epochs: 10 });
await both.nn.page.context().close();
console.log(`two equal runs: ${both.seconds.toFixed(2)} s, one alone ${alone.seconds.toFixed(2)} s`);
console.log(`  ratio ${(both.seconds / alone.seconds).toFixed(2)}`);

const twin = await lab.visitLoaded();
const epoch = median(await epochsOf(twin, 5));
await twin.page.context().close();
const sixteen = await race(lab, ["Better answer", TWIN], { seeds: 8, epochs: 3 });
await sixteen.nn
  .region("Verdict")
  .getByText(/beats|luck|ahead/)
  .first()
  .waitFor();
await sixteen.nn.page.context().close();
console.log(
  `8 seeds of two recipes, 3 epochs: ${sixteen.seconds.toFixed(2)} s; an epoch of the twin ${epoch.toFixed(3)} s`,
);
console.log(`  ratio ${(sixteen.seconds / epoch).toFixed(1)}`);

const kept = await lab.visitLoaded();
const usage = () => kept.page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
const before = await usage();
await epochsOf(kept, 20);
await kept.page.waitForTimeout(2000);
console.log(`a run of the twin, 20 epochs: ${((await usage()) - before) / 1e6} MB kept`);
await kept.page.context().close();

/** @type {{on: number[], off: number[]}} */
const seconds = { on: [], off: [] };
for (let i = 0; i < 4; i++) {
  for (const mode of /** @type {const} */ (["on", "off"])) {
    const prepare = (/** @type {import("playwright-core").Page} */ page) =>
      mode === "on" ? Promise.resolve() : page.context().route("**/runs/store.js", (route) => route.abort());
    const nn = await lab.visitLoaded({ prepare });
    seconds[mode].push(...(await epochsOf(nn, 10)).slice(1));
    await nn.page.context().close();
  }
}
const [on, off] = [median(seconds.on), median(seconds.off)];
console.log(`an epoch of the twin, kept ${on.toFixed(4)} s, not kept ${off.toFixed(4)} s`);
console.log(`  slower by ${(100 * (on / off - 1)).toFixed(1)} %`);
await lab.close();
