import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";
import { storedRuns } from "./support/stored-runs.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

const RACE_MS = 60_000;

/** Starts the race that is prepared, and waits until it is over. @param {HelloNN} nn @param {number} nRuns then kept */
async function race(nn, nRuns) {
  await nn.button("Start race").click();
  await finished(nn, nRuns);
}

/** @param {HelloNN} nn @param {number} nRuns */
async function finished(nn, nRuns) {
  await eventually(async () => {
    const runs = await storedRuns(nn.page);
    const over = runs.filter(
      ({ checksum, state, test }) => checksum !== null && (state !== "finished" || test !== null),
    );
    assert.deepEqual([over.length, runs.length], [nRuns, nRuns]);
  }, RACE_MS);
  await nn.button("Start race").waitFor();
}

/** What tells runs from one another, and what came of each. @param {HelloNN} nn */
async function checksums(nn) {
  const runs = await storedRuns(nn.page);
  return new Map(runs.map(({ basis, recipe, checksum }) => [`${basis} ${recipe.seed} ${recipe.epochs}`, checksum]));
}

/** One contestant is paused, slowed down and goes on, while the other trains. @param {HelloNN} nn */
async function eachAlone(nn) {
  const menu = nn.button("Actions for contestant PyTorch twin");
  const choose = async (/** @type {string} */ name) => {
    await menu.click();
    await nn.page.getByRole("menuitem", { name }).click();
  };
  const states = async (/** @type {string} */ basis) => {
    const runs = (await storedRuns(nn.page)).filter((run) => run.basis === basis && run.recipe.epochs === 50_000);
    return runs.map(({ state }) => state);
  };
  await choose("Pause");
  await eventually(async () => {
    const [twin, other] = await Promise.all(["PyTorch twin", "Better answer"].map(states));
    assert.ok(twin?.includes("paused") && !twin.includes("training"), twin?.join());
    assert.ok(other?.includes("training"), other?.join());
  });
  await choose("Set the learning rate");
  const dialog = nn.page.getByRole("dialog", { name: "Learning rate" });
  await dialog.getByRole("spinbutton").fill("0");
  await dialog.getByRole("button", { name: "Set" }).click();
  assert.equal(await dialog.getByRole("spinbutton").getAttribute("aria-invalid"), "true");
  await dialog.getByRole("spinbutton").fill("0.0002");
  await dialog.getByRole("button", { name: "Set" }).click();
  await eventually(async () => {
    const set = (await storedRuns(nn.page)).filter(({ handSet }) => handSet.length > 0);
    assert.deepEqual(
      set.map(({ basis, handSet }) => [basis, handSet[0]?.rate]),
      [["PyTorch twin", 0.0002]],
    );
  });
  await choose("Resume");
  await eventually(async () => assert.ok((await states("PyTorch twin")).includes("training")));
}

