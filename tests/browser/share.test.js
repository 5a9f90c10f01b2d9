import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { encodeShared, readShared } from "../../www/runs/share.js";
import { violations } from "./support/axe.js";
import { eventually } from "./support/eventually.js";
import { bands, SMALL } from "./support/idx.js";
import { useLab } from "./support/lab.js";
import { storedRuns } from "./support/stored-runs.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */
/** @typedef {import("../../www/runs/share.js").Shared} Shared */

describe("A shared run", () => {
  const lab = useLab();

  /** @type {HelloNN} that shares */
  let nn;
  /** @type {string} */
  let link;
  /** @type {Shared} */
  let shared;

  before(async () => {
    nn = await lab().visitSmall({ permissions: ["clipboard-read", "clipboard-write"] });
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 3, Seed: 1, "Learning rate": 0.003 });
    await nn.run(60_000);
    await nn.show("Runs");
  });

  /** @param {HelloNN} page */
  const region = (page) => page.region("Shared recipe");
  /** @param {HelloNN} page */
  const verification = (page) => region(page).getByRole("status", { name: "Verification" });

  /** A fresh profile with the same data, at a link. @param {string} url @param {Parameters<typeof bands>[0]} [data] */
  async function opened(url, data = SMALL) {
    const other = await lab().visitLoaded({ url });
    await region(other).waitFor();
    await other.chooseFiles(bands(data));
    await eventually(async () => assert.match((await other.dataStatus.textContent()) ?? "", /^600 training/));
    return other;
  }

  /** @param {Partial<Shared>} changes */
  const forged = async (changes) => `${lab().site.url}#train?recipe=${await encodeShared({ ...shared, ...changes })}`;

  test("is a link in a dialog that the keyboard opens and leaves, with a QR code and a file", async () => {
    const opener = nn.runRow("Better answer").getByRole("button", { name: "Actions for Better answer", exact: true });
    await nn.choose("Better answer", "Share");
    const dialog = nn.page.getByRole("dialog", { name: "Share" });
    const box = dialog.getByRole("textbox", { name: "Link" });
    await eventually(async () => assert.match(await box.inputValue(), /#train\?recipe=1\.[\w-]+$/));
    link = await box.inputValue();
    assert.ok(link.length < 1000, link);
    assert.ok(await box.evaluate((element) => element === document.activeElement));
    await dialog.getByRole("img", { name: `QR code of ${link}` }).waitFor();
    await dialog.getByRole("button", { name: "Copy link" }).click();
    await dialog.getByText("Copied").waitFor();
    assert.equal(await nn.page.evaluate(() => navigator.clipboard.readText()), link);
    const [file] = await Promise.all([
      nn.page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Save as a file" }).click(),
    ]);
    assert.equal(file.suggestedFilename(), "better-answer-seed-1.hellonn.json");
    shared = readShared(await readFile(await file.path(), "utf8"));
    const [stored] = await storedRuns(nn.page);
    assert.equal(shared.checksum, stored?.checksum);
    assert.deepEqual(await violations(nn.page), []);
    await nn.page.keyboard.press("Escape");
    assert.equal(await nn.page.getByRole("dialog").count(), 0);
    await eventually(async () => assert.ok(await opener.evaluate((element) => element === document.activeElement)));
  });

  test("says in words what it would train, and Verify comes to the same bits", async () => {
    const other = await opened(link);
    await region(other).getByRole("heading", { name: "A recipe came with this link" }).waitFor();
    await region(other).getByText("784 → 128 ReLU → 64 ReLU → 10").waitFor();
    await region(other).getByText("Better answer, changed: rate 0.003").waitFor();
    assert.deepEqual(await violations(other.page), []);
    await region(other).getByRole("button", { name: "Verify" }).click();
    await eventually(async () => {
      assert.match(
        (await verification(other).textContent()) ?? "",
        /^Verified: the same [\d,]+ weights, to the last bit\./,
      );
    }, 60_000);
    assert.deepEqual(await violations(other.page), []);
    await eventually(async () =>
      assert.deepEqual(
        (await storedRuns(other.page)).map(({ checksum }) => checksum),
        [shared.checksum],
      ),
    );
    await region(other).getByRole("button", { name: "Open the run" }).click();
    await other.waitFor("Finished");
    await other.show("Runs");
    await other.runRow("Better answer").waitFor();
    await other.page.context().close();
  });

  test("it can be stopped, is looked at by axe in both looks and on a phone, and leaves Train's network alone", async () => {
    const other = await opened(await forged({ recipe: { ...shared.recipe, epochs: 50_000 } }));
    await other.choosePreset("PyTorch twin");
    await other.fill({ Epochs: 100_000, Seed: 1 });
    await other.press("Train");
    await other.waitFor("Training");
    assert.ok(await region(other).getByRole("button", { name: "Train it" }).isDisabled());
    await region(other)
      .getByText(/A run is under way/)
      .waitFor();
    await region(other).getByRole("button", { name: "Verify" }).click();
    await region(other)
      .getByText(/^Epoch \d+ of 50000/)
      .waitFor();
    assert.ok(await region(other).getByRole("progressbar", { name: "Verification’s progress" }).isVisible());
    assert.equal((await storedRuns(other.page)).length, 2);
    await other.press("Pause");
    for (const width of [1440, 390]) {
      await other.page.setViewportSize({ width, height: 900 });
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await other.page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(other.page), [], `${width} ${colorScheme}`);
      }
      const overflow = await region(other).evaluate((element) => element.scrollWidth - element.clientWidth);
      assert.ok(overflow <= 0, `${overflow} pixels beyond at ${width}`);
    }
    await region(other).getByRole("button", { name: "Stop verifying" }).click();
    assert.ok(
      await region(other)
        .getByRole("button", { name: "Verify" })
        .evaluate((it) => it === document.activeElement),
    );
    await eventually(async () => assert.equal((await storedRuns(other.page)).length, 1));
    await other.waitFor("Paused");
    await other.press("Stop");
    await other.waitFor("Stopped");
    await other.page.context().close();
  });

  test("a forged checksum and a forged score are each called by their name", async () => {
    const other = await opened(await forged({ checksum: "0123456789abcdef" }));
    await region(other).getByRole("button", { name: "Verify" }).click();
    await eventually(async () => {
      const text = (await verification(other).textContent()) ?? "";
      assert.match(text, /^Not verified: other weights/);
      assert.ok(text.replace(/ /g, "").includes(shared.checksum ?? "?"), text);
    }, 60_000);
    await other.page.goto(await forged({ validationAccuracy: 0.5, test: { nCorrect: 100, nImages: 200 } }));
    await eventually(async () => assert.equal(await verification(other).textContent(), ""));
    await region(other).getByRole("button", { name: "Verify" }).click();
    await eventually(async () => {
      assert.match(
        (await verification(other).textContent()) ?? "",
        /^The same weights, but not the claimed .* accuracy/,
      );
    }, 60_000);
    await other.page.context().close();
  });

  test("other data, another version and no claim are no verdict, each in a sentence of its own", async () => {
    const other = await opened(link, { ...SMALL, seed: 7 });
    await region(other).getByRole("button", { name: "Verify" }).click();
    await eventually(async () =>
      assert.match((await verification(other).textContent()) ?? "", /^Other data: no verdict/),
    );
    for (const [changes, why] of /** @type {[Partial<Shared>, RegExp][]} */ ([
      [{ engineVersion: 99 }, /^Another version of HelloNN/],
      [{ checksum: null, validationAccuracy: null, test: null }, /^There is nothing to verify/],
    ])) {
      await other.page.goto(await forged(changes));
      await eventually(async () => {
        await region(other).getByRole("button", { name: "Verify" }).click();
        assert.match((await verification(other).textContent()) ?? "", why);
      });
    }
    assert.deepEqual(await storedRuns(other.page), []);
    await other.page.context().close();
  });

  test("Train it takes its settings and begins; the address forgets the recipe", async () => {
    const other = await opened(link);
    await region(other).getByRole("button", { name: "Train it" }).click();
    await other.waitFor("Finished", 60_000);
    assert.equal(await other.field("Learning rate").inputValue(), "0.003");
    assert.equal(await other.field("Seed").inputValue(), "1");
    assert.ok(await region(other).isHidden());
    assert.equal(await other.page.evaluate(() => location.hash), "#train");
    await other.page.context().close();
  });

  test("the address alone decides: other views, back and forward; Dismiss puts it away for good", async () => {
    const other = await opened(link);
    await other.show("Runs");
    assert.ok(await region(other).isHidden());
    await other.page.goBack();
    await region(other).waitFor();
    await region(other).getByRole("button", { name: "Dismiss" }).click();
    assert.ok(await region(other).isHidden());
    assert.ok(await other.button("Train").evaluate((button) => button === document.activeElement));
    await other.page.reload();
    await other.waitUntilLoaded();
    assert.ok(await region(other).isHidden());
    await other.page.context().close();
  });

  test("a file is opened where recipes are", async () => {
    await nn.show("Train");
    await nn.button("Open recipe").click();
    await nn.page.getByRole("textbox", { name: "Recipe as text" }).fill(JSON.stringify(shared));
    await nn.button("Use this recipe").click();
    await region(nn).getByRole("heading", { name: "A recipe came with this file" }).waitFor();
    await region(nn).getByRole("button", { name: "Dismiss" }).click();
  });

  test("what is no shared run is refused in a sentence, and nothing of the page changes", async () => {
    const before = await nn.epochs();
    for (const [code, why] of /** @type {[string, RegExp][]} */ ([
      [link.slice(link.indexOf("=") + 1, -9), /damaged/],
      ["2.abc", /version 2/],
      ["%00<script>", /expected a version/],
      [`1.${"A".repeat(20_000)}`, /at most 8192 characters/],
      [
        await encodeShared({ ...shared, recipe: { ...shared.recipe, start: /** @type {any} */ ("toString") } }),
        /recipe.start/,
      ],
    ])) {
      await nn.page.evaluate((code) => {
        location.hash = `#train?recipe=${code}`;
      }, code);
      await eventually(async () => assert.match((await nn.alert.textContent()) ?? "", why));
      assert.match((await nn.alert.textContent()) ?? "", /The page is as it was\./);
      assert.ok(await region(nn).isHidden());
    }
    assert.deepEqual(await nn.epochs(), before);
    // What only the trainer knows to be too much is said where it would be trained.
    await nn.page.goto(await forged({ recipe: { ...shared.recipe, epochs: 4_000_000_000 } }));
    await region(nn)
      .getByText(/Epochs: expected/)
      .waitFor();
    assert.ok(await region(nn).getByRole("button", { name: "Verify" }).isDisabled());
    assert.ok(await region(nn).getByRole("button", { name: "Train it" }).isDisabled());
  });
});
