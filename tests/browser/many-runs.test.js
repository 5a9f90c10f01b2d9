import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";
import { storeRuns } from "./support/written-runs.js";

const N_GROUPS = 1250;
const N_RUNS = 8 * N_GROUPS;
/** Far fewer than there are. */
const MOST_ROWS = 80;

/** Has the page note every task of its thread over 50 ms. */
function noteLongTasks() {
  const tasks = /** @type {number[]} */ ([]);
  Object.assign(globalThis, { longTasks: tasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
  }).observe({ type: "longtask" });
}

describe("Ten thousand runs", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
    await storeRuns(nn.page, N_GROUPS);
    await nn.page.addInitScript(noteLongTasks);
    await nn.page.reload();
    await nn.waitUntilLoaded();
  });

  /** Rows of the document with their places, apart from the head. */
  const rows = () =>
    nn.runsTable.locator("tbody [role=row]").evaluateAll((elements) =>
      elements.map((element) => ({
        index: Number(element.getAttribute("aria-rowindex")),
        name: element.querySelector(".run-name")?.textContent,
        rate: element.querySelector(".run-title .changes")?.textContent,
        top: /** @type {HTMLElement} */ (element).offsetTop,
        height: element.getBoundingClientRect().height,
      })),
    );

  /** @param {string} what @param {import("node:test").TestContext} t */
  async function tellLongTasks(what, t) {
    // The browser tells of a task after it.
    await nn.page.waitForTimeout(300);
    const tasks = await nn.page.evaluate(() =>
      /** @type {{longTasks: number[]}} */ (/** @type {unknown} */ (globalThis)).longTasks.splice(0),
    );
    t.diagnostic(`${what}: ${tasks.length} tasks over 50 ms${tasks.length ? `, of ${tasks.join(", ")} ms` : ""}`);
  }

  test("are in the list, and few rows in the document, each at its place", async (t) => {
    await tellLongTasks("loading", t);
    await nn.show("Runs");
    const summary = nn.region("Runs").getByText("10,000 runs in 1,250 groups", { exact: true });
    await summary.waitFor({ timeout: 30_000 });
    await tellLongTasks("first look", t);
    assert.equal(await nn.runsTable.getAttribute("aria-rowcount"), String(N_GROUPS + 1));
    const found = await rows();
    assert.ok(found.length < MOST_ROWS, `${found.length} rows`);
    for (const [i, { index, top, height, rate }] of found.entries()) {
      assert.deepEqual([index, Math.round(top - i * height)], [i + 2, 0]);
      assert.equal(rate, `rate ${N_GROUPS - i}e-6`);
    }
  });

  test("scroll to any place, and the rows there are those that belong there", async (t) => {
    await nn.groupSeeds(false);
    await eventually(async () => assert.equal(await nn.runsTable.getAttribute("aria-rowcount"), String(N_RUNS + 1)));
    await tellLongTasks("ungrouping", t);
    await nn.page.evaluate(async () => {
      const box = document.querySelector(".runs-box");
      if (box === null) throw new Error("there is no list");
      const { scrollHeight } = box;
      for (let i = 0; i <= 100; i += 1) {
        box.scrollTop = (scrollHeight * i) / 100;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
    await tellLongTasks("scrolling", t);
    await eventually(async () => {
      const found = await rows();
      assert.ok(found.length < MOST_ROWS, `${found.length} rows`);
      assert.deepEqual(found.at(-1)?.index, N_RUNS + 1);
      for (const { index, name, top, height } of found) {
        assert.equal(name, `Better answer ${N_RUNS + 2 - index}`);
        assert.equal(Math.round(top), Math.round((index - 2) * height));
      }
    });
  });

  test("are sorted by every column, and filtered", async (t) => {
    await nn.groupSeeds(true);
    for (const areGrouped of [true, false]) {
      await nn.groupSeeds(areGrouped);
      for (const header of await nn.runsTable.getByRole("columnheader").getByRole("button").all()) {
        await header.click();
        await header.click();
      }
      await tellLongTasks(areGrouped ? "sorting groups" : "sorting runs", t);
    }
    const header = nn.runsTable.getByRole("columnheader", { name: "Validation accuracy" });
    await header.getByRole("button").click();
    assert.equal(await header.getAttribute("aria-sort"), "descending");
    const shown = await nn.runsTable.locator("tbody .validation .figure").allTextContents();
    assert.deepEqual(shown, shown.toSorted().reverse());
    await nn.region("Runs").getByRole("searchbox", { name: "Filter" }).pressSequentially("answer 777e-6");
    await nn.region("Runs").getByText("8 of 10,000 runs", { exact: true }).waitFor();
    await tellLongTasks("filtering", t);
    assert.deepEqual(new Set((await rows()).map(({ rate }) => rate)), new Set(["rate 777e-6"]));
    await nn.region("Runs").getByRole("searchbox", { name: "Filter" }).fill("");
  });

  test("are all reached by keyboard, and what has the focus stays in the document", async () => {
    const focused = () =>
      nn.page.evaluate(() => document.activeElement?.closest("[role=row]")?.getAttribute("aria-rowindex"));
    await nn.runsTable.getByRole("checkbox").first().focus();
    for (let i = 0; i < 40; i += 1) await nn.page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "42");
    assert.ok(await nn.page.evaluate(() => document.activeElement?.matches("[type=checkbox]")));
    await nn.page.keyboard.press("End");
    assert.equal(await focused(), String(N_RUNS + 1));
    await nn.page.keyboard.press("Home");
    assert.equal(await focused(), "2");
    // A row has its checkbox and its menu.
    for (let i = 0; i < 100; i += 1) await nn.page.keyboard.press("Tab");
    assert.equal(await focused(), "52");
    await nn.page.evaluate(() => document.querySelector(".runs-box")?.scrollTo(0, 100_000));
    await eventually(async () => assert.ok((await rows()).some(({ index }) => index > 1000)));
    assert.equal(await focused(), "52");
  });

  test("do not slow what is trained", async (t) => {
    await nn.show("Train");
    await nn.fill({ Epochs: 500 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await nn.show("Runs");
    await tellLongTasks("to the list", t);
    await nn.page.waitForTimeout(3000);
    await tellLongTasks("training for three seconds", t);
    await nn.show("Train");
    await nn.press("Stop");
  });
});
