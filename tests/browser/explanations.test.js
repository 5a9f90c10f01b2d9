import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { eventually } from "./support/eventually.js";
import { useLab } from "./support/lab.js";

describe("What explains", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitSmall();
  });

  /*
   * Steps: choose By hand, press Train; or change a setting.
   * Seen: the sentence that says why it fails gave way to another one.
   * Wanted: it stays while that network is set up and trained; what else there is to say stands beside it.
   */
  test("why By hand fails stays before, in and after its training, and beside what was changed", async () => {
    const network = nn.region("Network");
    const why = network.getByText("Weights from N(0, 1) saturate it");
    const describes = async () => {
      const ids = ((await nn.choice("Preset").getAttribute("aria-describedby")) ?? "").split(" ");
      const texts = await Promise.all(ids.map((id) => nn.page.locator(`[id="${id}"]`).textContent()));
      return texts.join(" ");
    };
    await nn.choosePreset("By hand");
    await why.waitFor();
    await nn.fill({ Epochs: 100_000, Seed: 1 });
    await network.getByText("Changed from By hand.").waitFor();
    assert.ok(await why.isVisible(), "edited");
    await nn.press("Train");
    await nn.waitFor("Training");
    await network.getByText("Stop the training to choose or change the network.").waitFor();
    assert.ok(await why.isVisible(), "in training");
    assert.match(await describes(), /saturate.*Changed from By hand.*Stop the training/s);
    assert.ok(await network.getByRole("button", { name: "Restore its settings" }).isDisabled());
    await nn.press("Pause");
    await nn.waitFor("Paused");
    assert.ok(await why.isVisible(), "paused");
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    assert.ok(await why.isVisible(), "stopped");
    await network.getByRole("button", { name: "Restore its settings" }).click();
    assert.ok(await why.isVisible(), "restored");
    await nn.choosePreset("PyTorch twin");
    await eventually(async () => assert.equal(await why.count(), 0));
  });

  test("the layers stay where they are when training begins and ends", async () => {
    await nn.fill({ Epochs: 100_000, Seed: 1 });
    const layers = nn.region("Network").getByRole("group", { name: "Layers" });
    await nn.region("Network").getByText("Changed from PyTorch twin.").waitFor();
    const before = await layers.boundingBox();
    await nn.press("Train");
    await nn.waitFor("Training");
    assert.deepEqual(await layers.boundingBox(), before);
    await nn.press("Stop");
    await nn.waitFor("Stopped");
    assert.deepEqual(await layers.boundingBox(), before);
  });

  /*
   * Steps: rest the mouse on a field's label, on a layer.
   * Seen: a tooltip that said the same again.
   * Wanted: a tooltip says more than what it hangs on, or there is none.
   */
  test("in a tooltip says more than what it hangs on", async () => {
    const repeated = await nn.page.evaluate(() =>
      [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[title]"))]
        .filter((element) => {
          const seen = /** @type {HTMLElement} */ (element.cloneNode(true));
          for (const hidden of seen.querySelectorAll(".visually-hidden")) hidden.remove();
          return seen.textContent?.replace(/\s+/g, " ").includes(element.title);
        })
        .map(({ outerHTML }) => outerHTML),
    );
    assert.deepEqual(repeated, []);
  });

  test("a layer is said in its row, with what its settings have otherwise than usual", async () => {
    await nn.choosePreset("Convolutional");
    const row = nn.region("Network").getByRole("button", { name: /^Layer 1: Conv2d .* output / });
    await row.click();
    await nn.region("Network").getByRole("spinbutton", { name: "Layer 1: Conv2d, stride" }).fill("2");
    await eventually(async () => assert.match((await row.textContent()) ?? "", /^Layer 1: Conv2d 16@5×5 stride 2 /));
  });
});
