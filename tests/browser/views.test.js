import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { bands, SMALL } from "./support/idx.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").View} View */

/** What each view is known by. */
const REGIONS = /** @type {const} */ ({ Train: "Training", Runs: "Runs", Inside: "Inside", Learn: "Learn" });
const NAMES = /** @type {View[]} */ (Object.keys(REGIONS));

describe("The four views", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
  });

  /** @param {View} shown */
  async function assertShown(shown) {
    await eventually(async () => {
      const visible = await Promise.all(NAMES.map((name) => nn.region(REGIONS[name]).isVisible()));
      assert.deepEqual(
        NAMES.filter((_, i) => visible[i]),
        [shown],
      );
    });
    const current = await Promise.all(NAMES.map((name) => nn.link(name).getAttribute("aria-current")));
    assert.deepEqual(
      NAMES.filter((_, i) => current[i] === "page"),
      [shown],
    );
  }

  const hash = () => nn.page.evaluate(() => location.hash);

  test("the page opens on Train", async () => {
    await assertShown("Train");
  });

  test("links show them, the address names them, back and forward walk through them", async () => {
    for (const name of /** @type {const} */ (["Runs", "Inside", "Learn", "Train"])) {
      await nn.show(name);
      await assertShown(name);
      assert.equal(await hash(), `#${name.toLowerCase()}`);
    }
    await nn.page.goBack();
    await assertShown("Learn");
    await nn.page.goBack();
    await assertShown("Inside");
    await nn.page.goForward();
    await assertShown("Learn");
  });

  test("a reload stays where it was, and an address that names no view shows Train", async () => {
    const other = await lab().visit();
    await other.show("Runs");
    await other.page.reload();
    await other.region("Runs").waitFor();
    assert.ok(await other.region("Training").isHidden());
    await other.page.evaluate(() => {
      location.hash = "#nonsense";
    });
    await other.region("Training").waitFor();
    await other.page.context().close();
  });

  test("what cannot be shown yet is one honest sentence", async () => {
    for (const name of /** @type {const} */ (["Inside", "Learn"])) {
      await nn.show(name);
      const text = (await nn.region(name).getByRole("paragraph").textContent()) ?? "";
      assert.match(text, /not built yet/, name);
    }
  });

  test("what others made is named, a link away", async () => {
    const link = nn.page.getByRole("contentinfo").getByRole("link", { name: "What others made" });
    const response = await nn.page.request.get(new URL((await link.getAttribute("href")) ?? "", nn.page.url()).href);
    assert.match(await response.text(), /uPlot/);
  });

  test("training goes on in every view; the header says so, and pauses it", async () => {
    await nn.show("Train");
    await nn.chooseFiles(bands(SMALL));
    await eventually(async () => assert.match((await nn.dataStatus.textContent()) ?? "", /^600 training/));
    await nn.waitUntilLoaded();
    await nn.choosePreset("PyTorch twin");
    await nn.fill({ Epochs: 100_000, Seed: 1 });
    const header = nn.page.getByRole("banner");
    await header.getByText("Nothing is training").waitFor();
    await nn.press("Train");
    await nn.waitFor("Training");
    for (const name of NAMES) {
      await nn.show(name);
      await header.getByText(/^PyTorch twin · epoch [\d,]+ of 100000$/).waitFor();
      await nn.button("Pause training").click();
      await header.getByText(/^PyTorch twin · paused/).waitFor();
      // The one button takes the other's place, and the keyboard's with it.
      assert.equal(await nn.button("Resume training").evaluate((button) => button === document.activeElement), true);
      await nn.button("Resume training").click();
      await header.getByText(/^PyTorch twin · epoch/).waitFor();
    }
    await nn.show("Train");
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    await header.getByText("Nothing is training").waitFor();
  });
});
