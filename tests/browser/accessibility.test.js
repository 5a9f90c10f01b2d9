import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { violations } from "./support/axe.js";
import { breakModule } from "./support/break-module.js";
import { draw, handDrawn } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { bands, SMALL } from "./support/idx.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

const WIDTHS = [360, 390, 768, 1440];
const LOOKS = /** @type {const} */ ([
  { colorScheme: "light", forcedColors: "none" },
  { colorScheme: "dark", forcedColors: "none" },
  { colorScheme: "dark", forcedColors: "active" },
]);

describe("axe-core finds nothing in light, dark and forced colours, from a phone to a wide screen", () => {
  const lab = useLab();

  /** @type {HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visit();
  });

  /** @param {() => Promise<unknown>} [arrange] at each width, for what a change of width puts away */
  async function assertAccessible(arrange, widths = WIDTHS) {
    /** @type {Record<string, string>} */
    const found = {};
    for (const width of widths) {
      await nn.page.setViewportSize({ width, height: 900 });
      await arrange?.();
      for (const look of LOOKS) {
        await nn.page.emulateMedia(look);
        const where = `${width} px ${look.colorScheme}${look.forcedColors === "active" ? " forced" : ""}`;
        const onlyColours = look !== LOOKS[0];
        for (const line of await violations(nn.page, { onlyColours }))
          found[line] = [found[line], where].filter(Boolean).join(", ");
      }
    }
    await nn.page.setViewportSize({ width: 1440, height: 900 });
    assert.deepEqual(found, {});
  }

  test("while the data loads", async () => {
    /** @type {() => void} */
    let letGo = () => undefined;
    const held = new Promise((resolve) => (letGo = () => resolve(undefined)));
    await nn.page.route("**/t10k-images-idx3-ubyte.gz", (route) => held.then(() => route.continue()));
    await nn.page.reload();
    await nn.region("Data").getByText("Loading MNIST").waitFor();
    await assertAccessible();
    letGo();
    await nn.waitUntilLoaded();
  });

  test("with the data and an untrained network", () => assertAccessible());

  test("in the other views, before there is a run", async () => {
    for (const view of /** @type {const} */ (["Inside", "Learn", "Runs"])) {
      await nn.show(view);
      await assertAccessible();
    }
    await nn.show("Train");
  });

  test("while it trains, and paused", async () => {
    await nn.fill({ Epochs: 500, Seed: "" });
    await nn.press("Train");
    await nn.waitFor("Training");
    const [digit] = await handDrawn();
    await draw(nn, digit?.strokes ?? []);
    // Training leaves little time for anything else; what it looks like is the same when it is paused.
    await assertAccessible(undefined, [390, 1440]);
    await nn.press("Pause");
    await nn.waitFor("Paused");
    await assertAccessible();
    await nn.press("Stop");
  });

  test("when it has finished, with table, result and a drawing", async () => {
    await nn.chooseFiles(bands(SMALL));
    await eventually(async () => assert.match((await nn.dataStatus.textContent()) ?? "", /^600 training/));
    await nn.waitUntilLoaded();
    await nn.fill({ Epochs: 3 });
    await nn.run(60_000);
    await nn.settledPrediction();
    await assertAccessible();
    await nn.view("By epoch");
    await nn.logScale(true);
  });

  test("in the list of runs, with the menu of one open", async () => {
    await nn.show("Runs");
    await assertAccessible(async () => {
      await nn.menuItem("Better answer 2", "Open").then((item) => item.waitFor());
    });
    await nn.page.keyboard.press("Escape");
    await nn.show("Train");
  });

  test("with an alert, all settings in sight, and fields that say what is wrong", async () => {
    for (const summary of await nn.region("Training").locator("summary").all()) await summary.click();
    await nn.chooseFiles([{ name: "notes.txt", buffer: Buffer.from("no digits here") }]);
    await nn.alert.waitFor();
    await nn.fill({ Epochs: "", Seed: "-1" });
    await nn.press("Train");
    await assertAccessible();
    await nn.alert.getByRole("button", { name: "Dismiss" }).click();
    await nn.fill({ Epochs: 3, Seed: "" });
  });

  test("with the dialog of a recipe that does not fit", async () => {
    await nn.button("Open recipe").click();
    await nn.page.getByLabel("Recipe as text").fill('{"layers": 1}');
    await nn.button("Use this recipe").click();
    await nn.page.getByRole("dialog").getByRole("alert").waitFor();
    await assertAccessible();
    await nn.button("Cancel").click();
  });

  test("with an open layer that is broken", async () => {
    const row = nn.region("Network").getByRole("listitem").filter({ hasText: "Layer 1: Dense" });
    await row.getByRole("button", { name: /^Layer 1: Dense/ }).click();
    await row.getByRole("spinbutton").fill("0");
    await row.locator(".field-error").waitFor();
    await assertAccessible();
    await nn.choosePreset("Better answer");
  });

  test("with the alert of a crash", async () => {
    await breakModule(nn);
    await nn.press("Train");
    await nn.alert.getByText("crashed").waitFor();
    await assertAccessible();
  });
});
