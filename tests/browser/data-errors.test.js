import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { draw, handDrawn } from "./support/drawings.js";
import { eventually } from "./support/eventually.js";
import { bomb, joined } from "./support/gzip.js";
import { bands, IMAGES_MAGIC, idx, images, LABELS_MAGIC, labels, SMALL } from "./support/idx.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").UserFile} UserFile */

const FOUR = { rows: 4, cols: 4, nClasses: 2, nTraining: 6, nTest: 2 };
const [trainImages, trainLabels, testImages, testLabels] = bands(FOUR).map(({ buffer }) => buffer);

/** Four good files, one of them replaced or left out. @param {Record<string, Buffer | null>} changes */
function files(changes) {
  const good = {
    "train-images": trainImages,
    "train-labels": trainLabels,
    "t10k-images": testImages,
    "t10k-labels": testLabels,
  };
  return Object.entries({ ...good, ...changes }).flatMap(([name, buffer]) => (buffer ? [{ name, buffer }] : []));
}

const PNG = Buffer.from(
  "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082",
  "hex",
);
const gzipped = gzipSync(trainImages ?? "");
const halves = [(trainImages ?? PNG).subarray(0, 50), (trainImages ?? PNG).subarray(50)];

/** What is chosen, and what the alert must say of it. @type {[string, UserFile[], RegExp[]][]} */
const BAD = [
  [
    "a text file",
    files({ "train-images": Buffer.from("Hello, MNIST") }),
    [/train-images/, /expected an IDX file/, /found 48 65/],
  ],
  ["a PNG", [{ name: "seven.png", buffer: PNG }], [/seven\.png/, /expected an IDX file/, /found 89 50/]],
  [
    "a file of the wrong element type",
    files({ "train-images": idx([0x0d03, 1, 1, 1], [0, 0, 0, 0]) }),
    [/train-images/, /expected unsigned bytes/, /found 32-bit floating-point numbers/],
  ],
  [
    "a file of two dimensions",
    files({ "train-images": idx([0x0802, 2, 2], [0, 0, 0, 0]) }),
    [/train-images/, /expected three dimensions \(images\) or one \(labels\)/, /found 2/],
  ],
  [
    "a header cut short",
    files({ "train-images": (trainImages ?? PNG).subarray(0, 9) }),
    [/train-images/, /expected a header of 16 bytes/, /found 9 bytes/, /truncated/],
  ],
  [
    "a file cut short",
    files({ "train-images": (trainImages ?? PNG).subarray(0, -1) }),
    [/train-images/, /expected 6 images of 4 × 4/, /found 95 bytes/, /truncated/],
  ],
  [
    "a file with trailing bytes",
    files({ "t10k-labels": Buffer.concat([testLabels ?? PNG, Buffer.from([0, 1])]) }),
    [/t10k-labels/, /expected 2 labels/, /found 4 bytes/, /2 bytes too many/],
  ],
  [
    "a header that claims 4,294,967,295 images",
    files({ "train-images": idx([IMAGES_MAGIC, 0xffffffff, 28, 28], []) }),
    [/train-images/, /expected 4,294,967,295 images of 28 × 28/, /found 0 bytes/],
  ],
  [
    "a file without images",
    files({ "train-images": idx([IMAGES_MAGIC, 0, 28, 28], []) }),
    [/train-images/, /expected at least one image/, /found 0 images of 28 × 28/],
  ],
  ["a file without a byte", files({ "train-labels": Buffer.alloc(0) }), [/train-labels/, /expected/, /found 0 bytes/]],
  [
    "a file without labels",
    files({ "train-labels": idx([LABELS_MAGIC, 0], []) }),
    [/train-labels/, /expected at least one label/, /found 0 labels/],
  ],
  [
    "images and labels that disagree in number",
    files({ "train-labels": labels([0, 1, 0, 1, 0]) }),
    [/train-labels/, /train-images/, /expected 6 labels/, /found 5 labels/],
  ],
  [
    "training images without their labels",
    files({ "train-labels": null }),
    [/train-images/, /expected a file with the training labels of these 6 images/, /found none/],
  ],
  [
    "training labels without their images",
    files({ "train-images": null }),
    [/train-labels/, /expected a file with the training images of these 6 labels/, /found none/],
  ],
  [
    "test images of another size",
    files({ "t10k-images": images(2, 4, 5, () => 0) }),
    [/t10k-images/, /expected images of 4 × 4/, /found 4 × 5/],
  ],
  [
    "test labels that the training set lacks",
    files({ "t10k-labels": labels([0, 7]) }),
    [/t10k-labels/, /expected labels from 0 to 1/, /found 7/],
  ],
  [
    "labels of one class only",
    files({ "train-labels": labels([0, 0, 0, 0, 0, 0]) }),
    [/train-labels/, /expected 2 to 256 classes/, /found only the label 0/],
  ],
  [
    "five files",
    [...files({}), { name: "a-fifth", buffer: labels([1]) }],
    [/expected at most four files/, /found 5/, /a-fifth/],
  ],
  [
    "a gzip cut short",
    files({ "train-images": gzipped.subarray(0, -9) }),
    [/train-images/, /damaged gzip/, /cut short/],
  ],
  [
    "a gzip with a wrong checksum",
    files({ "train-images": Buffer.concat([gzipped.subarray(0, -8), Buffer.alloc(8)]) }),
    [/train-images/, /damaged gzip/],
  ],
  [
    "a gzip of a text",
    files({ "train-images": gzipSync("Hello, MNIST") }),
    [/train-images/, /expected an IDX file/, /found 48 65/],
  ],
  [
    "a gzip of several members, the last cut short",
    files({ "train-images": joined(halves).subarray(0, -9) }),
    [/train-images/, /damaged gzip/, /cut short/],
  ],
  [
    "a gzip that holds 2.35 GB",
    files({ "train-images": bomb(trainImages ?? PNG, 2.35e9) }),
    [/train-images/, /expected 112 bytes, as its header says, found [\d,]+ bytes and more/],
  ],
  [
    "a gzip of several members that hold 2.35 GB",
    files({ "train-images": joined([trainImages ?? PNG, ...Array(140).fill(new Uint8Array(2 ** 24))]) }),
    [/train-images/, /expected 112 bytes, as its header says, found [\d,]+ bytes and more/],
  ],
  [
    "a header that stands for 2.4 GB",
    files({ "train-images": bomb(idx([IMAGES_MAGIC, 60_000, 200, 200], []), 2.4e9) }),
    [/train-images/, /at most 1 GiB/, /found 2,400,000,016 bytes/],
  ],
];

