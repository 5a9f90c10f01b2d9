import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { violations } from "./support/axe.js";
import { draw, handDrawn } from "./support/drawings.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */

for (const width of [1440, 390]) {
  describe(`axe-core finds nothing in light and dark, ${width} px wide`, () => {
    const lab = useLab();

    /** @type {HelloNN} */
    let nn;

    async function assertAccessible() {
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await nn.page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(nn.page), [], colorScheme);
      }
    }

    test("while the data loads", async () => {
      /** @type {() => void} */
      let letGo = () => undefined;
      const held = new Promise((resolve) => (letGo = () => resolve(undefined)));
      nn = await lab().visit({
        viewport: { width, height: 900 },
        prepare: (page) => page.route("**/t10k-images-idx3-ubyte.gz", (route) => held.then(() => route.continue())),
      });
      await nn.region("Data").getByText("Loading MNIST").waitFor();
      await assertAccessible();
      letGo();
      await nn.waitUntilLoaded();
    });

    test("when it is loaded and untrained", () => assertAccessible());

    test("while it trains", async () => {
      await nn.choosePreset("Better answer");
      await nn.fill({ Epochs: 500, Seed: "" });
      await nn.press("Train");
      await nn.waitFor("Training");
      const [digit] = await handDrawn();
      await draw(nn, digit?.strokes ?? []);
      await nn.settledPrediction();
      await assertAccessible();
    });

    test("while it is paused", async () => {
      await nn.press("Pause");
      await nn.waitFor("Paused");
      await assertAccessible();
      await nn.press("Stop");
    });

    test("when it has finished, with table, result and a drawing", async () => {
      await nn.fill({ Epochs: 1 });
      await nn.run(60_000);
      await assertAccessible();
    });

    test("in each of the other views, with a run in the list and its menu open", async () => {
      for (const view of /** @type {const} */ (["Inside", "Learn", "Runs"])) {
        await nn.show(view);
        await assertAccessible();
      }
      await nn.menuItem("Better answer 2", "Open");
      await assertAccessible();
      await nn.page.keyboard.press("Escape");
      await nn.show("Train");
    });

    test("by epoch and on a log scale", async () => {
      await nn.view("By epoch");
      await nn.logScale(true);
      await assertAccessible();
    });

    test("with an alert, and fields that say what is wrong", async () => {
      await nn.chooseFiles([{ name: "notes.txt", buffer: Buffer.from("no digits here") }]);
      await nn.alert.waitFor();
      await nn.fill({ Epochs: "", Seed: "-1" });
      await nn.press("Train");
      await assertAccessible();
    });
  });
}
