import assert from "node:assert/strict";
import { before, beforeEach, describe, test } from "node:test";
import { draw, handDrawn } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

describe("Drawing", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;
  /** @type {import("./support/drawings.js").Drawing[]} */
  let digits;

  before(async () => {
    digits = await handDrawn();
    nn = await lab().visitLoaded();
  });

  beforeEach(async () => {
    if (await nn.button("Clear").isEnabled()) await nn.press("Clear");
  });

  const scores = () =>
    nn.meters.evaluateAll((meters) => meters.map((meter) => Number(meter.getAttribute("aria-valuenow"))));

  /** How much ink the network sees. */
  const seenInk = () =>
    nn
      .region("Draw")
      .getByRole("img", { name: "The drawing as the network sees it" })
      .evaluate((canvas) => {
        const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
        const pixels = /** @type {HTMLCanvasElement} */ (canvas).getContext("2d")?.getImageData(0, 0, width, height);
        const sum = pixels?.data.reduce((total, value, i) => total + (i % 4 === 0 ? value : 0), 0) ?? 0;
        return { width, height, ink: sum / 255 };
      });

  const strokesOf = (/** @type {number} */ label) => {
    const digit = digits.find((each) => each.label === label);
    assert.ok(digit);
    return digit.strokes;
  };

  test("is answered by the untrained network too, and the page says that it is untrained", async () => {
    await nn.region("Draw").getByText("untrained").waitFor();
    await draw(nn, strokesOf(3));
    assert.match(await nn.settledPrediction(), /^\d$/);
    assert.ok(await nn.region("Draw").getByText("untrained").isVisible());
  });

  test("moves ten meters named by their digits, whose scores sum to 1 and are highest at the prediction", async () => {
    for (let digit = 0; digit < 10; digit += 1) {
      assert.equal(
        await nn
          .region("Draw")
          .getByRole("meter", { name: `Digit ${digit}`, exact: true })
          .count(),
        1,
      );
    }
    await draw(nn, strokesOf(5));
    const prediction = Number(await nn.settledPrediction());
    const values = await scores();
    assert.equal(values.length, 10);
    assert.ok(Math.abs(values.reduce((sum, value) => sum + value) - 1) < 1e-3, values.join(" "));
    assert.equal(values.indexOf(Math.max(...values)), prediction);
  });

  test("is seen by the network as MNIST's images are: 28 × 28 with about a hundred full pixels of ink", async () => {
    await draw(nn, strokesOf(2), { place: { size: 0.4, left: 0.55, top: 0.05 } });
    await nn.settledPrediction();
    const { width, height, ink } = await seenInk();
    assert.deepEqual([width, height], [28, 28]);
    assert.ok(ink > 50 && ink < 200, `${ink} pixels`);
  });

  test("is followed by the answer while the pen is still down", async () => {
    const box = await nn.canvas.boundingBox();
    assert.ok(box);
    const { mouse } = nn.page;
    await mouse.move(box.x + box.width / 2, box.y + 20);
    await mouse.down();
    await nn.settledPrediction();
    const dot = await scores();
    await mouse.move(box.x + box.width / 2, box.y + box.height - 20, { steps: 10 });
    await nn.settledPrediction();
    assert.notDeepEqual(await scores(), dot);
    await mouse.up();
  });

  test("goes on outside the canvas and ends where the button is let go", async () => {
    const box = await nn.canvas.boundingBox();
    assert.ok(box);
    const { mouse } = nn.page;
    await mouse.move(box.x + 30, box.y + 30);
    await mouse.down();
    await mouse.move(box.x - 40, box.y + 60, { steps: 4 });
    await mouse.move(box.x + 60, box.y + 90, { steps: 4 });
    await mouse.move(box.x - 40, box.y + 90, { steps: 4 });
    await mouse.up();
    await nn.settledPrediction();
    const ended = await scores();
    await mouse.move(box.x + 100, box.y + 150, { steps: 4 });
    await nn.settledPrediction();
    assert.deepEqual(await scores(), ended);
    await nn.press("Undo");
    assert.equal(await nn.settledPrediction(), "");
  });

  test("loses its last stroke by Undo, one after the other", async () => {
    const [first] = strokesOf(1);
    assert.ok(first);
    await draw(nn, [first]);
    await nn.settledPrediction();
    const before = await scores();
    await draw(nn, [
      [
        [0.1, 0.9],
        [0.5, 0.9],
        [0.9, 0.9],
      ],
    ]);
    await nn.settledPrediction();
    assert.notDeepEqual(await scores(), before);
    await nn.press("Undo");
    await nn.settledPrediction();
    assert.deepEqual(await scores(), before);
    await nn.press("Undo");
    assert.equal(await nn.settledPrediction(), "");
    assert.ok(await nn.button("Undo").isDisabled());
  });

  test("is gone after Clear: no prediction, empty meters, nothing for the network to see", async () => {
    await draw(nn, strokesOf(8));
    assert.notEqual(await nn.settledPrediction(), "");
    await nn.press("Clear");
    assert.equal(await nn.settledPrediction(), "");
    assert.ok((await scores()).every((score) => score === 0));
    assert.equal((await seenInk()).ink, 0);
    assert.ok(await nn.button("Clear").isDisabled());
  });

  test("is answered anew as the weights change, and the page no longer says untrained", async () => {
    await draw(nn, strokesOf(4));
    await nn.settledPrediction();
    const untrained = await scores();
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 100, Seed: 1 });
    await nn.press("Train");
    await nn.waitFor("Training");
    assert.equal(await nn.region("Draw").getByText("untrained").count(), 0);
    await eventually(async () => assert.notDeepEqual(await scores(), untrained));
    const early = await scores();
    await eventually(async () => assert.notDeepEqual(await scores(), early));
    await eventually(async () => assert.equal(await nn.prediction.textContent(), "4"), 30_000);
    await nn.press("Clear");
    assert.equal(await nn.prediction.textContent(), "");
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    await draw(nn, strokesOf(0));
    assert.equal(await nn.settledPrediction(), "0");
    await nn.press("Reset");
    await nn.waitFor("Untrained and ready");
  });

  test("with a finger scrolls no page and zooms nothing", async () => {
    const phone = await lab().visitLoaded({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await phone.canvas.scrollIntoViewIfNeeded();
    const view = () => phone.page.evaluate(() => [scrollX, scrollY, visualViewport?.scale]);
    const before = await view();
    await draw(phone, strokesOf(1), { tool: "touch" });
    await draw(
      phone,
      [
        [
          [0.5, 0.95],
          [0.5, 0.5],
          [0.5, 0.05],
        ],
      ],
      { tool: "touch" },
    );
    assert.notEqual(await phone.settledPrediction(), "");
    assert.deepEqual(await view(), before);
    await phone.page.context().close();
  });
});