describe("Bad files", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;
  /** @type {Awaited<ReturnType<typeof seen>>} */
  let untouched;

  const seen = async () => ({
    status: await nn.dataStatus.textContent(),
    state: await nn.trainingStatus.textContent(),
    epochs: await nn.epochs(),
    result: await nn.output("Test accuracy").textContent(),
    prediction: await nn.settledPrediction(),
  });

  before(async () => {
    nn = await lab().visitLoaded();
    await nn.choosePreset("Better answer");
    await nn.fill({ Epochs: 1, Seed: 1 });
    await nn.run(60_000);
    const [digit] = await handDrawn();
    await draw(nn, digit?.strokes ?? []);
    untouched = await seen();
  });

  for (const [what, bad, messages] of BAD) {
    test(`${what}: an alert says so, and what was there stays`, async (t) => {
      await nn.chooseFiles(bad);
      const text = await eventually(async () => {
        assert.equal(await nn.alert.count(), 1);
        return (await nn.alert.locator("p").textContent()) ?? "";
      });
      t.diagnostic(text);
      for (const message of messages) assert.match(text, message);
      assert.match(text, /[.?] What was loaded before is still there\.$/);
      await eventually(async () => assert.deepEqual(await seen(), untouched));
      await nn.alert.getByRole("button", { name: "Dismiss" }).click();
      assert.equal(await nn.alert.count(), 0);
    });
  }

  test("a gzip of several members is none", async () => {
    const other = await lab().visitLoaded();
    await other.chooseFiles(files({ "train-images": joined(halves) }));
    await eventually(async () =>
      assert.equal(await other.dataStatus.textContent(), "6 training images, 2 test images, 4 × 4, 2 classes"),
    );
    assert.equal(await other.alert.count(), 0);
    await other.page.context().close();
  });

  test("after all of them the data still trains, to the same result", async () => {
    await nn.press("Clear");
    await nn.fill({ Epochs: 1, Seed: 1 });
    const { text } = await nn.run(60_000);
    assert.equal(text, untouched.result);
  });

  test("a page that lacks a built-in file says which, and takes the user's own", async () => {
    const other = await lab().visit({
      prepare: (page) => page.route("**/train-labels-idx1-ubyte.gz", (route) => route.fulfill({ status: 404 })),
    });
    await eventually(async () =>
      assert.match((await other.alert.textContent()) ?? "", /train-labels-idx1-ubyte\.gz could not be loaded.*404/),
    );
    assert.match((await other.dataStatus.textContent()) ?? "", /no data is loaded/i);
    assert.ok(await other.button("Train").isDisabled());
    await other.choosePreset("PyTorch twin");
    await other.chooseFiles(bands(SMALL));
    await other.waitUntilLoaded();
    assert.equal(await other.alert.count(), 0);
    // The console's line on the missing file is Chromium's, and rightly there.
    other.witness.errors.splice(0);
    await other.page.context().close();
  });
});
