import assert from "node:assert/strict";
import { afterEach, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "./support/eventually.js";
import { bands, SMALL } from "./support/idx.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("playwright-core").Locator} Locator */

describe("The settings of a run", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
    await nn.choosePreset("PyTorch twin");
    await nn.chooseFiles(bands(SMALL));
    await eventually(async () => assert.match((await nn.dataStatus.textContent()) ?? "", /^600 training/));
    await nn.waitUntilLoaded();
  });

  afterEach(async () => {
    if (await nn.button("Stop").isEnabled()) await nn.press("Stop");
  });

  test("come from the preset", async () => {
    const settings = async () => ({
      epochs: await nn.field("Epochs").inputValue(),
      batchSize: await nn.field("Batch size").inputValue(),
      learningRate: await nn.field("Learning rate").inputValue(),
      loss: await chosen(nn.choice("Loss")),
      optimizer: await chosen(nn.choice("Optimizer")),
    });
    /** @type {[string, Awaited<ReturnType<typeof settings>>][]} */
    const presets = [
      ["By hand", { epochs: "20", batchSize: "1", learningRate: "0.01", loss: "MSE", optimizer: "SGD" }],
      ["PyTorch twin", { epochs: "20", batchSize: "64", learningRate: "0.01", loss: "MSE", optimizer: "Adam" }],
      [
        "Network wars",
        { epochs: "25", batchSize: "1", learningRate: "0.005", loss: "Cross-entropy", optimizer: "SGD" },
      ],
      [
        "Better answer",
        { epochs: "5", batchSize: "64", learningRate: "0.001", loss: "Cross-entropy", optimizer: "Adam" },
      ],
    ];
    for (const [name, expected] of presets) {
      await nn.choosePreset(name);
      assert.deepEqual(await settings(), expected, name);
    }
  });

  test("that cannot change mid-run are disabled and say why; the learning rate stays", async () => {
    await nn.choosePreset("PyTorch twin");
    await nn.fill({ Epochs: 100_000 });
    const fixed = [
      nn.field("Epochs"),
      nn.field("Batch size"),
      nn.field("Seed"),
      nn.choice("Loss"),
      nn.choice("Optimizer"),
      nn.choice("Preset"),
      nn.files,
    ];
    for (const control of fixed) assert.ok(await control.isEnabled());
    await nn.press("Train");
    await nn.waitFor("Training");
    for (const pause of [false, true]) {
      if (pause) await nn.press("Pause");
      await nn.waitFor(pause ? "Paused" : "Training");
      for (const control of fixed) {
        assert.ok(await control.isDisabled(), String(control));
        assert.match(await description(control), /\bstop\b/i, String(control));
      }
      assert.ok(await nn.field("Learning rate").isEnabled());
    }
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    for (const control of fixed) assert.ok(await control.isEnabled(), String(control));
  });

  test("the learning rate can change while it trains: next to nothing stops the learning", async () => {
    await nn.choosePreset("PyTorch twin");
    await nn.fill({ Epochs: 100_000, Seed: 1 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await nn.fill({ "Learning rate": "0.000000000001" });
    const lastLosses = async () => (await nn.trainingLosses()).slice(-3).map(Number);
    await eventually(async () => {
      const losses = await lastLosses();
      assert.equal(losses.length, 3);
      // The same weights from epoch to epoch: only the order of the sum differs.
      assert.ok(Math.max(...losses) / Math.min(...losses) - 1 < 1e-5, losses.join(" "));
    });
    const [stalled] = await lastLosses();
    await nn.fill({ "Learning rate": "0.01" });
    await eventually(async () => assert.ok(Number((await lastLosses()).at(-1)) < Number(stalled) / 2));
    await nn.press("Stop");
    await nn.waitFor("Stopped");
  });

  test("a learning rate that is none is refused in words, and the training goes on", async () => {
    await nn.choosePreset("PyTorch twin");
    await nn.fill({ Epochs: 100_000 });
    await nn.press("Train");
    await nn.waitFor("Training");
    await nn.fill({ "Learning rate": "-1" });
    await eventually(async () => assert.match(await description(nn.field("Learning rate")), /expected .+, found -1/));
    assert.equal(await nn.field("Learning rate").getAttribute("aria-invalid"), "true");
    const n = (await nn.epochs()).length;
    await eventually(async () => assert.ok((await nn.epochs()).length > n));
    // What was refused is no setting of the next run: the one that this run learnt at is.
    await nn.fill({ "Learning rate": "0.005" });
    await eventually(async () => assert.equal(await description(nn.field("Learning rate")), ""));
    await nn.fill({ "Learning rate": "1e308" });
    await eventually(async () => assert.match(await description(nn.field("Learning rate")), /found 1e308/));
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    assert.equal(await nn.field("Learning rate").inputValue(), "0.005");
    assert.equal(await description(nn.field("Learning rate")), "");
  });

  /** @type {[import("./support/hellonn-page.js").NumberField, string, RegExp][]} */
  const WRONG = [
    ["Epochs", "0", /^expected a whole number from 1 to 100,000, found 0$/],
    ["Epochs", "-1", /^expected a whole number from 1 to 100,000, found -1$/],
    ["Epochs", "", /^expected a whole number from 1 to 100,000, found nothing$/],
    ["Epochs", "1.5", /^expected a whole number from 1 to 100,000, found 1\.5$/],
    ["Batch size", "0", /^expected a whole number from 1 to 500, the number of training images, found 0$/],
    ["Learning rate", "-1", /expected .+, found -1/],
    ["Learning rate", "1e308", /^expected 1e-30 to 1,000, found 1e308$/],
    ["Learning rate", "1e-320", /^expected 1e-30 to 1,000, found 1e-320$/],
    ["Learning rate", "", /^expected 1e-30 to 1,000, found nothing$/],
    ["Seed", "-1", /^expected a whole number from 0 to 4,294,967,295, found -1$/],
    ["Seed", "4294967296", /^expected a whole number from 0 to 4,294,967,295, found 4,294,967,296$/],
    ["Validation images", "600", /expected .+, found 600/],
  ];
  for (const [name, value, message] of WRONG) {
    test(`${name} ${value || "left blank"} is refused at the field and trains nothing`, async () => {
      await nn.choosePreset("Better answer");
      await nn.fill({ "Validation images": 100, [name]: value });
      const before = await nn.trainingStatus.textContent();
      await nn.press("Train");
      await eventually(async () => assert.match(await description(nn.field(name)), message));
      assert.equal(await nn.field(name).getAttribute("aria-invalid"), "true");
      assert.equal(await nn.trainingStatus.textContent(), before);
      assert.ok(await nn.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is wider");
      await nn.choosePreset("PyTorch twin");
      await eventually(async () => assert.equal(await nn.field(name).getAttribute("aria-invalid"), null));
    });
  }

  /*
   * Steps: something wrong in three fields, and nothing in a fourth.
   * Seen: one error at a time.
   * Wanted: all of them, also once Train is pressed.
   */
  test("that are wrong are all said at once", async () => {
    await nn.choosePreset("Better answer");
    const wrong = { Epochs: "-1", "Learning rate": "1e308", "Batch size": "0", "Weight decay": "2" };
    const all = async () => {
      for (const name of /** @type {(keyof typeof wrong)[]} */ (Object.keys(wrong))) {
        await eventually(async () => assert.match(await description(nn.field(name)), /^expected .+, found/, name));
      }
    };
    await nn.fill(wrong);
    await all();
    await nn.press("Train");
    await all();
    await nn.fill({ Epochs: "" });
    await all();
    await nn.press("Train");
    await all();
    await nn.choosePreset("PyTorch twin");
  });

  test("still being typed when Train is pressed go into the run, and do not end it", async () => {
    await nn.choosePreset("PyTorch twin");
    const typed = async (/** @type {number} */ delayMs) => {
      const [epochs, train] = [await nn.field("Epochs").elementHandle(), await nn.button("Train").elementHandle()];
      await nn.page.evaluate(
        async ([field, button, delayMs]) => {
          const input = /** @type {HTMLInputElement} */ (field);
          input.value = "100000";
          input.dispatchEvent(new Event("input", { bubbles: true }));
          await new Promise((resolve) => setTimeout(resolve, delayMs));
          /** @type {HTMLButtonElement} */ (button).click();
        },
        /** @type {const} */ ([epochs, train, delayMs]),
      );
    };
    // The page waits a quarter of a second for the typing to end: the moments around that are the delicate ones.
    for (const delayMs of [0, 150, 246, 248, 249, 250, 251, 252]) {
      await typed(delayMs);
      // An edit that came late would end the run within this time.
      await sleep(500);
      assert.match((await nn.trainingStatus.textContent()) ?? "", /^(Starting|Epoch \d+ of 100000)/, `${delayMs} ms`);
      await nn.press("Reset");
      await nn.waitFor("Untrained and ready");
    }
  });

  test("validation images are taken off the training set and measured after each epoch", async () => {
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 3, "Validation images": 100, Seed: 1 });
    await nn.run(20_000);
    const epochs = await nn.epochs();
    assert.equal(epochs.length, 3);
    for (const { validationLoss, validationAccuracy } of epochs) {
      assert.ok(Number(validationLoss) > 0);
      // A count of 100.
      assert.ok(Math.abs((Number(validationAccuracy) * 100) % 1) < 1e-9);
    }
  });

  test("a blank seed draws a fresh one for each run, which is shown and gives the same run again", async () => {
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 1, "Validation images": 0, Seed: "" });
    /** @type {{seed: string, losses: string[]}[]} */
    const runs = [];
    for (let i = 0; i < 2; i += 1) {
      await nn.run(20_000);
      const seed = /Seed in use: (\d+)/.exec((await nn.region("Training").textContent()) ?? "")?.[1];
      assert.ok(seed);
      runs.push({ seed, losses: await nn.trainingLosses() });
    }
    assert.notEqual(runs[0]?.seed, runs[1]?.seed);
    assert.notDeepEqual(runs[0]?.losses, runs[1]?.losses);
    await nn.fill({ Seed: runs[0]?.seed ?? "" });
    await nn.run(20_000);
    assert.deepEqual(await nn.trainingLosses(), runs[0]?.losses);
  });
});

/** @param {Locator} select */
function chosen(select) {
  return select.evaluate((element) => /** @type {HTMLSelectElement} */ (element).selectedOptions[0]?.text);
}

/** What is written about a control, as a screen reader says it. @param {Locator} control */
function description(control) {
  return control.evaluate((element) =>
    (element.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => {
        const text = document.getElementById(id);
        return text?.checkVisibility() ? text.textContent : "";
      })
      .join(" ")
      .trim(),
  );
}
