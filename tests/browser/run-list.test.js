import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { violations } from "./support/axe.js";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";
import { storeRuns } from "./support/written-runs.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

describe("A list of groups", () => {
  const lab = useLab();

  /** @type {HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
    await storeRuns(nn.page, 10);
    await nn.page.reload();
    await nn.waitUntilLoaded();
    await nn.show("Runs");
    await nn.region("Runs").getByText("80 runs in 10 groups").waitFor();
  });

  const show = (/** @type {string} */ name) =>
    nn.runsTable.getByRole("checkbox", { name: `Show ${name}`, exact: true });

  test("shows eight at the most, two of them as A and B, and says why no more", async () => {
    for (let group = 10; group > 2; group -= 1) await show(`Better answer, rate ${group}e-6`).check();
    // The rows follow some frames later.
    await eventually(async () => {
      assert.ok(await show("Better answer, rate 1e-6").isDisabled());
      assert.match((await show("Better answer, rate 1e-6").getAttribute("title")) ?? "", /^8 are shown already/);
      assert.deepEqual(await nn.runsTable.locator(".badge.side:visible").allTextContents(), ["A", "B"]);
    });
  });

  test("has no violations with ten runs shown, one of them open, in light and dark", async () => {
    const seeds = nn.runsTable.getByRole("button", { name: "Seeds of Better answer, rate 10e-6" });
    await seeds.click();
    assert.equal(await seeds.getAttribute("aria-expanded"), "true");
    assert.equal(await nn.runsTable.getAttribute("aria-rowcount"), "19");
    for (const width of [390, 768, 1440]) {
      await nn.page.setViewportSize({ width, height: 900 });
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await nn.page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(nn.page), [], `${width} px ${colorScheme}`);
      }
    }
    await nn.page.emulateMedia({ colorScheme: "light" });
    await nn.page.setViewportSize({ width: 1440, height: 900 });
    await seeds.click();
  });

  test("a run gets another name in its row; Escape leaves it, and a name is only ever text", async () => {
    const name = () => nn.runsTable.getByRole("textbox", { name: "Name" });
    await nn.groupSeeds(false);
    await nn.choose("Better answer 80", "Rename");
    await nn.page.keyboard.type("gone");
    await nn.page.keyboard.press("Escape");
    assert.equal(await name().count(), 0);
    await nn.choose("Better answer 80", "Rename");
    const hostile = '<img src=x onerror="document.title=1"> & \u202e';
    await name().fill(hostile);
    await nn.page.keyboard.press("Enter");
    await nn.runsTable.getByText(hostile, { exact: true }).waitFor();
    assert.equal(await nn.runsTable.locator("img").count(), 0);
    await nn.page.reload();
    await nn.region("Runs").getByText(hostile, { exact: true }).first().waitFor();
  });

  test("a group is deleted with all its runs, Undo brings them back, and after it they are gone for good", async () => {
    await nn.groupSeeds(true);
    const group = "Better answer, rate 5e-6";
    const row = nn.runsTable.getByRole("row").filter({ has: nn.page.getByText("rate 5e-6", { exact: true }) });
    const remove = async () => {
      await row.getByRole("button", { name: `Actions for ${group}` }).click();
      await nn.page.getByRole("menuitem", { name: "Delete" }).click();
    };
    await remove();
    await nn.region("Runs").getByText("72 runs in 9 groups").waitFor();
    await nn.region("Runs").getByText(`Deleted ${group}: 8 runs.`).waitFor();
    await nn.region("Runs").getByRole("button", { name: "Undo" }).click();
    await nn.region("Runs").getByText("80 runs in 10 groups").waitFor();
    await remove();
    await nn.region("Runs").getByRole("button", { name: "Undo" }).waitFor({ state: "detached", timeout: 30_000 });
    await eventually(async () => assert.equal(await nRunsKept(nn), 72));
  });

  test("how much is kept is said, of how much", async () => {
    await nn
      .region("Runs")
      .getByText(/^\d+ .B kept in this browser, of [\d.]+ .B$/)
      .waitFor();
    await nn.region("Runs").getByRole("meter", { name: "Storage" }).waitFor();
  });
});

describe("Where the browser keeps nothing", () => {
  const lab = useLab();

  test("the list says so and goes on, and what there is can be exported and kept later", async () => {
    const nn = await lab().visitSmall({ prepare: (page) => page.addInitScript(forbidDatabase) });
    await nn.fill({ Epochs: 1 });
    await nn.run(30_000);
    await nn.show("Runs");
    await nn.region("Runs").getByText("This browser keeps nothing here").waitFor();
    await nn.region("Runs").getByText("1 run lives in this tab alone, and goes when it closes.").waitFor();
    assert.deepEqual(await violations(nn.page), []);
    const download = nn.page.waitForEvent("download");
    await nn.region("Runs").getByRole("button", { name: "Export all" }).click();
    await download;
    await nn.page.evaluate(() => Reflect.deleteProperty(indexedDB, "open"));
    await nn.region("Runs").getByRole("button", { name: "Try again" }).click();
    await nn.region("Runs").getByText("This browser keeps nothing here").waitFor({ state: "hidden" });
    await eventually(async () => assert.equal(await nRunsKept(nn), 1));
    await nn.page.context().close();
  });

  test("a storage that is full says so, and what had no room is kept once there is some", async () => {
    const nn = await lab().visitSmall();
    await nn.show("Runs");
    const session = await nn.page.context().newCDPSession(nn.page);
    const { origin } = new URL(nn.page.url());
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1000 });
    await nn.show("Train");
    await nn.fill({ Epochs: 1 });
    await nn.run(30_000);
    await nn.show("Runs");
    await nn.region("Runs").getByText("Storage is full.").waitFor();
    await session.send("Storage.overrideQuotaForOrigin", { origin });
    await nn.region("Runs").getByRole("button", { name: "Try again" }).click();
    await nn.region("Runs").getByText("Storage is full.").waitFor({ state: "hidden" });
    await eventually(async () => assert.equal(await nRunsKept(nn), 1));
    await nn.page.context().close();
  });
});

function forbidDatabase() {
  Object.defineProperty(indexedDB, "open", {
    configurable: true,
    value() {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  });
}

/** @param {HelloNN} nn @returns {Promise<number>} */
function nRunsKept(nn) {
  return nn.page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open("hellonn");
        opening.onsuccess = () => {
          const counting = opening.result.transaction("runs").objectStore("runs").count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );
}
