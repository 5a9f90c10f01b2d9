import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";
import { coloursOf, shareOf } from "./support/pixels.js";

/*
 * Steps: Windows' contrast themes, or forced colours in the developer tools.
 * Seen: bars, meters, the counts of the classes, the keys of the curves, the chosen radio and view had no colour left.
 * Wanted: they stay visible, in the system's own colours.
 */
for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  describe(`In forced colours, ${colorScheme}`, () => {
    const lab = useLab();
    const paper = colorScheme === "light" ? "255 255 255" : "0 0 0";

    /** @type {import("./support/hellonn-page.js").HelloNN} */
    let nn;
    let highlight = "";

    test("a data set shows how many images each class has", async () => {
      nn = await lab().visitSmall({ forcedColors: "active", colorScheme });
      const counts = nn.region("Data").getByRole("list", { name: "Training images of each class" });
      assert.ok((await shareOf(counts, paper)) < 0.6);
    });

    test("the current view is told from the others", async () => {
      const [current] = await coloursOf(nn.link("Train"));
      assert.ok(current && current.colour !== paper, "nothing marks it");
      highlight = current.colour;
      for (const name of /** @type {const} */ (["Runs", "Inside", "Learn"])) {
        assert.equal((await coloursOf(nn.link(name)))[0]?.colour, paper, name);
      }
    });

    test("progress is seen as a bar that fills", async () => {
      assert.ok((await shareOf(nn.progress, paper)) > 0.5, "empty");
      await nn.fill({ Epochs: 2, Seed: 1 });
      await nn.run(60_000);
      await eventually(async () => assert.ok((await shareOf(nn.progress, highlight)) > 0.5, "full"));
    });

    test("the button that most people want next is told from the others", async () => {
      assert.equal((await coloursOf(nn.button("Train")))[0]?.colour, highlight);
      assert.equal((await coloursOf(nn.button("Reset")))[0]?.colour, paper);
    });

    test("the chosen radio is told from the other", async () => {
      const radio = (/** @type {string} */ name) => nn.region("Curves").locator("label").filter({ hasText: name });
      assert.equal((await coloursOf(radio("By batch")))[0]?.colour, highlight);
      assert.equal((await coloursOf(radio("By epoch")))[0]?.colour, paper);
    });

    test("each line's key has its colour, and the lines have theirs", async () => {
      await nn.view("By epoch");
      const training = nn.figure("Loss").getByText(/^training /);
      assert.ok((await shareOf(training, highlight)) > 0.01);
      await eventually(async () => {
        assert.ok((await shareOf(nn.figure("Loss").locator("canvas"), highlight)) > 0.0005);
      });
      await nn.view("By batch");
    });

    test("the meters are as long as their scores, the highest in a colour of its own", async () => {
      const [digit] = await handDrawn();
      await draw(nn, digit?.strokes ?? []);
      const best = Number(await nn.settledPrediction());
      assert.ok((await shareOf(nn.meters.nth(best), highlight)) > 0.1);
      const scores = await nn.meters.evaluateAll((meters) => meters.map((each) => each.getAttribute("aria-valuenow")));
      const least = scores.map(Number).indexOf(Math.min(...scores.map(Number)));
      assert.equal(await shareOf(nn.meters.nth(least), highlight), 0);
    });

    test("what was drawn is seen on its paper", async () => {
      const [first, second] = await coloursOf(nn.canvas);
      assert.equal(first?.colour, paper);
      assert.equal(second?.colour, colorScheme === "light" ? "0 0 0" : "255 255 255");
    });

    test("the run that Train shows is marked in the list", async () => {
      await nn.press("Train");
      await nn.waitFor("Finished");
      await nn.show("Runs");
      await nn.groupSeeds(false);
      await nn.runRow("Better answer 2").getByText("in Train").waitFor();
      assert.ok((await shareOf(nn.runRow("Better answer 2"), highlight)) > 0.0005);
      // A corner of the mark belongs to the row below, too.
      assert.ok((await shareOf(nn.runRow("Better answer"), highlight)) < 0.0001);
      await nn.show("Train");
    });
  });
}
