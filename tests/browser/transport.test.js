import assert from "node:assert/strict";
import { afterEach, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "./support/eventually.js";
import { ENABLED, TRANSPORT } from "./support/hellonn-page.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").State} State */

describe("Train, Pause, Resume, Stop and Reset", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
    await nn.choosePreset("PyTorch twin");
    // So long that no run ends by itself.
    await nn.fill({ Epochs: 1000, Seed: 1 });
  });

  afterEach(async () => {
    assert.equal(await nn.alert.count(), 0, "an alert is shown");
    if (await nn.button("Reset").isEnabled()) await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
  });

  const fraction = async () => Number(await nn.progress.getAttribute("aria-valuenow"));

  async function trainFor(/** @type {number} */ nEpochs) {
    await nn.press("Train");
    await eventually(async () => assert.ok((await nn.epochs()).length >= nEpochs), 60_000);
  }

  test("Pause keeps the place and Resume goes on from it", async () => {
    await trainFor(1);
    await nn.press("Pause");
    await nn.waitFor("Paused");
    const paused = { sentence: await nn.trainingStatus.textContent(), rows: await nn.epochs() };
    await sleep(300);
    assert.deepEqual({ sentence: await nn.trainingStatus.textContent(), rows: await nn.epochs() }, paused);
    await nn.press("Resume");
    await nn.waitFor("Training");
    await eventually(async () => assert.ok((await nn.epochs()).length > paused.rows.length), 60_000);
    assert.deepEqual((await nn.epochs()).slice(0, paused.rows.length), paused.rows);
  });

  test("Stop keeps the network, its table and its answers", async () => {
    await trainFor(1);
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    const rows = await nn.epochs();
    assert.ok(rows.length >= 1);
    await nn.press("Evaluate on the test set");
    const { accuracy, text } = await nn.testResult();
    assert.ok(accuracy > 0.9, text);
    assert.deepEqual(await nn.epochs(), rows);
  });

  test("Reset gives an untrained network, an empty table and no result", async () => {
    await trainFor(1);
    await nn.press("Evaluate on the test set");
    await nn.testResult();
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
    assert.deepEqual(await nn.epochs(), []);
    assert.equal(await fraction(), 0);
    assert.equal(await nn.output("Test accuracy").textContent(), "");
    await nn.region("Draw").getByText("untrained").waitFor();
    await nn.press("Evaluate on the test set");
    const { accuracy, text } = await nn.testResult();
    assert.ok(accuracy < 0.35, text);
  });

  test("an evaluation on the way lets the training go on", async () => {
    await trainFor(1);
    await nn.press("Evaluate on the test set");
    const { text } = await nn.testResult();
    assert.match(text, /^\d\d\.\d\d\s% [\d,]+\/10,000$/);
    assert.match((await nn.output("Test loss").textContent()) ?? "", /^0\.\d+$/);
    const loss = await nn
      .choice("Loss")
      .evaluate((list) => /** @type {HTMLSelectElement} */ (list).selectedOptions[0]?.text);
    assert.ok(loss);
    await nn.region("Test").getByText(loss, { exact: true }).waitFor();
    await nn.figure("Loss").getByText(`${loss} · at epoch`).waitFor();
    const n = (await nn.epochs()).length;
    await eventually(async () => assert.ok((await nn.epochs()).length > n), 60_000);
  });

  /** @type {[(typeof TRANSPORT)[number][], State][]} */
  const ORDERS = [
    [["Train", "Reset"], "Untrained and ready"],
    [["Train", "Stop", "Train"], "Training"],
    [["Train", "Pause", "Stop"], "Stopped"],
    [["Train", "Pause", "Reset"], "Untrained and ready"],
    [["Train", "Pause", "Resume", "Pause", "Resume", "Stop"], "Stopped"],
    [["Train", "Stop", "Reset", "Train", "Pause"], "Paused"],
  ];
  for (const [order, state] of ORDERS) {
    test(`${order.join(", ")} ends ${state.toLowerCase()}`, async () => {
      for (const name of order) await nn.press(name);
      await nn.waitFor(state);
    });
  }

  /** Pressed faster than the worker can answer: within one task of the page. @type {[(typeof TRANSPORT)[number][], State][]} */
  const AT_ONCE = [
    [["Pause", "Stop"], "Stopped"],
    [["Stop", "Pause"], "Stopped"],
    [["Pause", "Reset"], "Untrained and ready"],
    [["Reset", "Stop"], "Untrained and ready"],
    [["Reset", "Reset"], "Untrained and ready"],
    [["Pause", "Pause"], "Paused"],
  ];
  for (const [order, state] of AT_ONCE) {
    test(`${order.join(" and ")} at once, while training, end ${state.toLowerCase()}`, async () => {
      await nn.press("Train");
      await nn.waitFor("Training");
      await pressAtOnce(order);
      await nn.waitFor(state);
      await sleep(100);
      await nn.waitFor(state);
    });
  }

  test("Train twice at once trains once", async () => {
    await pressAtOnce(["Train", "Train"]);
    await nn.waitFor("Training");
    await eventually(async () => assert.ok((await nn.epochs()).length >= 1), 60_000);
    assert.deepEqual(
      (await nn.epochs()).map(({ epoch }) => Number(epoch)),
      [1],
    );
  });

  test("a hundred presses at random leave the page in a state that it knows", async (t) => {
    // A small generator of Park and Miller's: the same presses in each run.
    let seed = 2;
    const random = (/** @type {number} */ n) => (seed = (seed * 48271) % 0x7fffffff) % n;
    const pressed = [];
    for (let i = 0; i < 100; i += 1) {
      const pressable = await nn.pressable();
      const name = pressable[random(pressable.length)];
      if (name === undefined) continue;
      pressed.push(name);
      // Without a wait for it to be enabled: it may have changed meanwhile, as for a person.
      await pressAtOnce([name]);
      await sleep(random(30));
    }
    t.diagnostic(pressed.map((name) => name.slice(0, 3)).join(" "));
    await eventually(async () => {
      const now = await nn.pressable();
      assert.ok(
        Object.values(ENABLED).some((enabled) => String(enabled) === String(now)),
        now.join(", "),
      );
    });
  });

  /** @param {(typeof TRANSPORT)[number][]} names */
  async function pressAtOnce(names) {
    const buttons = await Promise.all(names.map((name) => nn.button(name).elementHandle()));
    await nn.page.evaluate((buttons) => {
      for (const button of buttons) /** @type {HTMLButtonElement | null} */ (button)?.click();
    }, buttons);
  }
});
