import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";
import { storedRuns } from "./support/stored-runs.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

/** More of them take longer, and say more: KILLS=10 node --test tests/browser/kill.test.js */
const N_KILLS = Number(process.env["KILLS"] ?? 2);
const RECIPES = ["Better answer", "PyTorch twin"];
const RULES = { seeds: 2, epochs: 3 };
const RACE_MS = 120_000;

/** @param {HelloNN} nn */
async function startRace(nn) {
  await nn.prepareRace(RECIPES, RULES);
  await nn.button("Start race").click();
}

/** @param {HelloNN} nn */
async function over(nn) {
  return eventually(async () => {
    const runs = await storedRuns(nn.page);
    assert.equal(runs.filter(({ checksum, test }) => checksum !== null && test !== null).length, 4);
    return runs;
  }, RACE_MS);
}

/** @param {Awaited<ReturnType<typeof storedRuns>>} runs */
const bits = (runs) => Object.fromEntries(runs.map((run) => [`${run.basis} ${run.recipe.seed}`, run.checksum]));

/** How many epochs of the whole race the page says are done. @param {HelloNN} nn */
async function epochsShown(nn) {
  return nn.page.evaluate(() => {
    const texts = [...document.querySelectorAll("#race .segment")].map((each) =>
      Number(/** @type {HTMLElement} */ (each).dataset["epochs"] ?? 0),
    );
    return texts.reduce((sum, n) => sum + n, 0);
  });
}

describe("A tab whose process is killed in the midst of a race", () => {
  const lab = useLab();

  test(`${N_KILLS} times at random: no finished epoch is lost, and the bits are those of an undisturbed race`, async (t) => {
    const undisturbed = await lab().visitLoaded();
    const begun = performance.now();
    await startRace(undisturbed);
    const expected = bits(await over(undisturbed));
    const raceMs = performance.now() - begun;
    await undisturbed.page.context().close();

    for (let i = 0; i < N_KILLS; i++) {
      const nn = await lab().visitLoaded();
      await startRace(nn);
      // The first second loads the data into the race's workers.
      const afterMs = 1000 + Math.random() * (raceMs - 1500);
      await nn.page.waitForTimeout(afterMs);
      const shown = await epochsShown(nn);
      const session = await nn.page.context().newCDPSession(nn.page);
      const crashed = nn.page.waitForEvent("crash");
      void session.send("Page.crash").catch(() => {});
      await crashed;

      const again = await lab().revisit(nn);
      const kept = (await storedRuns(again.page)).length;
      await again.waitUntilLoaded();
      const resume = again.page.getByRole("button", { name: /^(Go on with all of them|Resume )/ });
      const done = await epochsKept(again);
      assert.ok(done >= shown, `${shown} epochs were shown as done, ${done} are kept`);
      if (done < 12) {
        await resume.first().click();
        // A single run goes on in Train, several as a race.
      }
      const found = bits(await over(again));
      assert.deepEqual(found, expected);
      t.diagnostic(`killed after ${Math.round(afterMs)} ms, ${shown} epochs shown, ${done} kept, of ${kept} runs`);
      await again.page.context().close();
    }
  });
});

/** Of all runs, those epochs too that the worker alone has written. @param {HelloNN} nn */
async function epochsKept(nn) {
  return nn.page.evaluate(async () => {
    const database = await new Promise((/** @type {(database: IDBDatabase) => void} */ resolve) => {
      const opening = indexedDB.open("hellonn");
      opening.onsuccess = () => resolve(opening.result);
    });
    const all = (/** @type {string} */ store) =>
      new Promise((/** @type {(records: any[]) => void} */ resolve) => {
        const getting = database.transaction(store).objectStore(store).getAll();
        getting.onsuccess = () => resolve(getting.result);
      });
    const weights = await all("weights");
    database.close();
    return weights.reduce((sum, { epochs }) => sum + epochs.length, 0);
  });
}