describe("A race", () => {
  const lab = useLab();

  /** @type {HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitSmall();
  });

  test("trains each recipe with each seed, as many at a time as there are cores, and keeps the tests sealed", async () => {
    await nn.prepareRace(["Better answer", "PyTorch twin"], { seeds: 3, epochs: 4 });
    const contestants = nn.region("Race").getByRole("list", { name: "Contestants" }).getByRole("listitem");
    assert.deepEqual(
      (await contestants.allTextContents()).map((text) => text.replace("×", "").trim()),
      ["Better answer3 seeds", "PyTorch twin3 seeds"],
    );
    await race(nn, 6);
    await eventually(async () => {
      const runs = await storedRuns(nn.page);
      assert.deepEqual(
        runs.map(({ basis, recipe, state, test }) => [basis, recipe.seed, state, test !== null]).sort(),
        ["Better answer", "PyTorch twin"].flatMap((basis) => [1, 2, 3].map((seed) => [basis, seed, "finished", true])),
      );
      for (const { isSealed, answers, epochs, recipe } of runs) {
        assert.deepEqual([isSealed, answers, epochs.length, recipe.epochs], [true, 200, 4, 4]);
        assert.equal(recipe.validationImages, 50, "a twelfth of the 600 images");
      }
    });
    assert.equal((await nn.region("Runs").getByText("sealed").count()) > 0, true);
  });

  test("gives each run the very weights that Train gives it", async () => {
    const raced = await checksums(nn);
    await nn.show("Train");
    await nn.choosePreset("PyTorch twin");
    await nn.fill({ Epochs: 4, Seed: 2, "Validation images": 50 });
    await nn.run(30_000);
    await eventually(async () => {
      const runs = await storedRuns(nn.page);
      const own = runs.find(({ race }) => race === null);
      assert.ok(own?.checksum);
      assert.equal(own.checksum, raced.get("PyTorch twin 2 4"));
    });
  });

  test("does not train again what is there already", async () => {
    await nn.show("Runs");
    const n = (await storedRuns(nn.page)).length;
    await race(nn, n);
    assert.equal((await storedRuns(nn.page)).length, n);
  });

  test("is paused, goes on and is stopped, and what never began is gone", async () => {
    await nn.prepareRace([], { seeds: 2, epochs: 50_000 });
    await nn.button("Start race").click();
    await eventually(async () => {
      const states = (await storedRuns(nn.page)).map(({ state }) => state);
      assert.ok(states.includes("training"), states.join());
    });
    await nn.button("Pause all").click();
    await eventually(async () => {
      const states = (await storedRuns(nn.page)).map(({ state }) => state);
      assert.ok(!states.includes("training") && states.includes("paused"), states.join());
    });
    await nn.button("Resume all").click();
    await eventually(async () => {
      const states = (await storedRuns(nn.page)).map(({ state }) => state);
      assert.ok(states.includes("training"), states.join());
    });
    await eachAlone(nn);
    await nn.button("Stop race").click();
    await nn.button("Start race").waitFor();
    await eventually(async () => {
      const runs = (await storedRuns(nn.page)).filter(({ recipe }) => recipe.epochs === 50_000);
      assert.ok(runs.length > 0);
      assert.ok(
        runs.every(({ state }) => state === "stopped"),
        runs.map(({ state }) => state).join(),
      );
    });
  });

  test("that cannot be says why, and nothing is lost", async () => {
    const region = nn.region("Race");
    const contestants = region.getByRole("list", { name: "Contestants" }).getByRole("listitem");
    const n = await contestants.count();
    for (const [seeds, epochs, message] of [
      ["0", "1", "Seeds each must be a whole number from 1 to 100."],
      ["2", "1.5", "Epochs each must be a whole number from 1 to 100,000."],
    ]) {
      await region.getByRole("spinbutton", { name: "Seeds each" }).fill(seeds ?? "");
      await region.getByRole("spinbutton", { name: "Epochs each" }).fill(epochs ?? "");
      await nn.button("Start race").click();
      await region.getByText(message ?? "").waitFor();
    }
    await region.getByRole("spinbutton", { name: "Epochs each" }).fill("1");
    await region.getByLabel("Vary").selectOption("learning rate");
    await region.getByLabel("over the values").fill("0.1, quick");
    await region.getByRole("button", { name: "Add", exact: true }).click();
    await region.getByText("found “quick”").waitFor();
    assert.equal(await contestants.count(), n);
  });
});

describe("A race that the page's end breaks off", () => {
  const lab = useLab();

  test("goes on after a reload, to the bits of an undisturbed one", async () => {
    const undisturbed = await lab().visitSmall();
    const rules = { seeds: 2, epochs: 100 };
    await undisturbed.prepareRace(["Better answer", "PyTorch twin"], rules);
    await race(undisturbed, 4);
    const expected = await checksums(undisturbed);
    await undisturbed.page.context().close();

    const nn = await lab().visitSmall();
    nn.page.on("dialog", (dialog) => dialog.accept());
    await nn.prepareRace(["Better answer", "PyTorch twin"], rules);
    await nn.button("Start race").click();
    await eventually(async () => assert.ok((await storedRuns(nn.page)).some(({ epochs }) => epochs.length > 5)));
    await nn.page.reload();
    await nn.show("Train");
    await nn.waitUntilLoaded();
    // The data was chosen by hand, and is asked for again.
    assert.equal(await nn.button("Go on with all of them").count(), 0);
    await lab().chooseSmall(nn);
    await nn.button("Go on with all of them").click();
    await nn.show("Runs");
    await finished(nn, 4);
    assert.deepEqual(Object.fromEntries(await checksums(nn)), Object.fromEntries(expected));
    const runs = await storedRuns(nn.page);
    for (const { epochs } of runs)
      assert.deepEqual(
        epochs,
        Array.from({ length: 100 }, (_, i) => i + 1),
      );
    await nn.page.context().close();
  });
});
